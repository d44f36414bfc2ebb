import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { midranks, rocArea, rocAuc } from './roc.ts';

const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.constantFrom(0, 1)), { minLength: 4, maxLength: 60 });
const both = rows.filter((list) => list.filter(([, y]) => y === 1).length > 1 && list.filter(([, y]) => y === 0).length > 1);
const win = (a: number, b: number): number => (a > b ? 1 : a === b ? 0.5 : 0);
const variance = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
};

describe('the area under the ROC curve', () => {
  test('is the share of pairs in the right order, ties half, and its error that of the structural components', () => {
    fc.assert(
      fc.property(both, (list) => {
        const [scores, labels] = [list.map(([s]) => s), list.map(([, y]) => y)];
        const yes = list.filter(([, y]) => y === 1).map(([s]) => s);
        const no = list.filter(([, y]) => y === 0).map(([s]) => s);
        const perYes = yes.map((a) => no.reduce((sum, b) => sum + win(a, b), 0) / no.length);
        const perNo = no.map((b) => yes.reduce((sum, a) => sum + win(a, b), 0) / yes.length);
        const found = rocArea(scores, labels);
        expect(found.auc).toBeCloseTo(perYes.reduce((a, b) => a + b, 0) / yes.length, 10);
        expect(rocAuc(scores, labels)).toBeCloseTo(found.auc, 10);
        expect(found.error).toBeCloseTo(Math.sqrt(variance(perYes) / yes.length + variance(perNo) / no.length), 10);
        expect(found.low).toBeLessThanOrEqual(found.auc);
        expect(found.high).toBeGreaterThanOrEqual(found.auc);
      }),
    );
  });

  test('of scores turned round is one minus it', () => {
    fc.assert(
      fc.property(both, (list) => {
        const labels = list.map(([, y]) => y);
        const [one, other] = [
          rocArea(
            list.map(([s]) => s),
            labels,
          ),
          rocArea(
            list.map(([s]) => -s),
            labels,
          ),
        ];
        expect(one.auc + other.auc).toBeCloseTo(1, 10);
      }),
    );
  });

  test('is one half, and sure of nothing, where a class is missing', () => {
    expect(rocArea([1, 2, 3], [1, 1, 1])).toMatchObject({ auc: 0.5, low: 0, high: 1 });
  });

  test('is never certain, not even of a perfect order', () => {
    expect(rocArea([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1])).toMatchObject({ auc: 1, low: 0, high: 1 });
  });

  test('ranks share their mean', () => {
    expect([...midranks(Float64Array.of(5, 1, 5, 0))]).toEqual([3.5, 2, 3.5, 1]);
  });
});

test('the area under the curve is the share of pairs in the right order, ties counted half', () => {
  const row = fc.record({ score: fc.integer({ min: 0, max: 6 }), label: fc.integer({ min: 0, max: 1 }) });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const [ones, zeros] = [rows.filter((r) => r.label === 1), rows.filter((r) => r.label === 0)];
      const won = ones.flatMap((one) => zeros.map((zero) => (one.score > zero.score ? 1 : one.score === zero.score ? 0.5 : 0) as number));
      const expected = won.reduce((sum, w) => sum + w, 0) / won.length;
      const found = rocAuc(
        rows.map((r) => r.score),
        rows.map((r) => r.label),
      );
      if (won.length === 0) expect(found).toBe(0.5);
      else expect(found).toBeCloseTo(expected, 12);
    }),
  );
});
