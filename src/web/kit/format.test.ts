import { describe, expect, it } from 'vitest';
import { count, duration, figure, moment, signedPercent, wallTime } from './format.ts';

describe('format', () => {
  it('groups thousands and keeps the sign of a change', () => {
    expect(count(12345, 'zh')).toBe('12,345');
    expect(signedPercent(0.184, 'en')).toBe('+18.4%');
    expect(signedPercent(-0.03, 'zh')).toBe('−3%');
    expect(signedPercent(0, 'zh')).toBe('0%');
  });

  it.each([
    [{ name: 'share', unit: 'share' as const }, 0.256, '25.6%'],
    [{ name: 'per_10k_subscribers', unit: 'rate' as const }, 3.456, '3.46'],
    [{ name: 'voices_change', unit: 'count' as const }, 0.5, '+50%'],
    [{ name: 'voices', unit: 'count' as const }, null, '–'],
  ])('writes %o', (column, value, text) => {
    expect(figure(value, column, 'en')).toBe(text);
  });

  it('names the year only when it is not the present one', () => {
    const now = new Date('2026-03-02T00:00:00.000Z');
    expect(moment('2026-03-01T10:05:00.000Z', now, 'zh', 'Asia/Shanghai')).toBe('03-01 18:05');
    expect(moment('2025-12-31T15:59:00.000Z', now, 'zh', 'Asia/Shanghai')).toBe('2025-12-31 23:59');
    expect(moment('2026-03-01T10:05:00.000Z', now, 'en', 'Asia/Shanghai')).toBe('01/03 18:05');
  });

  it.each([
    ['2026-11-21T22:28:00.001Z', '2026-11-22 06:28'],
    ['2026-11-21T16:00:00.000Z', '2026-11-22'],
    ['2026-11-22T08:30:00+08:00', '2026-11-22 08:30'],
    ['2026-11-22T08:30:00.000', '2026-11-22 08:30'],
    ['2026-11-22T08', '2026-11-22 08'],
    ['2026-11-22', '2026-11-22'],
    ['2026-11-22T00:00', '2026-11-22'],
  ])('writes the limit %s on the clock of the province', (limit, text) => {
    expect(wallTime(limit)).toBe(text);
  });

  it('speaks of durations in at most two units, working time never in days', () => {
    expect(duration(80, 'zh')).toBe('1 小时 20 分');
    expect(duration(1500, 'en')).toBe('1 d 1 h');
    expect(duration(1500, 'en', true)).toBe('25 h');
    expect(duration(-5, 'zh')).toBe('5 分');
    expect(duration(0, 'en')).toBe('0 min');
  });
});
