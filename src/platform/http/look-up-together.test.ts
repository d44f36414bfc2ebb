import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { lookUpTogether } from './look-up-together.ts';

/** A look-up whose answers the test gives: each call waits until it is answered. */
function answered() {
  const calls: { key: string; answer: (value: string) => void; fail: (error: Error) => void }[] = [];
  const ask = lookUpTogether(
    (key) => new Promise<string>((answer, fail) => calls.push({ key, answer, fail })),
    () => setImmediate(),
  );
  return { calls, ask };
}

describe('who looks up together', () => {
  test('asks once for all who come in the same turn, and once a key', async () => {
    const { calls, ask } = answered();
    const all = Promise.all([ask('a'), ask('a'), ask('b')]);
    await setImmediate();
    expect(calls.map(({ key }) => key)).toEqual(['a', 'b']);
    calls.forEach(({ key, answer }) => answer(`${key}!`));
    expect(await all).toEqual(['a!', 'a!', 'b!']);
  });

  test('never gets an answer that was begun before he asked', async () => {
    const { calls, ask } = answered();
    const early = ask('a');
    await setImmediate();
    const late = Promise.all([ask('a'), ask('a')]);
    await setImmediate();
    expect(calls).toHaveLength(1);
    calls[0]?.answer('old');
    expect(await early).toBe('old');
    await setImmediate();
    calls[1]?.answer('new');
    expect(await late).toEqual(['new', 'new']);
    expect(calls).toHaveLength(2);
  });

  test('goes on after a failure', async () => {
    const { calls, ask } = answered();
    const first = ask('a');
    await setImmediate();
    const second = ask('a');
    calls[0]?.fail(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await setImmediate();
    calls[1]?.answer('back');
    expect(await second).toBe('back');
  });
});
