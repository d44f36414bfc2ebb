import { Worker } from 'node:worker_threads';

/**
 * Hands a thread its work piece by piece, as that is read, and waits for its answer: what is large is never held whole on the event loop,
 * nor copied at once. `answerOf` tells the message that answers from those that say how far it is. Rejects when the thread dies, and with
 * the signal's reason when that stops it.
 */
export async function feedThread<Piece, Message, Answer>(
  file: URL,
  start: unknown,
  pieces: AsyncIterable<Piece>,
  answerOf: (message: Message) => { readonly answer: Answer } | null,
  signal?: AbortSignal,
): Promise<Answer> {
  signal?.throwIfAborted();
  const worker = new Worker(file, { workerData: start });
  const stopped = new AbortController();
  const fail = (error: unknown): void => stopped.abort(error);
  const onAbort = (): void => fail(signal?.reason);
  const done = new Promise<Answer>((resolve, reject) => {
    stopped.signal.addEventListener('abort', () => reject(stopped.signal.reason as Error), { once: true });
    worker.on('message', (message: Message) => {
      const found = answerOf(message);
      if (found !== null) resolve(found.answer);
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`${file.pathname.split('/').at(-1)} ended (${code}).`)));
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  done.catch(() => undefined);
  try {
    for await (const piece of pieces) {
      stopped.signal.throwIfAborted();
      worker.postMessage(piece);
    }
    return await done;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
