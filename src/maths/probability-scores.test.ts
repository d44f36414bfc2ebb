import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brier, liftTopDecile, logLoss, pairedGain } from './probability-scores.ts';
import { seededRandom } from './seeded-random.ts';

describe('scores of probabilities', () => {
  test('log loss and Brier of one half are ln 2 and a quarter', () => {
    expect(logLoss([0.5, 0.5], [0, 1])).toBeCloseTo(Math.LN2, 12);
    expect(brier([0.5, 0.5], [0, 1])).toBe(0.25);
  });

  test('a certain error costs much but not everything', () => {
    expect(logLoss([0], [1])).toBeCloseTo(27.63, 1);
  });

  test('the top tenth of a perfect order holds ten times the share of a tenth of events', () => {
    const scores = Array.from({ length: 100 }, (_, i) => i);
    expect(
      liftTopDecile(
        scores,
        scores.map((s) => (s >= 90 ? 1 : 0)),
      ),
    ).toBeCloseTo(10, 10);
    expect(
      liftTopDecile(
        scores.map(() => 1),
        scores.map((s) => (s >= 90 ? 1 : 0)),
      ),
    ).toBeCloseTo(1, 10);
  });

  test('lift lies between nothing and the inverse of the share', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0, 1)), { minLength: 11, maxLength: 80 }), (list) => {
        const events = list.filter(([, y]) => y === 1).length;
        const lift = liftTopDecile(
          list.map(([s]) => s),
          list.map(([, y]) => y),
        );
        expect(lift).toBeGreaterThanOrEqual(0);
        expect(lift).toBeLessThanOrEqual(events === 0 ? 0 : list.length / events + 1e-9);
      }),
    );
  });
});

describe('the paired gain', () => {
  test('of a model over itself is nothing', () => {
    expect(pairedGain([0.2, 0.7, 0.4], [0.2, 0.7, 0.4], [0, 1, 0])).toEqual({ gain: 0, error: 0, z: 0 });
  });

  test('is sure of what a true model gains', () => {
    const random = seededRandom(1, 'gain');
    const truth = Array.from({ length: 4000 }, () => random.between(0.05, 0.6));
    const labels = truth.map((p) => (random.chance(p) ? 1 : 0));
    const rate = labels.reduce((a: number, b) => a + b, 0) / labels.length;
    expect(
      pairedGain(
        truth,
        truth.map(() => rate),
        labels,
      ).z,
    ).toBeGreaterThan(5);
  });

  test('copies of a row make it no surer', () => {
    const random = seededRandom(2, 'gain');
    const truth = Array.from({ length: 300 }, () => random.between(0.05, 0.6));
    const labels = truth.map((p) => (random.chance(p) ? 1 : 0));
    const base = truth.map(() => 0.3);
    const ten = <T>(list: readonly T[]): T[] => list.flatMap((x) => Array.from({ length: 10 }, () => x));
    const groups = ten(truth.map((_, i) => i));
    const [once, copied] = [pairedGain(truth, base, labels), pairedGain(ten(truth), ten(base), ten(labels), groups)];
    expect(copied.gain).toBeCloseTo(once.gain, 10);
    expect(copied.z).toBeCloseTo(once.z, 6);
  });
});
