import { describe, expect, it } from 'vitest';
import { count, duration, figure, moment, signedPercent } from './format.ts';

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

  it('speaks of durations in at most two units, working time never in days', () => {
    expect(duration(80, 'zh')).toBe('1 小时 20 分');
    expect(duration(1500, 'en')).toBe('1 d 1 h');
    expect(duration(1500, 'en', true)).toBe('25 h');
    expect(duration(-5, 'zh')).toBe('5 分');
    expect(duration(0, 'en')).toBe('0 min');
  });
});
