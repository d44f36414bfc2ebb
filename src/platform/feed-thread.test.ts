import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { feedThread } from './feed-thread.client.ts';

const threadOf = (onPiece: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { asker, given } from '${new URL('./threads/inside.client.ts', import.meta.url)}';
      let sum = given;
      asker.on('message', (piece) => { ${onPiece} });`)}`,
  );
type Said = { readonly progress: number } | { readonly sum: number };
const answerOf = (said: Said): { readonly answer: number } | null => ('sum' in said ? { answer: said.sum } : null);

let handedOn = 0;
async function* withoutEnd(): AsyncGenerator<number> {
  for (;;) {
    handedOn++;
    yield 1;
    await setImmediate();
  }
}

describe('a thread that is fed', () => {
  test('is handed each piece in turn, and what it says on the way is no answer', async () => {
    const file = threadOf(`sum += piece; asker.postMessage(piece === 3 ? { sum } : { progress: piece });`);
    const pieces = async function* (): AsyncGenerator<number> {
      yield* [1, 2, 3];
    };
    expect(await feedThread(file, 10, pieces(), answerOf)).toBe(16);
  });

  test('that dies is not fed on', async () => {
    const file = threadOf(`throw new Error('too much');`);
    await expect(feedThread(file, 0, withoutEnd(), answerOf)).rejects.toThrow('too much');
    const before = handedOn;
    await setImmediate();
    await setImmediate();
    expect(handedOn).toBe(before);
  });

  test('ends with the reason of who stops it', async () => {
    const [stop, reason] = [new AbortController(), new Error('enough')];
    setTimeout(() => stop.abort(reason), 50);
    await expect(feedThread(threadOf(''), 0, withoutEnd(), answerOf, stop.signal)).rejects.toBe(reason);
  });
});
