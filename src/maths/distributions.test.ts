import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuped, differenceInDifferences, differenceOfChanges } from './cuped.ts';
import { chiSquareTail, normalCdf, normalQuantile, normalTail, studentTwoSided, studentWithin, twoSided } from './distributions.ts';
import { meanRatio, momentsOf, welch } from './means.ts';

describe('tails of distributions', () => {
  it('are those of the tables', () => {
    expect(normalTail(1.959963985)).toBeCloseTo(0.025, 10);
    expect(twoSided(10)).toBeCloseTo(1.5239706048e-23, 32);
    expect(chiSquareTail(3.841458821, 1)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(16.918977605, 9)).toBeCloseTo(0.05, 10);
    expect(studentTwoSided(2.228138852, 10)).toBeCloseTo(0.05, 9);
    expect(studentWithin(0.95, 10)).toBeCloseTo(2.228138852, 8);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 9);
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(2)]).toEqual([-Infinity, Infinity, Number.NaN]);
  });

  it('go back and forth', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 10);
      }),
    );
  });
});

describe('means', () => {
  it('are compared as Welch did', () => {
    const a = momentsOf([27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]);
    const b = momentsOf([27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 27.3]);
    const found = welch(a, b);
    expect(found.z).toBeCloseTo(-3.0, 0);
    expect(found.df).toBeGreaterThan(24);
    expect(found.p).toBeLessThan(0.01);
    expect(found.low).toBeLessThan(found.effect);
    expect(welch(momentsOf([1, 1]), momentsOf([1, 1]))).toMatchObject({ effect: 0, p: 1 });
    expect(meanRatio(a, b).ratio).toBeCloseTo(a.mean / b.mean, 12);
    expect(meanRatio(momentsOf([-1, -2]), b).ratio).toBeNull();
  });

  it('count a value as often as its weight says', () => {
    const [plain, weighted] = [momentsOf([1, 1, 1, 4, Number.NaN]), momentsOf([1, 4, 9], [3, 1, 0])];
    expect(weighted.n).toBe(plain.n);
    expect(weighted.mean).toBeCloseTo(plain.mean, 12);
    expect(weighted.variance).toBeCloseTo(plain.variance, 12);
  });
});

describe('what was before', () => {
  const before = Array.from({ length: 200 }, (_, i) => i % 20);
  const noise = (i: number): number => ((i * 7919) % 13) / 13;
  const side = (lift: number) => ({ before, after: before.map((x, i) => 2 * x + lift + noise(i)) });

  it('makes the estimate sharper when it tells something', () => {
    const found = cuped(side(1), side(0))!;
    expect(found.effect).toBeCloseTo(1, 6);
    expect(found.theta).toBeCloseTo(2, 1);
    expect(found.varianceRatio).toBeLessThan(0.01);
    expect(cuped({ before: [1], after: [1] }, side(0))).toBeNull();
  });

  it('is taken off by differences in differences', () => {
    const unlike = { before: before.map((x) => x + 5), after: before.map((x) => x + 8) };
    const control = { before, after: before.map((x, i) => x + 1 + noise(i)) };
    expect(differenceInDifferences(unlike, control)!.effect).toBeCloseTo(2 - 0.46, 1);
    const four = differenceOfChanges(
      { before: momentsOf(unlike.before), after: momentsOf(unlike.after) },
      { before: momentsOf(control.before), after: momentsOf(control.after) },
    );
    expect(four.effect).toBeCloseTo(differenceInDifferences(unlike, control)!.effect, 10);
    expect(four.high - four.low).toBeGreaterThan(1);
    // With everybody in both samples, told so, the error is that of pairs.
    const paired = (side: { readonly before: readonly number[]; readonly after: readonly number[] }) => {
      const [b, a, d] = [momentsOf(side.before), momentsOf(side.after), momentsOf(side.after.map((y, i) => y - side.before[i]!))];
      return { before: b, after: a, both: { n: b.n, covariance: (b.variance + a.variance - d.variance) / 2 } };
    };
    const told = differenceOfChanges(paired(unlike), paired(control));
    expect(told.high - told.low).toBeCloseTo(
      differenceInDifferences(unlike, control)!.high - differenceInDifferences(unlike, control)!.low,
      6,
    );
  });
});
