import type { PairResult, PairRow, RatioView } from '../../model/pair-views.ts';
import { MINUTES_PER_DAY, type Span } from '../../maths/self-controlled/calendar.ts';
import { homogeneity } from '../../maths/self-controlled/homogeneity.ts';
import { estimateOf, type Profile, type ProfileOf, profilesOf } from '../../maths/self-controlled/profile.ts';
import type { RateSums } from '../../maths/self-controlled/rate-sums.ts';
import { cellOf } from './estimate-pairs.ts';
import type { OrderedLog } from './event-log.ts';
import type { NamedLog } from './log-builder.ts';
import type { CloseLook } from './pairs-messages.ts';
import { type CountedPairs, countPairs, scanInputOf } from './pairs-of.ts';

/** Beside those that are significant, so many that are nearest to it. */
const MORE = 100;
const DEAD_DAYS = 14;
/** Fewer expected than in a whole window: a day or a month has less. */
const LEAST_PART = 2;

/** All pairs that are significant for all customers or in a segment, and some that nearly are, looked at closely. */
export function closeLooks(
  named: NamedLog,
  ordered: OrderedLog,
  counted: CountedPairs,
  result: PairResult,
  segments: readonly string[],
): readonly CloseLook[] {
  const rows = worthALook(result.pairs);
  const wanted = rows.map((row): ProfileOf => {
    const pair = { exposure: named.grievances.indexOf(row.grievance), outcome: named.complaints.indexOf(row.complaint) };
    return row.segment === null ? pair : { ...pair, part: segments.indexOf(row.segment) };
  });
  const options = { windowDays: counted.windowDays, span: counted.span };
  const months = monthsOf(counted.span);
  const profiles = profilesOf(scanInputOf(ordered, options), wanted, {
    lag: lagBins(counted.windowDays),
    periods: months.bounds,
    deadTime: DEAD_DAYS * MINUTES_PER_DAY,
  });
  const byClock = countPairs(ordered, { ...options, calendar: false });
  return rows.map((row, i) => {
    const { exposure, outcome, part } = wanted[i] as ProfileOf;
    const parts = part === undefined ? Array.from({ length: byClock.sums.partCount }, (_, n) => n) : [part];
    const profile = profiles[i] as Profile;
    return {
      grievance: row.grievance,
      complaint: row.complaint,
      segment: row.segment,
      profile: {
        lags: profile.lags.map(({ from, before, sums }) => ({
          from: from / MINUTES_PER_DAY,
          before: before / MINUTES_PER_DAY,
          complaints: sums.inside,
          rate: viewOf(sums, LEAST_PART),
        })),
        months: months.names.map((month, n) => {
          const sums = profile.periods[n] as RateSums;
          return { month, complaints: sums.inside, rate: viewOf(sums, LEAST_PART) };
        }),
        months_p: agreement(profile.periods),
        dead_time: { days: DEAD_DAYS, rate: viewOf(profile.deadTime, LEAST_PART) },
        uncalibrated: viewOf(cellOf(byClock.sums, parts, exposure, outcome).after, LEAST_PART),
      },
      complaintVoices: voicesAt(ordered, profile.outcomes),
      grievanceVoices: voicesAt(ordered, profile.exposures),
    };
  });
}

export function worthALook(pairs: readonly PairRow[]): readonly PairRow[] {
  const rest = pairs.filter((row) => !row.significant && row.segment === null).toSorted((a, b) => a.p - b.p);
  return [...pairs.filter((row) => row.significant), ...rest.slice(0, MORE)];
}

function agreement(periods: readonly RateSums[]): number | null {
  const logs = periods.flatMap((sums) => estimateOf(sums, LEAST_PART) ?? []);
  return logs.length < 2 ? null : homogeneity(logs).p;
}

function viewOf(sums: RateSums, least: number): RatioView | null {
  const estimate = estimateOf(sums, least);
  return estimate === null ? null : { ratio: estimate.ratio, low: estimate.low, high: estimate.high, p: estimate.p };
}

function voicesAt({ log, events }: OrderedLog, places: readonly number[]): readonly number[] {
  return places.flatMap((at) => log.voices?.[events.rows[at] as number] ?? []);
}

/** Days up to a window of ten days, then as wide that there are ten in a window; one window before, two after. */
export function lagBins(windowDays: number): { readonly width: number; readonly before: number; readonly after: number } {
  const days = Math.max(1, Math.ceil(windowDays / 10));
  const each = Math.ceil(windowDays / days);
  return { width: days * MINUTES_PER_DAY, before: each, after: 2 * each };
}

/** Months that a span touches, and their bounds cut to it. */
export function monthsOf(span: Span): { readonly names: readonly string[]; readonly bounds: readonly number[] } {
  const names: string[] = [];
  const bounds: number[] = [span.from];
  const first = new Date(span.from * 60_000);
  for (let month = first.getUTCMonth(); ; month++) {
    names.push(new Date(Date.UTC(first.getUTCFullYear(), month)).toISOString().slice(0, 7));
    const next = Date.UTC(first.getUTCFullYear(), month + 1) / 60_000;
    bounds.push(Math.min(next, span.before));
    if (next >= span.before) return { names, bounds };
  }
}
