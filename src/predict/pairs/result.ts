import type { PairDifferenceRow, PairResult, PairRow, PairSummary } from '../../model/pair-views.ts';
import { MISREAD_SHARE } from '../../model/pair-views.ts';
import { differencesOf, ESTIMATE, type EstimateOptions, familyOf, type PairEstimate, typeTotals } from './estimate-pairs.ts';
import type { OrderedLog } from './event-log.ts';
import type { NamedLog } from './log-builder.ts';
import { misreadAlone } from './misread.ts';
import type { CountedPairs } from './pairs-of.ts';

/** Estimates under the names of their categories and segments: all customers first, then each segment. */
export function pairResult(
  named: NamedLog,
  ordered: OrderedLog,
  counted: CountedPairs,
  segments: readonly string[],
  options: EstimateOptions = ESTIMATE,
): PairResult {
  const { sums } = counted;
  const parts = Array.from({ length: sums.partCount }, (_, i) => i);
  const families = [null, ...segments.keys()].map((segment) => familyOf(sums, segment, options));
  const rows = families.map((family) => {
    const totals = typeTotals(sums, family.segment === null ? parts : [family.segment]);
    const share = MISREAD_SHARE * readShare(named);
    const alone = misreadAlone(family.pairs, totals.grievances, totals.complaints, share);
    return family.pairs.map((pair) => {
      const segment = family.segment === null ? null : (segments[family.segment] ?? null);
      return rowOf(pair, named, segment, totals.grievances[pair.grievance] ?? 0, alone(pair));
    });
  });
  const totals = typeTotals(sums, parts);
  const summary: PairSummary = {
    window_days: counted.windowDays,
    from: dayText(counted.span.from),
    before: dayText(counted.span.before),
    events: named.told.events,
    customers: named.log.customerCount,
    grievances: totals.grievances.reduce((sum, n) => sum + n, 0),
    complaints: totals.complaints.reduce((sum, n) => sum + n, 0),
    recorded: named.told.recorded,
    read: named.told.read,
    unmapped: named.told.unmapped,
    same_contact: ordered.dropped.grievancesOfComplaints,
    repeats: ordered.dropped.repeats,
    regions: named.told.regions,
    outside: named.told.outside,
    families: families.map(({ segment, pairs, tooRare, reverseShare }) => ({
      segment: segment === null ? null : (segments[segment] ?? null),
      tested: pairs.length,
      significant: pairs.filter((pair) => pair.significant).length,
      too_rare: tooRare,
      reverse_share: reverseShare,
    })),
    min_expected: options.minExpected,
  };
  return { summary, pairs: rows.flat(), differences: differenceRows(named, counted, segments, options) };
}

const readShare = ({ told }: NamedLog): number => told.read / Math.max(1, told.read + told.recorded);

/** Minutes of the province's wall clock → its day. */
export const dayText = (minutes: number): string => new Date(minutes * 60_000).toISOString().slice(0, 10);

function rowOf(pair: PairEstimate, named: NamedLog, segment: string | null, grievances: number, misread: number): PairRow {
  return {
    grievance: named.grievances[pair.grievance] ?? '',
    complaint: named.complaints[pair.complaint] ?? '',
    segment,
    ratio: pair.ratio,
    low: pair.low,
    high: pair.high,
    p: pair.p,
    q: pair.q,
    significant: pair.significant,
    shrunk: pair.shrunk,
    complaints: pair.complaints,
    expected: pair.expected,
    customers: pair.customers,
    grievances,
    excess_per_1000: pair.excessPer1000,
    excess_low: pair.excessLow,
    excess_high: pair.excessHigh,
    attributable: pair.attributable,
    reverse: pair.reverse,
    misread_alone: misread,
  };
}

function differenceRows(
  named: NamedLog,
  { sums }: CountedPairs,
  segments: readonly string[],
  options: EstimateOptions,
): readonly PairDifferenceRow[] {
  return differencesOf(sums, segments.length, options).map((one) => ({
    grievance: named.grievances[one.grievance] ?? '',
    complaint: named.complaints[one.complaint] ?? '',
    p: one.p,
    q: one.q,
    significant: one.significant,
    homogeneity_p: one.homogeneity.p,
    contrasts: one.contrasts.map(({ segment, ...contrast }) => ({ segment: segments[segment] ?? '', ...contrast })),
  }));
}
