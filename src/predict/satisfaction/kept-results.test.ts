import { expect, test } from 'vitest';
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
