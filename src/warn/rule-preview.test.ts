import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breachesOf } from './breaches.ts';
import { firingsOf, loadedFor, previewSpan, weeksOf } from './rule-preview.ts';

const MINUTE = 60_000;
const NOW = Date.parse('2026-03-31T00:00:00Z');
const LIMITS = { windowMs: 60 * MINUTE, threshold: 3, holdMs: 0 };
const burst = (daysAgo: number, voices: number): readonly number[] =>
  Array.from({ length: voices }, (_, i) => NOW - daysAgo * 1440 * MINUTE + i * MINUTE);

describe('what a rule would have done', () => {
  it('is counted per week, the largest first, and nothing before or after the thirty days', () => {
    const span = previewSpan(NOW);
    const entities = [
      { value: 'a', saidAts: [...burst(40, 9), ...burst(20, 4), ...burst(1, 3)] },
      { value: 'b', saidAts: burst(2, 7) },
      { value: 'c', saidAts: burst(2, 2) },
    ];
    const firings = firingsOf(entities, LIMITS, span);
    expect(firings.map(({ value, voices }) => [value, voices])).toEqual([
      ['b', 7],
      ['a', 4],
      ['a', 3],
    ]);
    expect(weeksOf(firings, span).map(({ fired }) => fired)).toEqual([0, 0, 1, 0, 2]);
  });

  it('is the same whether all voices were loaded or only those around the thirty days', () => {
    const minutes = fc.array(fc.integer({ min: -40 * 1440, max: 0 }), { maxLength: 400 });
    const rule = fc.record({
      window: fc.integer({ min: 1, max: 5000 }),
      threshold: fc.integer({ min: 1, max: 4 }),
      hold: fc.integer({ min: 0, max: 600 }),
    });
    fc.assert(
      fc.property(minutes, rule, (said, { window, threshold, hold }) => {
        const limits = { windowMs: window * MINUTE, threshold, holdMs: hold * MINUTE };
        const saidAts = said.map((minute) => NOW + minute * MINUTE).toSorted((a, b) => a - b);
        const span = previewSpan(NOW);
        const loaded = loadedFor(span, limits);
        const near = saidAts.filter((at) => at >= loaded.fromMs && at < loaded.beforeMs);
        const known = saidAts.filter((at) => at < loaded.beforeMs);
        const fired = (all: readonly number[]) => firingsOf([{ value: 'a', saidAts: all }], limits, span);
        expect(fired(near)).toEqual(fired(known));
        expect(fired(near).length).toBeLessThanOrEqual(breachesOf(known, limits).length);
      }),
    );
  });
});
