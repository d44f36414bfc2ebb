import { startThread } from './threads/thread.client.ts';

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
  const stopped = new AbortController();
  const fail = (error: unknown): void => stopped.abort(error);
  const onAbort = (): void => fail(signal?.reason);
  const done = Promise.withResolvers<Answer>();
  done.promise.catch(() => undefined);
  stopped.signal.addEventListener('abort', () => done.reject(stopped.signal.reason), { once: true });
  signal?.addEventListener('abort', onAbort, { once: true });
  const heard = (message: Message): void => {
    const found = answerOf(message);
    if (found !== null) done.resolve(found.answer);
  };
  const thread = startThread(file, { given: start, heard, ended: fail });
  try {
    for await (const piece of pieces) {
      stopped.signal.throwIfAborted();
      thread.say(piece);
    }
    return await done.promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await thread.end();
  }
}
