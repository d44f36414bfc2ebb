import type { Filter } from '../../model/question.ts';
import { dayIn } from './zone.ts';

export const PERIODS = ['today', '7d', '30d', '90d', '365d', 'month', 'last-month', 'all', 'custom'] as const;
export type Period = (typeof PERIODS)[number];

export const isPeriod = (text: string | null): text is Period => PERIODS.includes(text as Period);

const iso = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** Whole days of the product's calendar, half-open; today counts. `custom` keeps the range that stands in the filters. */
export function rangeOf(period: Period, now: Date): { readonly from: string; readonly before: string } | null {
  const [y = 0, month = 1, d = 1] = dayIn(now).split('-').map(Number);
  const m = month - 1;
  const lastDays = (days: number) => ({ from: iso(y, m, d - days + 1), before: iso(y, m, d + 1) });
  switch (period) {
    case 'today':
      return lastDays(1);
    case '7d':
      return lastDays(7);
    case '30d':
      return lastDays(30);
    case '90d':
      return lastDays(90);
    case '365d':
      return lastDays(365);
    case 'month':
      return { from: iso(y, m, 1), before: iso(y, m + 1, 1) };
    case 'last-month':
      return { from: iso(y, m - 1, 1), before: iso(y, m, 1) };
    case 'all':
    case 'custom':
      return null;
  }
}

/** The filters of a view with its period written out. */
export function withPeriod(filters: readonly Filter[], period: Period, now: Date): readonly Filter[] {
  const range = rangeOf(period, now);
  return range === null ? filters : [{ field: 'said_at', ...range }, ...filters];
}
