import { describe, expect, it } from 'vitest';
import { rangeOf, withPeriod } from './periods.ts';

const now = new Date(2026, 2, 1, 9, 30);

describe('periods', () => {
  it.each([
    ['today', '2026-03-01', '2026-03-02'],
    ['7d', '2026-02-23', '2026-03-02'],
    ['month', '2026-03-01', '2026-04-01'],
    ['last-month', '2026-02-01', '2026-03-01'],
  ] as const)('%s is whole local days, half-open', (period, from, before) => {
    expect(rangeOf(period, now)).toEqual({ from, before });
  });

  it('leaves all time and a custom range to the filters', () => {
    const custom = [{ field: 'said_at', from: '2026-01-01', before: '2026-01-08' }];
    expect(withPeriod(custom, 'custom', now)).toBe(custom);
    expect(withPeriod([], 'all', now)).toEqual([]);
  });
});
