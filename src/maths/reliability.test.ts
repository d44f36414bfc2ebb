import { expect, it } from 'vitest';
import { reliabilityOf, rightAtLeast } from './reliability.ts';
import { wholeNumbers } from './shuffle.ts';

const next = wholeNumbers(5);
const share = (): number => (next() % 100_000) / 100_000;

it('finds no error where what was said at p is right in p of the cases', () => {
  const confidences = Array.from({ length: 40_000 }, share);
  expect(
    reliabilityOf(
      confidences,
      confidences.map((p) => share() < p),
    ).ece,
  ).toBeLessThan(0.015);
});

it('finds the whole distance of a boaster', () => {
  const right = Array.from({ length: 1000 }, (_, i) => i % 2 === 0);
  const { ece, bins } = reliabilityOf(
    right.map(() => 1),
    right,
  );
  expect(ece).toBeCloseTo(0.5);
  expect(bins).toEqual([{ from: 0.9, rows: 1000, confidence: 1, accuracy: 0.5 }]);
});

it('counts at a bar what reaches it', () => {
  expect(rightAtLeast(0.8, [0.79, 0.8, 0.9, 1], [true, true, false, true])).toEqual({ rows: 3, right: 2 });
  expect(rightAtLeast(0.8, [], [])).toEqual({ rows: 0, right: 0 });
  expect(reliabilityOf([], [])).toEqual({ ece: 0, bins: [] });
});
