import { describe, expect, test } from 'vitest';
import { startThread } from './thread.client.ts';

const threadOf = (code: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { asker, given } from '${new URL('./inside.client.ts', import.meta.url)}'; ${code}`)}`,
  );

/** What a thread says until it is gone, and what is told of its end. */
function started(code: string, given: unknown = null) {
  const [heard, gone] = [[] as unknown[], Promise.withResolvers<Error>()];
  const thread = startThread(threadOf(code), { given, heard: (one: unknown) => heard.push(one), ended: gone.resolve });
  return { thread, heard, gone: gone.promise };
}

describe('a thread', () => {
  test('knows what it was started with, and answers in turn', async () => {
    const { thread, heard, gone } = started(
      `asker.on('message', (n) => { asker.postMessage(given + n); if (n === 2) asker.close(); });`,
      10,
    );
    thread.say(1);
    thread.say(2);
    await gone;
    expect(heard).toEqual([11, 12]);
  });

  test('that ends by itself is heard to its last word', async () => {
    const { heard, gone } = started(`for (let i = 0; i < 1000; i++) asker.postMessage(i);`);
    await gone;
    expect(heard).toHaveLength(1000);
  });

  test('that dies tells of what', async () => {
    const { thread, gone } = started(`throw new RangeError('too much');`);
    expect((await gone).message).toBe('too much');
    await thread.end();
  });

  test('is ended whatever it is doing, and no other with it', async () => {
    const [busy, other] = [
      started(`asker.postMessage('begun'); for (;;);`),
      started(`asker.on('message', (one) => asker.postMessage(one));`),
    ];
    await expect.poll(() => busy.heard).toEqual(['begun']);
    await busy.thread.end();
    expect((await busy.gone).message).toMatch(/ended \(1\)/);
    other.thread.say('still here');
    await expect.poll(() => other.heard).toEqual(['still here']);
    await other.thread.end();
  });

  test('takes over what is handed on to it', async () => {
    const { thread, heard, gone } = started(`asker.once('message', (bytes) => asker.postMessage(bytes.length));`);
    const bytes = new Uint8Array(3);
    thread.say(bytes, [bytes.buffer]);
    expect(bytes).toHaveLength(0);
    await gone;
    expect(heard).toEqual([3]);
  });
});
