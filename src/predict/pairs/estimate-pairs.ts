import { benjaminiHochberg } from '../../maths/many-tests.ts';
import { homogeneity, shrunkLogs } from '../../maths/self-controlled/homogeneity.ts';
import {
  addSums,
  NO_SUMS,
  rateEstimate,
  type RateEstimate,
  type RateSums,
  ratioOfRatios,
  type RatioOfRatios,
} from '../../maths/self-controlled/rate-sums.ts';
import { type PairCell, pairCell, type PairSums } from '../../maths/self-controlled/scan.ts';

/** What is known of one pair among some customers. */
export interface PairEstimate {
  readonly grievance: number;
  readonly complaint: number;
  /** Rate of the complaint after the grievance ÷ at the same customers' other times. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Benjamini–Hochberg within the family: all pairs tested of one segment and window. */
  readonly q: number;
  readonly significant: boolean;
  /** The ratio drawn towards 1 by how uncertain it is; the order of a list. */
  readonly shrunk: number;
  /** Complaints within the window, and how many the same customers' other times let expect. */
  readonly complaints: number;
  readonly expected: number;
  /** Customers with such a complaint within the window. */
  readonly customers: number;
  /** Additional (or spared, below 0) complaints per 1,000 grievances: complaints × (1 − 1/ratio) per 1,000. */
  readonly excessPer1000: number;
  readonly excessLow: number;
  readonly excessHigh: number;
  /** Share of all complaints of the category that the association accounts for; below 0 where it spares some. */
  readonly attributable: number;
  /** The same complaint in the time as long before the grievance, against all other time: near 1 unless something else raises both. */
  readonly reverse: { readonly ratio: number; readonly low: number; readonly high: number; readonly p: number } | null;
}

/** Pairs of one segment (null: all customers), with how many were too rare to be tested. */
export interface PairFamily {
  readonly segment: number | null;
  readonly pairs: readonly PairEstimate[];
  readonly tooRare: number;
  /** Share of pairs whose negative control is significant at 5 %: far more than that says that something is not controlled for. */
  readonly reverseShare: number | null;
}

export interface EstimateOptions {
  /** Complaints that must be expected in the windows by chance before a pair is tested. */
  readonly minExpected: number;
  readonly level: number;
}
export const ESTIMATE: EstimateOptions = { minExpected: 5, level: 0.05 };

interface Cell extends PairCell {
  readonly grievance: number;
  readonly complaint: number;
  readonly estimate: RateEstimate;
}

/** The family of one segment, or of all customers: the sums of segments add up. */
export function familyOf(sums: PairSums, segment: number | null, options: EstimateOptions = ESTIMATE): PairFamily {
  const parts = segment === null ? Array.from({ length: sums.partCount }, (_, i) => i) : [segment];
  const totals = typeTotals(sums, parts);
  const cells: Cell[] = [];
  let tooRare = 0;
  for (let grievance = 0; grievance < sums.exposureTypes; grievance++)
    for (let complaint = 0; complaint < sums.outcomeTypes; complaint++) {
      const cell = cellOf(sums, parts, grievance, complaint);
      const estimate = cell.after.expected >= options.minExpected ? rateEstimate(cell.after) : null;
      if (estimate !== null) cells.push({ ...cell, grievance, complaint, estimate });
      else if (cell.after.expected > 0) tooRare++;
    }
  const qs = benjaminiHochberg(cells.map(({ estimate }) => estimate.p));
  const logs = shrunkLogs(cells.map(({ estimate }) => estimate));
  const pairs = cells.map((cell, i) => pairOf(cell, qs[i] ?? 1, Math.exp(logs[i] ?? 0), totals, options));
  const controls = pairs.flatMap(({ reverse }) => (reverse === null ? [] : [reverse.p]));
  return {
    segment,
    pairs,
    tooRare,
    reverseShare: controls.length === 0 ? null : controls.filter((p) => p < options.level).length / controls.length,
  };
}

/** Counters of a pair among the customers of some parts. */
export function cellOf(sums: PairSums, parts: readonly number[], grievance: number, complaint: number): PairCell {
  let [after, before, subjects]: [RateSums, RateSums, number] = [NO_SUMS, NO_SUMS, 0];
  for (const part of parts) {
    const cell = pairCell(sums, part, grievance, complaint);
    [after, before, subjects] = [addSums(after, cell.after), addSums(before, cell.before), subjects + cell.subjects];
  }
  return { after, before, subjects };
}

interface TypeTotals {
  readonly grievances: readonly number[];
  readonly complaints: readonly number[];
}

export function typeTotals(sums: PairSums, parts: readonly number[]): TypeTotals {
  const add = (cells: Float64Array, types: number): readonly number[] =>
    Array.from({ length: types }, (_, type) => parts.reduce((sum, part) => sum + (cells[part * types + type] ?? 0), 0));
  return { grievances: add(sums.exposures, sums.exposureTypes), complaints: add(sums.outcomes, sums.outcomeTypes) };
}

