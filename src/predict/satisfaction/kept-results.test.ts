import { describe, expect, test } from 'vitest';
import { hashOfTasks, keptResults } from './kept-results.client.ts';
import type { MappingTask } from './mapping.ts';

const of = {};

test('the same is computed once, whoever asks, and one after the other', async () => {
  const kept = keptResults<number>();
  let [running, most, computed] = [0, 0, 0];
  const compute = async (): Promise<number> => {
    running++;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return ++computed;
  };
  expect(await Promise.all(['a', 'a', 'b', 'a'].map((key) => kept(of, key, compute)))).toEqual([1, 1, 2, 1]);
  expect(most).toBe(1);
  expect(await kept({}, 'a', compute)).toBe(3);
});

test('what failed is tried again', async () => {
  const kept = keptResults<number>();
  await expect(kept(of, 'a', () => Promise.reject(new Error('bad')))).rejects.toThrow('bad');
  expect(await kept(of, 'a', async () => 1)).toBe(1);
});

test('a mapping is another by any of its cells, and by its weights', async () => {
  const cell = { place: 'A', month: '2026-01', customers: 10, grievances: { x: 1, y: 0.3 }, answers: {} };
  const task = { services: [], cells: [cell, cell], months: ['2026-01'], weights: {}, seed: 1, tests: 1 } as unknown as MappingTask;
  const others = [
    { ...task, cells: [cell, { ...cell, grievances: { x: 2, y: 0.3 } }] },
    { ...task, weights: { s: { x: 2 } } },
    { ...task, tests: 2 },
  ] as unknown as readonly MappingTask[];
  const keys = await Promise.all([task, ...others].map((one) => hashOfTasks([one])));
  expect(new Set(keys).size).toBe(4);
  const again = { ...task, cells: [cell, { ...cell, grievances: { y: 0.1 + 0.2, x: 1 } }] } as unknown as MappingTask;
  expect(await hashOfTasks([again])).toBe(keys[0]);
});

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** Something that is learned until it is told to end or to be done. */
class Learner {
  begun = 0;
  readonly signals: AbortSignal[] = [];
  done: (found: number) => void = () => undefined;
  readonly learn = (signal: AbortSignal): Promise<number> => {
    this.begun++;
    this.signals.push(signal);
    return new Promise((resolve, reject) => {
      this.done = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  };
}

describe('what is being computed', () => {
  test('stays for who still waits when another leaves, and is kept', async () => {
    const kept = keptResults<number>();
    const [of, learner, leaving] = [{}, new Learner(), new AbortController()];
    const first = kept(of, '1', learner.learn, leaving.signal);
    const second = kept(of, '1', learner.learn, new AbortController().signal);
    await turns();
    leaving.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(learner.signals[0]!.aborted).toBe(false);
    learner.done(7);
    await expect(second).resolves.toBe(7);
    await expect(kept(of, '1', learner.learn)).resolves.toBe(7);
    expect(learner.begun).toBe(1);
  });

  test('ends when all who waited left, and is begun anew for the next', async () => {
    const kept = keptResults<number>();
    const [of, learner] = [{}, new Learner()];
    const leaving = [new AbortController(), new AbortController()];
    const waited = leaving.map(({ signal }) => kept(of, '2', learner.learn, signal));
    await turns();
    for (const one of leaving) one.abort(new Error('left'));
    for (const one of waited) await expect(one).rejects.toThrow('left');
    expect(learner.signals[0]!.aborted).toBe(true);
    const next = kept(of, '2', learner.learn, new AbortController().signal);
    await turns();
    expect(learner.begun).toBe(2);
    learner.done(7);
    await expect(next).resolves.toBe(7);
  });
});
