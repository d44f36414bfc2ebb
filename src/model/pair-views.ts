import type { Names } from './question.ts';
import type { SchemeId } from './segment-views.ts';

/** A pair 抱怨→投诉: how often a grievance is followed by a complaint, against the same customers' other days. */
export interface PairRow {
  readonly grievance: string;
  readonly complaint: string;
  /** Segment of the run’s scheme; null: all customers. */
  readonly segment: string | null;
  /** Rate of the complaint in the window ÷ rate at the same customers' other times, with its 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  /** Benjamini–Hochberg among all pairs of this segment and window. */
  readonly q: number;
  readonly significant: boolean;
  /** Drawn towards 1 by how uncertain it is: the order of a list. */
  readonly shrunk: number;
  /** Complaints in the window, how many other times let expect, and the customers who made them. */
  readonly complaints: number;
  readonly expected: number;
  readonly customers: number;
  /** Grievances of this category among these customers. */
  readonly grievances: number;
  /** Additional complaints per 1,000 grievances (spared ones below 0), with interval. */
  readonly excess_per_1000: number;
  readonly excess_low: number;
  readonly excess_high: number;
  /** Share of all complaints of the category that goes with the grievance. */
  readonly attributable: number;
  /** The same ratio in the time as long before the grievance; null: too few to say. */
  readonly reverse: RatioView | null;
  /** The ratio that misread categories alone would make of 1, at `MISREAD_SHARE` of all read categories wrong. */
  readonly misread_alone: number;
}

export interface RatioView {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

/** A ratio that differs between segments: each against all other customers. */
export interface PairDifferenceRow {
  readonly grievance: string;
  readonly complaint: string;
  /** Corrected over the pair's segments; q over all pairs, too. */
  readonly p: number;
  readonly q: number;
  readonly significant: boolean;
  /** Cochran's Q over the segments' ratios. */
  readonly homogeneity_p: number;
  readonly contrasts: readonly (RatioView & { readonly segment: string; readonly significant: boolean })[];
}

/** A pair looked at closely. */
export interface PairProfile {
  /** Per lag after the grievance (below 0: before it), in days, half-open; null: too few to say. */
  readonly lags: readonly {
    readonly from: number;
    readonly before: number;
    readonly complaints: number;
    readonly rate: RatioView | null;
  }[];
  /** Per month of the province's calendar, `2026-03`. */
  readonly months: readonly { readonly month: string; readonly complaints: number; readonly rate: RatioView | null }[];
  /** Whether the months agree; null: fewer than two say anything. */
  readonly months_p: number | null;
  /** With a dead time after each complaint in which nothing counts. */
  readonly dead_time: { readonly days: number; readonly rate: RatioView | null };
  /** By the clock instead of the calendar of regions. */
  readonly uncalibrated: RatioView | null;
}

/** What one run looked at. */
export interface PairSummary {
  readonly window_days: number;
  /** Days looked at, half-open, on the province's calendar. */
  readonly from: string;
  readonly before: string;
  readonly events: number;
  readonly customers: number;
  readonly grievances: number;
  readonly complaints: number;
  /** Events whose category an agent recorded, whose category was read, and those with neither (left out). */
  readonly recorded: number;
  readonly read: number;
  readonly unmapped: number;
  /** Left out as one contact recorded twice. */
  readonly same_contact: number;
  readonly repeats: number;
  /** How fine the calendar of regions is. */
  readonly regions: 'district' | 'city';
  /** Left out as said more than five years before the newest, or ahead of the clock: nearly always wrong dates. Absent: an earlier run. */
  readonly outside?: number;
  readonly families: readonly {
    readonly segment: string | null;
    readonly tested: number;
    readonly significant: number;
    readonly too_rare: number;
    /** Share of negative controls that are significant at 5 %; about 0.05 when nothing else is at work. */
    readonly reverse_share: number | null;
  }[];
  readonly min_expected: number;
  /** Up to when behaviour counted for who is in which segment; absent: by rule. */
  readonly segments_as_of?: string;
  /** How strongly each grievance leads to complaints, what levels are made of; runs of earlier versions have none. */
  readonly strengths?: {
    readonly all: readonly CauseStrength[];
    /** The same from what was heard before a day alone, so that levels can be judged on what came after it; null: too short a time. */
    readonly earlier: { readonly before: string; readonly of: readonly CauseStrength[] } | null;
  };
}

/** A grievance that was tested at all: its significant pairs that lead to more complaints, taken together. */
export interface CauseStrength {
  readonly category: string;
  readonly grievances: number;
  /** Additional complaints per 1,000 such grievances; 0: none beyond chance. */
  readonly excess_per_1000: number;
}

export interface PairResult {
  readonly summary: PairSummary;
  readonly pairs: readonly PairRow[];
  readonly differences: readonly PairDifferenceRow[];
}

/** Share of read categories taken for wrong where it is shown what misreading alone would do. */
export const MISREAD_SHARE = 0.1;

/**
 * The rows that answer "which grievance leads to which complaint, by segment": all customers' row of a pair whose ratio does not differ
 * between segments, and the rows of the segments, not that of all, where it does.
 */
export function bySegment(result: PairResult): readonly PairRow[] {
  const key = (row: { readonly grievance: string; readonly complaint: string }): string => `${row.grievance} ${row.complaint}`;
  const differing = new Set(result.differences.filter((one) => one.significant).map(key));
  return result.pairs.filter((row) => differing.has(key(row)) === (row.segment !== null));
}

/** A run as its page shows it. */
export interface PairRunView {
  /** Its number within the scope. */
  readonly run: number;
  readonly window_days: number;
  /** By which segments customers were told apart. */
  readonly scheme: SchemeId;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Share done, 0–1. */
  readonly progress: number;
  readonly asked_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly error: string | null;
}

/** What the page of pairs gets: the newest run that is done within the viewer's scope, and the one on its way. */
export interface PairsView {
  readonly scheme: SchemeId;
  /** The scheme's segments, in its order: those of the run, and before there is one, those that customers are in now. */
  readonly segments: readonly { readonly id: string; readonly names: Names }[];
  readonly done: PairRunView | null;
  readonly open: PairRunView | null;
  /** The newest run that failed or was stopped. */
  readonly last: PairRunView | null;
  readonly summary: PairSummary | null;
  /** Pairs of all customers and of every segment; `close`: looked at closely. */
  readonly pairs: readonly (PairRow & { readonly close: boolean })[];
  readonly differences: readonly PairDifferenceRow[];
}

/** A customer behind a pair: the grievances, and the complaints that followed in the window. */
export interface PairCustomer {
  readonly customer: string;
  readonly grievances: readonly { readonly id: number; readonly said_at: string }[];
  readonly complaints: readonly { readonly id: number; readonly said_at: string }[];
}
