import { commonDifference, commonRatio, type Stratum } from '../../maths/mantel-haenszel.ts';
import type { Share } from '../../maths/proportions.ts';
import type { Comparison, EffectNow, PeakSettings } from '../../model/peaks.ts';

/** Below these a comparison says nothing. */
const [FEWEST, FEWEST_EVENTS] = [50, 10];
/** A ratio of shares needs more. */
const FEWEST_EVENTS_EACH = 10;

export interface Counted {
  readonly n: number;
  readonly complaints: number;
}

/** Customers who were queued in one month. */
export interface MonthCounted {
  readonly called: Counted;
  readonly held_out: Counted;
}

const shareOf = ({ n, complaints }: Counted): Share => ({ n, events: complaints });
const summed = (all: readonly Counted[]): Counted =>
  all.reduce((sum, one) => ({ n: sum.n + one.n, complaints: sum.complaints + one.complaints }), { n: 0, complaints: 0 });

/** Months in which somebody was called and somebody was not: of the others nothing can be compared. */
const comparable = (months: readonly MonthCounted[]): readonly MonthCounted[] =>
  months.filter(({ called, held_out }) => called.n > 0 && held_out.n > 0);
const strataOf = (months: readonly MonthCounted[]): readonly Stratum[] =>
  months.map(({ called, held_out }) => ({ treated: shareOf(called), control: shareOf(held_out) }));

/**
 * Those who were to be called, whatever came of it, beside those held out (intention to treat). Within each month, for the share held out
 * and the mood of customers change from one to another: Mantel–Haenszel over months, Sato's interval.
 */
export function comparisonOf(days: number, months: readonly MonthCounted[]): Comparison {
  const [called, held_out] = [summed(months.map((one) => one.called)), summed(months.map((one) => one.held_out))];
  const fair = comparable(months);
  const [c, h] = [summed(fair.map((one) => one.called)), summed(fair.map((one) => one.held_out))];
  if (c.n < FEWEST || h.n < FEWEST || c.complaints + h.complaints < FEWEST_EVENTS) return { days, called, held_out, difference: null };
  const { effect, low, high } = commonDifference(strataOf(fair));
  return { days, called, held_out, difference: { effect, low, high } };
}

/** 1 − common ratio of complaint shares, from the own hold-out where both sides tell enough; else as the settings say. */
export function effectOf(months: readonly MonthCounted[], { effect }: PeakSettings): EffectNow {
  const source = effect.experiment === null ? 'assumption' : 'experiment';
  const set: EffectNow = { ...effect, source, customers: null };
  const fair = comparable(months);
  const [called, held_out] = [summed(fair.map((one) => one.called)), summed(fair.map((one) => one.held_out))];
  const isKnown = comparisonOf(0, fair).difference !== null;
  if (!isKnown || Math.min(called.complaints, held_out.complaints) < FEWEST_EVENTS_EACH) return set;
  const { ratio, low, high } = commonRatio(strataOf(fair));
  if (ratio === null || low === null || high === null) return set;
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  const customers = called.n + held_out.n;
  return { value: inside(1 - ratio), low: inside(1 - high), high: inside(1 - low), source: 'hold-out', experiment: null, customers };
}
