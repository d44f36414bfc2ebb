import { SCHEME_IDS } from '../../model/segment-views.ts';
import type { FunnelAsked } from './funnel-calls.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;
const shift = (day: string, by: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);

/** What the address asks; else the 90 days that were followed to their end by today, and segments by rule. */
export function funnelAsked(params: URLSearchParams, today: string): FunnelAsked {
  const days = Math.min(180, Math.max(1, Math.round(Number(params.get('days') ?? 30)) || 30));
  const scheme = SCHEME_IDS.find((one) => one === params.get('scheme')) ?? 'rules';
  const [from, before] = [params.get('from') ?? '', params.get('before') ?? ''];
  if (DAY.test(from) && DAY.test(before) && from < before) return { from, before, days, scheme };
  return { from: shift(today, -days - 90), before: shift(today, -days + 1), days, scheme };
}
