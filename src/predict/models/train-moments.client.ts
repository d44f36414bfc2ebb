import { Worker } from 'node:worker_threads';
import type { FromMoments, MomentsAnswer, MomentsTask } from './train-moments-messages.ts';

/** Both models on a thread of its own; null: too few outcomes to learn from. Ends with the signal's reason when it is cancelled. */
export function trainMomentsInWorker(
  task: MomentsTask,
  how: { readonly signal?: AbortSignal; readonly step?: (done: number, of: number) => void } = {},
): Promise<MomentsAnswer | null> {
  how.signal?.throwIfAborted();
  const worker = new Worker(new URL('./train-moments.worker.ts', import.meta.url), { workerData: task });
  return new Promise<MomentsAnswer | null>((resolve, reject) => {
    how.signal?.addEventListener('abort', () => reject(how.signal?.reason as Error), { once: true });
    worker.on('message', (message: FromMoments) => {
      if (message.kind === 'done') resolve(message.answer);
      else how.step?.(message.done, message.of);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The training thread ended (${code}).`)));
  }).finally(() => worker.terminate());
}
