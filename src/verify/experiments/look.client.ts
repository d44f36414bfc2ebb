import { Worker } from 'node:worker_threads';
import type { FromLook, LookStart, ToLook } from './look-messages.ts';

/**
 * Hands a cohort to a thread page by page, as it is read, and has it compared there: a table of a million customers is never held, nor
 * copied at once, on the event loop. Rejects when the thread dies, and with the signal's reason when that stops it.
 */
export async function compareCohort(
  start: LookStart,
  pages: AsyncIterable<Extract<ToLook, { kind: 'rows' }>['rows']>,
  signal?: AbortSignal,
): Promise<FromLook> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./look.worker.ts', import.meta.url), { workerData: start });
  const stopped = new AbortController();
  const done = new Promise<FromLook>((resolve, reject) => {
    const fail = (error: Error): void => {
      stopped.abort(error);
      reject(error);
    };
    worker.on('message', resolve);
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`The thread that compares ended (${code}).`)));
    signal?.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
  });
  done.catch(() => undefined);
  const tell = (message: ToLook): void => worker.postMessage(message);
  try {
    for await (const rows of pages) {
      stopped.signal.throwIfAborted();
      tell({ kind: 'rows', rows });
    }
    tell({ kind: 'compare' });
    return await done;
  } finally {
    await worker.terminate();
  }
}
