import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOf, daysOf, outcomeOf, outcomeWords, spansOf } from './outcome.ts';

const DAY = 86_400_000;
const over = (voices: number, days: number): { voices: number; days: number } => ({ voices, days });

describe('the outcome of an order', () => {
  it.each([
    ['fell', over(42, 14), over(11, 14), true],
    ['rose', over(11, 14), over(42, 14), true],
    ['no-visible-change', over(12, 14), over(11, 14), true],
    ['no-visible-change', over(12, 14), over(4, 7), false],
    ['too-early', over(12, 14), over(3, 3), false],
    ['fell', over(140, 14), over(0, 2), false],
    ['too-early', over(140, 14), over(0, 0.5), false],
    ['rose', over(0, 14), over(20, 14), true],
    ['no-visible-change', over(0, 14), over(0, 14), true],
    ['too-early', over(0, 14), over(0, 0), false],
  ] as const)('is %s for %j before and %j after', (verdict, before, after, final) => {
    expect(outcomeOf(before, after, final).verdict).toBe(verdict);
  });

  it('speaks with its numbers in both languages', () => {
    expect(outcomeWords(outcomeOf(over(42, 14), over(11, 14), true))).toEqual({
      zh: '下降：受理前 14.0 天 42 条，关闭后 14.0 天 11 条，日均之比 0.26（95% 区间 0.12–0.52）。',
      en: 'Fell: 42 voices in 14.0 days before the order, 11 voices in 14.0 days after it was closed; ratio of daily rates 0.26 (95 % interval 0.12 to 0.52).',
    });
    expect(outcomeWords(outcomeOf(over(0, 14), over(1, 7), false)).en).toBe(
      'No visible change: 0 voices in 14.0 days before the order, 1 voice in 7.0 days after it was closed; ratio of daily rates, 95 % interval at least 0.05.',
    );
    expect(outcomeWords(outcomeOf(over(3, 14), over(0, 0), false)).zh).toBe('为时尚早：受理前 14.0 天 3 条，关闭后 0.0 天 0 条。');
  });

  it('says fell for a rate that has not changed in at most one of forty cases', () => {
    // Exact: sums the probability of every split of n voices over two equal times whose verdict is "fell".
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (n) => {
        let wrong = 0;
        let probability = 0.5 ** n;
        for (let after = 0; after <= n; after++) {
          if (outcomeOf(over(n - after, 14), over(after, 14), true).verdict === 'fell') wrong += probability;
          probability = (probability * (n - after)) / (after + 1);
        }
        expect(wrong).toBeLessThanOrEqual(0.025);
      }),
    );
  });

  it('compares event time before the order was made with event time after it was closed', () => {
    const order = { createdMs: 100 * DAY, closedMs: 103 * DAY };
    expect(spansOf(order, null, 105 * DAY)).toEqual({
      before: { fromMs: 86 * DAY, beforeMs: 100 * DAY },
      after: { fromMs: 103 * DAY, beforeMs: 105 * DAY },
      final: false,
    });
    expect(daysOf(spansOf(order, 95 * DAY, 200 * DAY).before)).toBe(5);
    expect(spansOf(order, 101 * DAY, 200 * DAY)).toMatchObject({
      before: { fromMs: 100 * DAY },
      after: { beforeMs: 117 * DAY },
      final: true,
    });
  });

  it('counts the same cause and entity, whenever said', () => {
    const where = [
      { field: 'category_1', in: ['fixed'] },
      { field: 'said_at', from: 'a', before: 'b' },
      { field: 'day', in: ['2026-03-01'] },
      { text: '断网' },
    ];
    expect(causeOf(where, { dimension: 'community', value: 'a1x' })).toEqual([
      { field: 'category_1', in: ['fixed'] },
      { text: '断网' },
      { field: 'community', in: ['a1x'] },
    ]);
    const named = [{ field: 'plan', in: ['gold'] }];
    expect(causeOf(named, { dimension: 'plan', value: 'gold' })).toEqual(named);
    expect(causeOf(named, null)).toEqual(named);
  });
});
