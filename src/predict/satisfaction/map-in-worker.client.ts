import { Worker } from 'node:worker_threads';
import type { MappedService, MappingTask } from './mapping.ts';

/** Maps on a thread of its own: hundreds of exchanges of places for each service item take longer than the event loop may wait. */
export function mapInWorker(tasks: readonly MappingTask[]): Promise<readonly (readonly MappedService[])[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./map-services.worker.ts', import.meta.url), { workerData: tasks });
    worker.once('message', (mapped: readonly (readonly MappedService[])[]) => {
      resolve(mapped);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`mapping ended (${code})`)));
  });
}
