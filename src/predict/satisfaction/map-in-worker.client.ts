import { Worker } from 'node:worker_threads';
import type { MappedService, MappingTask } from './mapping.ts';

/**
 * Maps on a thread of its own: hundreds of exchanges of places for each service item take longer than the event loop may wait. Aborted,
 * the thread ends at once and the answer is the signal's reason.
 */
export function mapInWorker(tasks: readonly MappingTask[], signal?: AbortSignal): Promise<readonly (readonly MappedService[])[]> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./map-services.worker.ts', import.meta.url), { workerData: tasks });
  let stop = (): void => undefined;
  return new Promise<readonly (readonly MappedService[])[]>((resolve, reject) => {
    stop = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`mapping ended (${code})`)));
  }).finally(() => {
    signal?.removeEventListener('abort', stop);
    void worker.terminate();
  });
}
