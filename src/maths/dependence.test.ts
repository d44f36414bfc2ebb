import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlationOf, fisherInterval, pearson, withoutBothMeans } from './correlation.ts';
import { relativeWeights } from './relative-weights.ts';
import { nonNegativeRidge, predicted, ridge } from './ridge.ts';
import { seededRandom } from './seeded-random.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const draws = (n: number, stream: string): Float64Array => {
  const random = seededRandom(1, stream);
  return Float64Array.from({ length: n }, () => random.next() + random.next() + random.next() - 1.5);
};

describe('correlation', () => {
  test('is 1 for a straight line, null for a side that never changes, and has no interval for three pairs', () => {
    expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(pearson([1, 1, 1], [2, 4, 6])).toBeNull();
    expect(correlationOf([1, 2], [3, 4])).toEqual({ r: null, low: null, high: null, n: 2 });
    expect(fisherInterval(0.5, 3)).toBeNull();
  });

  test('of −0.78 is between −0.95 and −0.30 on ten pairs and between −0.89 and −0.58 on thirty: a figure without n says little', () => {
    const ten = fisherInterval(-0.78, 10)!;
    expect([ten.low.toFixed(2), ten.high.toFixed(2)]).toEqual(['-0.95', '-0.30']);
    const thirty = fisherInterval(-0.78, 30)!;
    expect([thirty.low.toFixed(2), thirty.high.toFixed(2)]).toEqual(['-0.89', '-0.58']);
  });

  test('does not change when both sides are moved and stretched', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 4 }), (pairs) => {
        const [x, y] = [pairs.map((p) => p[0]), pairs.map((p) => p[1])];
        const before = pearson(x, y);
        const after = pearson(
          x.map((v) => 3 * v + 7),
          y.map((v) => 2 * v - 1),
        );
        if (before === null) expect(after).toBeNull();
        else expect(after).toBeCloseTo(before, 9);
      }),
    );
  });

  test('takes away what places and months have in common, and leaves the rest', () => {
    const places = [0, 0, 0, 1, 1, 1, 2, 2];
    const months = [0, 1, 2, 0, 1, 2, 0, 1];
    const rest = [1, -1, 0, -1, 1, 0, 0, 0];
    const whole = rest.map((value, i) => value + 10 * places[i]! + 5 * months[i]!);
    withoutBothMeans(whole, places, months).forEach((value, i) => expect(value).toBeCloseTo(rest[i]!, 6));
  });
});

describe('eigenvalues', () => {
  test('rebuild the matrix', () => {
    const matrix = [4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 1];
    const { values, vectors } = symmetricEigen(matrix, 3);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += vectors[i * 3 + k]! * values[k]! * vectors[j * 3 + k]!;
        expect(sum).toBeCloseTo(matrix[i * 3 + j]!, 9);
      }
    expect([...values]).toEqual([...values].toSorted((a, b) => b - a));
  });
});

describe('relative weights', () => {
  test('of predictors that do not overlap are their squared correlations', () => {
    const { weights, r2 } = relativeWeights([1, 0, 0, 1], [0.6, 0.3]);
    expect(weights[0]).toBeCloseTo(0.36, 9);
    expect(weights[1]).toBeCloseTo(0.09, 9);
    expect(r2).toBeCloseTo(0.45, 9);
  });

  test('divide what two equal predictors explain equally, where a regression would give all to chance', () => {
    const { weights, r2 } = relativeWeights([1, 1, 1, 1], [0.5, 0.5]);
    expect(weights[0]).toBeCloseTo(weights[1]!, 9);
    expect(r2).toBeCloseTo(0.25, 6);
  });

  test('of overlapping predictors sum to the R² of the regression and keep the order of their correlations', () => {
    // R² by the normal equations: r' R⁻¹ r.
    const correlations = [1, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1];
    const { weights, r2 } = relativeWeights(correlations, [0.3, 0.5, 0.4]);
    const exact = 1.5 * (0.09 + 0.25 + 0.16) - 0.5 * (0.3 * 0.5 * 2 + 0.3 * 0.4 * 2 + 0.5 * 0.4 * 2);
    expect(r2).toBeCloseTo(exact, 9);
    expect(weights[1]).toBeGreaterThan(weights[2]!);
    expect(weights[2]).toBeGreaterThan(weights[0]!);
  });
});

describe('ridge', () => {
  test('with a small penalty finds the slopes that made the numbers', () => {
    const [a, b] = [draws(300, 'a'), draws(300, 'b')];
    const y = a.map((value, i) => 2 * value - b[i]! + 5);
    const fit = ridge([a, b], y, 1e-6);
    expect(fit.slopes[0]).toBeCloseTo(2, 4);
    expect(fit.slopes[1]).toBeCloseTo(-1, 4);
    expect(predicted(fit, [1, 1])).toBeCloseTo(6, 3);
  });

  test('without negative slopes leaves out what would be negative', () => {
    const [a, b] = [draws(300, 'a'), draws(300, 'b')];
    const y = a.map((value, i) => 2 * value - b[i]!);
    const fit = nonNegativeRidge([a, b], y, 1e-6);
    expect(fit.slopes[1]).toBe(0);
    expect(fit.slopes[0]).toBeCloseTo(2, 1);
  });

  test('counts a row of weight two like the row twice', () => {
    const [x, y] = [
      [1, 2, 4],
      [1, 3, 2],
    ];
    const weighted = ridge([x], y, 0.1, [1, 2, 1]);
    const repeated = ridge([[1, 2, 2, 4]], [1, 3, 3, 2], 0.1);
    expect(weighted.slopes[0]).toBeCloseTo(repeated.slopes[0]!, 9);
  });
});
