import type { Context } from '../context.ts';

const TELL_EVERY_MS = 700;

/** Somebody stopped the work: it ends, and nothing is to be said of it. */
export class Cancelled extends Error {}

export interface Telling {
  /** What could not be done where it fails, for the log. */
  readonly what: string;
  /** Writes the share done, 0–1; false: somebody stopped it. */
  readonly tell: (share: number) => Promise<boolean>;
  readonly fail: (why: string) => Promise<void>;
  /** Ends with the process: the job comes again. */
  readonly signal?: AbortSignal | undefined;
}

/** Tells how far work is, and stops it when somebody asks. A failure is written down; trying again by itself would only fail again. */
export async function tellWhile(
  log: Context['log'],
  { what, tell, fail, signal }: Telling,
  work: (signal: AbortSignal, onShare: (share: number) => void) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  let share = 0;
  const telling = setInterval(() => {
    tell(share).then(
      (isWanted) => isWanted || stop.abort(new Cancelled()),
      (error: unknown) => log.warn({ err: error, what }, 'how far it is could not be written'),
    );
  }, TELL_EVERY_MS);
  try {
    await work(stop.signal, (done) => void (share = done));
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (error instanceof Cancelled) return;
    log.error({ err: error }, what);
    await fail(error instanceof Error ? error.message : String(error));
  } finally {
    clearInterval(telling);
    signal?.removeEventListener('abort', onAbort);
  }
}
