import { expect, test } from 'vitest';
import { addToSplit, emptySplit, unevenness } from './choose-salt.ts';

const CUSTOMERS = Array.from({ length: 2_000 }, (_, i) => ({ customer: `c${i}`, stratum: i % 3 === 0 ? 'gold' : 'plain' }));

test('a split counted in slices is as even as one counted at once', () => {
  const [once, sliced] = [emptySplit(2), emptySplit(2)];
  addToSplit(once, CUSTOMERS, 'salt', [1, 1]);
  for (let i = 0; i < CUSTOMERS.length; i += 300) addToSplit(sliced, CUSTOMERS.slice(i, i + 300), 'salt', [1, 1]);
  expect(sliced).toEqual(once);
  expect(unevenness(sliced, [1, 1])).toBe(unevenness(once, [1, 1]));
  expect(once.all[0]! + once.all[1]!).toBe(2_000);
});

test('unevenness is that of the worst stratum, in standard deviations', () => {
  const split = {
    strata: new Map([
      ['even', [50, 50]],
      ['uneven', [60, 40]],
    ]),
    all: [110, 90],
  };
  expect(unevenness(split, [1, 1])).toBeCloseTo(2, 9);
});
