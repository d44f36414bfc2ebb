import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, spared, sparedBy } from './costs.ts';

describe('what handling spared', () => {
  const fell = { before: { voices: 40, days: 20 }, after: { voices: 10, days: 10 }, ratio: 0.5, low: 0.25, high: 1 };

  test('is what the rate before would have brought, less what came', () => {
    expect(sparedBy(fell)).toEqual({ voices: 10, low: 0, high: 15 });
    expect(sparedBy({ ...fell, ratio: 1.5, low: 1.2, high: 2 })!.voices).toBe(-10);
    expect(sparedBy({ ...fell, ratio: null, low: null, high: null })).toBeNull();
  });

  test('of many orders is known better than of each alone, and lies within its interval', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)), { minLength: 1 }), (given) => {
        const orders = given.map(([voices, below, above]) => ({ voices, low: voices - below, high: voices + above }));
        const all = spared(orders);
        expect(all.low).toBeLessThanOrEqual(all.voices);
        expect(all.high).toBeGreaterThanOrEqual(all.voices);
        expect(all.low).toBeGreaterThanOrEqual(orders.reduce((sum, one) => sum + one.low, 0) - 1e-9);
      }),
    );
  });

  test('costs at least the least and at most the most', () => {
    expect(costOf({ voices: 10, low: -5, high: 20 }, { unit_cost: 60, low: 40, high: 90 })).toEqual({ cost: 600, low: -450, high: 1800 });
  });
});
