import { Worker } from 'node:worker_threads';
import type { FromTrainer, TrainTask } from './train-messages.ts';
import type { Progress, Trained } from './train-table.ts';

/** The protocol on a thread of its own; ends with the signal's reason when it is cancelled. */
export function trainInWorker(task: TrainTask, how: { readonly signal?: AbortSignal; readonly step?: Progress } = {}): Promise<Trained> {
  how.signal?.throwIfAborted();
  const worker = new Worker(new URL('./train.worker.ts', import.meta.url), { workerData: task });
  return new Promise<Trained>((resolve, reject) => {
    how.signal?.addEventListener('abort', () => reject(how.signal?.reason as Error), { once: true });
    worker.on('message', (message: FromTrainer) => {
      if (message.kind === 'done') resolve(message.trained);
      else how.step?.(message.done, message.of);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The training thread ended (${code}).`)));
  }).finally(() => worker.terminate());
}
