import { SEVERITIES } from '../../model/alarm.ts';
import type { AlarmState, Severity } from '../../model/alarm.ts';
import type { Query } from '../api/client.ts';
import { rangeOf } from '../kit/periods.ts';
import type { AlarmCount, AlarmRow } from '../../model/alarm-views.ts';

export const TABS = ['now', 'firing', 'acknowledged', 'pending', 'resolved', 'historical'] as const;
export type Tab = (typeof TABS)[number];

export function tabIn(params: URLSearchParams): Tab {
  const asked = params.get('tab');
  return TABS.find((tab) => tab === asked) ?? 'now';
}

const OPEN: readonly AlarmState[] = ['firing', 'acknowledged', 'pending'];
const ASKED: Readonly<Record<Tab, Query>> = {
  now: { state: OPEN.join(',') },
  firing: { state: 'firing' },
  acknowledged: { state: 'acknowledged' },
  pending: { state: 'pending' },
  resolved: { state: 'resolved', historical: false },
  historical: { historical: true },
};

export const ALARM_PERIODS = ['today', '7d', '30d', '90d', '365d'] as const;
export const ALARM_FILTERS = ['department', 'place', 'period'] as const;

/** What narrows every tab and its count. */
export function narrowingOf(params: URLSearchParams, now: Date): Query {
  const period = ALARM_PERIODS.find((one) => one === params.get('period'));
  const range = period === undefined ? null : rangeOf(period, now);
  return { department: params.get('department'), place: params.get('place'), from: range?.from, before: range?.before };
}

export function questionOf(tab: Tab, params: URLSearchParams, now: Date): Query {
  const severity = SEVERITIES.find((one) => one === params.get('severity')) ?? null;
  return { ...ASKED[tab], severity, rule: params.get('of'), ...narrowingOf(params, now) };
}

const sum = (counts: readonly AlarmCount[], wanted: (one: AlarmCount) => boolean): number =>
  counts.filter(wanted).reduce((total, one) => total + one.count, 0);

export function countOf(counts: readonly AlarmCount[] | undefined, tab: Tab): number | null {
  if (counts === undefined) return null;
  switch (tab) {
    case 'now':
      return sum(counts, (one) => OPEN.includes(one.state));
    case 'historical':
      return sum(counts, (one) => one.historical);
    case 'resolved':
      return sum(counts, (one) => one.state === 'resolved' && !one.historical);
    case 'firing':
    case 'acknowledged':
    case 'pending':
      return sum(counts, (one) => one.state === tab);
  }
}

/** What burns, by how bad: firing and acknowledged, the worst first. */
export function bySeverity(
  counts: readonly AlarmCount[],
): readonly { readonly severity: Severity; readonly firing: number; readonly acknowledged: number }[] {
  const of = (severity: Severity, state: AlarmState): number => sum(counts, (one) => one.severity === severity && one.state === state);
  return SEVERITIES.toReversed().map((severity) => ({
    severity,
    firing: of(severity, 'firing'),
    acknowledged: of(severity, 'acknowledged'),
  }));
}

const STATE_ORDER: readonly AlarmState[] = ['firing', 'acknowledged', 'pending', 'resolved'];

/** Firing before acknowledged before pending, the worst first, the newest first among equals. */
export function worstFirst(rows: readonly AlarmRow[]): readonly AlarmRow[] {
  const rank = (a: AlarmRow) => STATE_ORDER.indexOf(a.state) * 10 - SEVERITIES.indexOf(a.rule.severity);
  return [...rows].sort((a, b) => rank(a) - rank(b) || (b.fired_at ?? '').localeCompare(a.fired_at ?? ''));
}
