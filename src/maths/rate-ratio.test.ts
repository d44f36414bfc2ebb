import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile, incompleteBeta, logGamma, rateRatio } from './rate-ratio.ts';

/** P(X ≥ k) for X binomial(n, p), summed term by term. */
function binomialTail(k: number, n: number, p: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) {
    let choose = 1;
    for (let j = 0; j < i; j++) choose = (choose * (n - j)) / (j + 1);
    sum += choose * p ** i * (1 - p) ** (n - i);
  }
  return sum;
}

describe('the ratio of two rates', () => {
  it.each([
    // Clopper–Pearson 5 of 20: 0.0866 … 0.4910; 0 of 10: 0 … 0.3085; 10 of 10: 0.6915 … 1.
    [15, 5, 0.0866 / (1 - 0.0866), 0.491 / (1 - 0.491)],
    [10, 0, 0, 0.3085 / (1 - 0.3085)],
  ])('of %i before and %i after has the tabulated interval', (before, after, low, high) => {
    const found = rateRatio({ events: before, exposure: 1 }, { events: after, exposure: 1 });
    expect(found.ratio).toBeCloseTo(after / before, 10);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  it('has no value without a base, only a lower bound', () => {
    const found = rateRatio({ events: 0, exposure: 14 }, { events: 10, exposure: 14 });
    expect(found).toMatchObject({ ratio: null, high: null });
    expect(found.low).toBeCloseTo(0.6915 / (1 - 0.6915), 2);
    expect(rateRatio({ events: 0, exposure: 14 }, { events: 0, exposure: 14 })).toEqual({ ratio: null, low: null, high: null });
  });

  it('inverts the exact test: at each bound one tail holds 2.5 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (before, after) => {
        const { low, high } = rateRatio({ events: before, exposure: 2 }, { events: after, exposure: 3 });
        const share = (ratio: number): number => (ratio * 3) / (2 + ratio * 3);
        expect(binomialTail(after, before + after, share(low!))).toBeCloseTo(0.025, 8);
        expect(1 - binomialTail(after + 1, before + after, share(high!))).toBeCloseTo(0.025, 8);
      }),
    );
  });

  it('turned round gives the reciprocal interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (a, b) => {
        const there = rateRatio({ events: a, exposure: 1 }, { events: b, exposure: 4 });
        const back = rateRatio({ events: b, exposure: 4 }, { events: a, exposure: 1 });
        expect(there.low! * back.high!).toBeCloseTo(1, 8);
        expect(there.ratio! * back.ratio!).toBeCloseTo(1, 10);
      }),
    );
  });

  it('stands on sound special functions', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(incompleteBeta(0.3, 2, 3)).toBeCloseTo(binomialTail(2, 4, 0.3), 12);
    expect(betaQuantile(0.5, 7, 7)).toBeCloseTo(0.5, 12);
    expect(incompleteBeta(0.5, 100_000, 100_000)).toBeCloseTo(0.5, 6);
  });
});