function pairOf(cell: Cell, q: number, shrunk: number, totals: TypeTotals, options: EstimateOptions): PairEstimate {
  const { estimate, after, grievance, complaint } = cell;
  const per1000 = (1000 * after.inside) / Math.max(1, totals.grievances[grievance] ?? 0);
  const expected = estimate.ratio === 0 ? after.expected : after.inside / estimate.ratio;
  const reverse = cell.before.expected >= options.minExpected ? rateEstimate(cell.before) : null;
  return {
    grievance,
    complaint,
    ratio: estimate.ratio,
    low: estimate.low,
    high: estimate.high,
    p: estimate.p,
    q,
    significant: q <= options.level,
    shrunk,
    complaints: after.inside,
    expected,
    customers: cell.subjects,
    excessPer1000: excess(after, per1000, estimate.ratio, totals.grievances[grievance] ?? 0),
    excessLow: excess(after, per1000, estimate.low, totals.grievances[grievance] ?? 0),
    excessHigh: excess(after, per1000, estimate.high, totals.grievances[grievance] ?? 0),
    attributable: (after.inside - expected) / Math.max(1, totals.complaints[complaint] ?? 0),
    reverse: reverse === null ? null : { ratio: reverse.ratio, low: reverse.low, high: reverse.high, p: reverse.p },
  };
}

/** Without any complaint in the window 1/ratio does not exist: then all that would be expected was spared. */
function excess(after: RateSums, per1000: number, ratio: number, grievances: number): number {
  if (ratio > 0) return per1000 * (1 - 1 / ratio);
  return (-1000 * after.expected) / Math.max(1, grievances);
}

/** Whether a pair is the same among all segments. */
export interface PairDifference {
  readonly grievance: number;
  readonly complaint: number;
  /** Bonferroni over the pair's segments, then Benjamini–Hochberg over all pairs. */
  readonly p: number;
  readonly q: number;
  readonly significant: boolean;
  /** Cochran's Q over the segments' log ratios. */
  readonly homogeneity: { readonly q: number; readonly df: number; readonly p: number };
  /** Each segment's ratio ÷ that of all other customers. */
  readonly contrasts: readonly Contrast[];
}
export interface Contrast extends RatioOfRatios {
  readonly segment: number;
  /** The pair differs at all, and this segment does by Bonferroni over the pair's segments. */
  readonly significant: boolean;
}

type Compared = Pick<PairDifference, 'grievance' | 'complaint' | 'homogeneity'> & {
  readonly contrasts: readonly Omit<Contrast, 'significant'>[];
};

/**
 * Differences between segments by interaction: the ratio among a segment's customers over the ratio among all others. A pair is one claim, whatever
 * the number of its segments; were each segment one, every true difference would bring several, and buy room for false ones. That a pair is listed
 * for one segment and not for another says nothing.
 */
export function differencesOf(sums: PairSums, segments: number, options: EstimateOptions = ESTIMATE): readonly PairDifference[] {
  const found: Compared[] = [];
  for (let grievance = 0; grievance < sums.exposureTypes; grievance++)
    for (let complaint = 0; complaint < sums.outcomeTypes; complaint++) {
      const one = compared(sums, segments, grievance, complaint, options);
      if (one.contrasts.length > 0) found.push(one);
    }
  const ps = found.map(({ contrasts }) => Math.min(1, contrasts.length * Math.min(...contrasts.map(({ p }) => p))));
  const qs = benjaminiHochberg(ps);
  return found.map((one, i) => {
    const q = qs[i] ?? 1;
    const significant = q <= options.level;
    const contrasts = one.contrasts.map((contrast) => ({
      ...contrast,
      significant: significant && contrast.p * one.contrasts.length <= options.level,
    }));
    return { ...one, p: ps[i] ?? 1, q, significant, contrasts };
  });
}

function compared(sums: PairSums, segments: number, grievance: number, complaint: number, options: EstimateOptions): Compared {
  const all = Array.from({ length: sums.partCount }, (_, i) => i);
  const logs: RateEstimate[] = [];
  const contrasts: Omit<Contrast, 'significant'>[] = [];
  for (let segment = 0; segment < segments; segment++) {
    const own = testable(sums, [segment], grievance, complaint, options);
    if (own === null) continue;
    logs.push(own);
    const others = all.filter((part) => part !== segment);
    const rest = testable(sums, others, grievance, complaint, options);
    if (rest !== null) contrasts.push({ segment, ...ratioOfRatios(own, rest) });
  }
  return { grievance, complaint, homogeneity: homogeneity(logs), contrasts };
}

function testable(
  sums: PairSums,
  parts: readonly number[],
  grievance: number,
  complaint: number,
  options: EstimateOptions,
): RateEstimate | null {
  const { after } = cellOf(sums, parts, grievance, complaint);
  return after.expected >= options.minExpected ? rateEstimate(after) : null;
}
