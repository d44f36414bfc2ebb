import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickFrom, seededRandom, weightedPick } from './seeded-random.ts';

const draws = (seed: number, stream: string): readonly number[] => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: 20 }, () => random.next());
};

test('the same seed and stream give the same numbers, another stream others', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string({ maxLength: 8 }), (seed, stream) => {
      expect(draws(seed, stream)).toEqual(draws(seed, stream));
      expect(draws(seed, stream)).not.toEqual(draws(seed, `${stream}+`));
    }),
  );
});

test('numbers are spread evenly over 0 … 1', () => {
  const random = seededRandom(3, 'even');
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 20_000; i++) tenths[Math.floor(random.next() * 10)]! += 1;
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

test.each([0.4, 5, 80])('a Poisson count with mean %d has that mean', (mean) => {
  const random = seededRandom(5, 'poisson');
  let sum = 0;
  for (let i = 0; i < 20_000; i++) sum += random.poisson(mean);
  expect(Math.abs(sum / 20_000 / mean - 1)).toBeLessThan(0.03);
});

test('weights decide how often something is picked, zero means never', () => {
  const random = seededRandom(8, 'weights');
  const pick = weightedPick([1, 0, 3]);
  const counts = [0, 0, 0];
  for (let i = 0; i < 8000; i++) counts[pick(random)]! += 1;
  expect(counts[1]).toBe(0);
  expect((counts[2] ?? 0) / (counts[0] ?? 1)).toBeCloseTo(3, 0);
  expect(
    pickFrom(
      [
        ['a', 0],
        ['b', 1],
      ],
      random,
    ),
  ).toBe('b');
});
