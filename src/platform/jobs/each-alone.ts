import type { Context } from '../context.ts';

/** Does the same for each in turn; one that fails is written down and keeps no other waiting. Ends early when the signal says so. */
export async function eachAlone<One>(
  all: readonly One[],
  { log, signal, failed }: { readonly log: Pick<Context['log'], 'error'>; readonly signal?: AbortSignal | undefined; readonly failed: string },
  work: (one: One) => Promise<unknown>,
): Promise<void> {
  for (const one of all) {
    if (signal?.aborted === true) return;
    try {
      await work(one);
    } catch (error) {
      if (signal?.aborted === true) return;
      log.error({ err: error, one }, failed);
    }
  }
}
