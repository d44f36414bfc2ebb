import { startThread } from '../../platform/threads/thread.client.ts';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Problem } from '../../model/problem.ts';
import type { CompareAsk } from './compare-ask.ts';
import type { TrialTable } from './trial-table.ts';

export type Compared = { readonly compared: ComparedTable } | { readonly problems: readonly Problem[] };

/** `compareTable` on a thread of its own. Rejects when the thread dies, and with the signal's reason when it is stopped. */
export function compareInWorker(table: TrialTable, ask: CompareAsk, signal?: AbortSignal): Promise<Compared> {
  signal?.throwIfAborted();
  const done = Promise.withResolvers<Compared>();
  const stop = (): void => done.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const file = new URL('./compare.worker.ts', import.meta.url);
  const thread = startThread(file, { given: { table, ask }, heard: done.resolve, ended: done.reject });
  return done.promise.finally(() => {
    signal?.removeEventListener('abort', stop);
    void thread.end();
  });
}
