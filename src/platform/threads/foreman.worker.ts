import { parentPort, Worker } from 'node:worker_threads';
import type { FromForeman, ToForeman } from './thread-orders.ts';

// Starts threads and waits for their ends, so that the event loop need not. He does no work himself, and keeps his priority.
const threads = new Map<number, Worker>();
const say = (message: FromForeman): void => parentPort?.postMessage(message);

/** What a thread died of comes here as something that only looks like an error: sent on as it is, it would arrive empty. */
function realError(seen: unknown): Error {
  const { message, stack } = seen instanceof Error ? seen : new Error(String(seen));
  return Object.assign(new Error(message), { stack });
}

parentPort?.on('message', (order: ToForeman) => {
  if (order.kind === 'end') return void threads.get(order.id)?.terminate();
  const { id, file, memory, port } = order;
  const limits = memory === undefined ? {} : { resourceLimits: memory };
  const thread = new Worker(new URL(file), { workerData: port, transferList: [port], ...limits });
  let died: Error | null = null;
  threads.set(id, thread);
  thread.on('error', (error: unknown) => (died = realError(error)));
  thread.on('exit', (code) => {
    threads.delete(id);
    say({ id, code, error: died });
  });
});
