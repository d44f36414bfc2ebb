import type { Context } from '../context.ts';

interface Alone<One> {
  readonly log: Pick<Context['log'], 'error'>;
  readonly signal?: AbortSignal | undefined;
  /** What the log says of one that failed, and what it is called there. */
  readonly failed: string;
  readonly idOf: (one: One) => string;
}

/** Does the same for each in turn; one that fails is written down and keeps no other waiting. Ends early when the signal says so. */
export async function eachAlone<One>(
  all: readonly One[],
  { log, signal, failed, idOf }: Alone<One>,
  work: (one: One) => Promise<unknown>,
): Promise<void> {
  const isOver = (): boolean => signal?.aborted === true;
  for (const one of all) {
    if (isOver()) return;
    try {
      await work(one);
    } catch (error) {
      if (isOver()) return;
      log.error({ err: error, id: idOf(one) }, failed);
    }
  }
}
