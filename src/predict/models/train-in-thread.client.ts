import { Worker } from 'node:worker_threads';
import type { BoostedTrees } from '../../maths/gbdt/boosted-trees.ts';
import { deserialise, type SerialTrees } from '../../maths/gbdt/serialise-trees.ts';
import type { BoostTask } from './boost.worker.ts';

type Told = { readonly done: number } | { readonly model: SerialTrees };

/**
 * Trains off the event loop, on `threads` threads. `onTree` hears of each tree; an abort ends it within a moment and rejects with the signal's reason.
 * Columns over shared memory are handed over as they are, others are copied.
 */
export function trainInThread(
  task: BoostTask,
  { onTree, signal }: { readonly onTree?: (done: number) => void; readonly signal?: AbortSignal } = {},
): Promise<BoostedTrees> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL('./boost.worker.ts', import.meta.url), { workerData: task });
    const stop = (): void => {
      reject(signal?.reason as Error);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.on('message', (told: Told) => {
      if ('model' in told) resolve(deserialise(told.model));
      else onTree?.(told.done);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(new Error('Training ended before it was done.'));
    });
  });
}
