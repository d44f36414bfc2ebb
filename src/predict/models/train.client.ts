import { startThread } from '../../platform/threads/thread.client.ts';
import type { FromTrainer, TrainTask } from './train-messages.ts';
import type { Progress, Trained } from './train-table.ts';

/** The protocol on a thread of its own; ends with the signal's reason when it is cancelled. */
export function trainInWorker(task: TrainTask, how: { readonly signal?: AbortSignal; readonly step?: Progress } = {}): Promise<Trained> {
  how.signal?.throwIfAborted();
  const done = Promise.withResolvers<Trained>();
  how.signal?.addEventListener('abort', () => done.reject(how.signal?.reason), { once: true });
  const heard = (message: FromTrainer): void => {
    if (message.kind === 'done') done.resolve(message.trained);
    else how.step?.(message.done, message.of);
  };
  const thread = startThread(new URL('./train.worker.ts', import.meta.url), { given: task, heard, ended: done.reject });
  return done.promise.finally(() => thread.end());
}
