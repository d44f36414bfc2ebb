import { expect, it } from 'vitest';
import { changesOf, sumOf } from './settings-changes.ts';

const SETTINGS = {
  weights: { duration: 1, effect: 1, association: 2, tolerance: 2 },
  scales: { duration: [24, 72, 168, 336], association: [0.5, 0.8, 1.25, 2] },
  cuts: [0.3, 0.4, 0.5, 0.6],
  shares: [20, 20, 30, 17.5, 12.5],
};

it('a version tells what it changed and nothing else', () => {
  expect(changesOf(SETTINGS, SETTINGS)).toEqual([]);
  expect(changesOf(SETTINGS, { ...SETTINGS, weights: { ...SETTINGS.weights, effect: 3 }, shares: [10, 30, 30, 20, 10] })).toEqual([
    { part: 'weights', before: '1 : 1 : 2 : 2', after: '1 : 3 : 2 : 2' },
    { part: 'shares', before: '20 / 20 / 30 / 17.5 / 12.5', after: '10 / 30 / 30 / 20 / 10' },
  ]);
  expect(sumOf(SETTINGS.shares)).toBe(100);
});
