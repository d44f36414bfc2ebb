import { startThread } from '../../platform/threads/thread.client.ts';
import type { MappedService, MappingTask } from './mapping.ts';

/**
 * Maps on a thread of its own: hundreds of exchanges of places for each service item take longer than the event loop may wait. Aborted,
 * the thread ends at once and the answer is the signal's reason.
 */
export function mapInWorker(tasks: readonly MappingTask[], signal?: AbortSignal): Promise<readonly (readonly MappedService[])[]> {
  signal?.throwIfAborted();
  const mapped = Promise.withResolvers<readonly (readonly MappedService[])[]>();
  const stop = (): void => mapped.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  const file = new URL('./map-services.worker.ts', import.meta.url);
  const thread = startThread(file, { given: tasks, heard: mapped.resolve, ended: mapped.reject });
  return mapped.promise.finally(() => {
    signal?.removeEventListener('abort', stop);
    void thread.end();
  });
}
