import { Worker } from 'node:worker_threads';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Problem } from '../../model/problem.ts';
import type { CompareAsk } from './compare-ask.ts';
import type { TrialTable } from './trial-table.ts';

export type Compared = { readonly compared: ComparedTable } | { readonly problems: readonly Problem[] };

/** `compareTable` on a thread of its own. Rejects when the thread dies, and with the signal's reason when it is stopped. */
export function compareInWorker(table: TrialTable, ask: CompareAsk, signal?: AbortSignal): Promise<Compared> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), { workerData: { table, ask } });
    const stop = (): void => {
      reject(signal?.reason as Error);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (done: Compared) => resolve(done));
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(new Error('the comparison was stopped'));
    });
  });
}
