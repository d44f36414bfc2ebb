import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BETWEEN_TEXTS, type MemberChunk } from './segments-messages.ts';
import { type SegmentThread, startSegmentThread } from './segments.client.ts';

const N = 12_000;
const column = (textOf: (i: number) => string): string => Array.from({ length: N }, (_, i) => textOf(i)).join(BETWEEN_TEXTS);

/** Three chunks of members. */
function thread(): SegmentThread {
  const started = startSegmentThread();
  started.add({
    customer: column((i) => `K${i}`),
    city: column(() => 'A'),
    district: column(() => 'A1'),
    segment: column(() => 'young-high'),
  });
  return started;
}
const RULES = { scheme: 'rules', clusters: { seed: 1 }, before: null } as unknown as Parameters<SegmentThread['evaluate']>[0];
const evaluate = (of: SegmentThread, members: (chunk: MemberChunk) => Promise<void>) =>
  of.evaluate(RULES, { progress: () => undefined, members });

test('members come one chunk after the other, each once the one before is stored', async () => {
  const one = thread();
  let [open, most, customers] = [0, 0, 0];
  const result = await evaluate(one, async (chunk) => {
    most = Math.max(most, ++open);
    await sleep(5);
    customers += chunk.customers.split(BETWEEN_TEXTS).length;
    open -= 1;
  });
  await one.end();
  expect([result.customers, customers, most]).toEqual([N, N, 1]);
});

test('a chunk that cannot be stored fails the run, which is told no other', async () => {
  const one = thread();
  let chunks = 0;
  const failing = evaluate(one, () => Promise.reject(new Error(`no room for ${++chunks}`)));
  await expect(failing).rejects.toThrow('no room for 1');
  await one.end();
  // A rejection that nobody handles would fail this file.
  expect(chunks).toBe(1);
});

test('nothing is stored any more once a thread was ended', async () => {
  const one = thread();
  let [begun, stored] = [0, 0];
  const [isBegun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const work = evaluate(one, async () => {
    begun += 1;
    isBegun.resolve();
    await mayEnd.promise;
    stored += 1;
  });
  work.catch(() => undefined);
  await isBegun.promise;
  // Long enough for a thread that does not wait to have told the others.
  await sleep(200);
  const ending = one.end();
  mayEnd.resolve();
  await ending;
  await sleep(20);
  expect([begun, stored]).toEqual([1, 1]);
  await expect(work).rejects.toThrow('ended');
});
