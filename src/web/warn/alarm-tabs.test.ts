import { describe, expect, it } from 'vitest';
import type { AlarmCount } from '../../model/alarm-views.ts';
import { bySeverity, countOf, narrowingOf, questionOf, TABS, tabIn } from './alarm-tabs.ts';

const NOW = new Date('2026-03-11T04:00:00Z');
const COUNTS: readonly AlarmCount[] = [
  { state: 'firing', severity: 'critical', historical: false, count: 2 },
  { state: 'firing', severity: 'notice', historical: true, count: 1 },
  { state: 'acknowledged', severity: 'critical', historical: false, count: 3 },
  { state: 'resolved', severity: 'serious', historical: false, count: 40 },
  { state: 'resolved', severity: 'serious', historical: true, count: 500 },
];

describe('tabs of alarms', () => {
  it('count what stands behind them', () => {
    expect(TABS.map((tab) => countOf(COUNTS, tab))).toEqual([6, 3, 3, 0, 40, 501]);
    expect(countOf(undefined, 'now')).toBeNull();
  });

  it('show the worst first, acknowledged ones beside firing ones', () => {
    expect(bySeverity(COUNTS)).toEqual([
      { severity: 'critical', firing: 2, acknowledged: 3 },
      { severity: 'serious', firing: 0, acknowledged: 0 },
      { severity: 'notice', firing: 1, acknowledged: 0 },
    ]);
  });

  it('ask for their states, and forget a severity that there is not', () => {
    const params = new URLSearchParams('tab=nothing&severity=huge&of=ru_1&period=ever');
    expect(questionOf(tabIn(params), params, NOW)).toEqual({
      state: 'firing,acknowledged,pending',
      severity: null,
      rule: 'ru_1',
      department: null,
      place: null,
    });
  });

  it('are narrowed by department, place and whole days of the product’s calendar', () => {
    const params = new URLSearchParams('department=network&place=A1&period=7d');
    expect(narrowingOf(params, NOW)).toEqual({ department: 'network', place: 'A1', from: '2026-03-05', before: '2026-03-12' });
  });
});
