import { differenceOf, shareRatio, type Share } from '../../maths/proportions.ts';
import type { Comparison, EffectNow, PeakSettings } from '../../model/peaks.ts';

/** Below these a comparison says nothing. */
const [FEWEST, FEWEST_EVENTS] = [50, 10];
/** A ratio of shares needs more. */
const FEWEST_EVENTS_EACH = 10;

export interface Counted {
  readonly n: number;
  readonly complaints: number;
}

const shareOf = ({ n, complaints }: Counted): Share => ({ n, events: complaints });

/** Those who were to be called, whatever came of it, beside those held out (intention to treat). */
export function comparisonOf(days: number, called: Counted, held_out: Counted): Comparison {
  const enough = called.n >= FEWEST && held_out.n >= FEWEST && called.complaints + held_out.complaints >= FEWEST_EVENTS;
  if (!enough) return { days, called, held_out, difference: null };
  const { effect, low, high } = differenceOf(shareOf(called), shareOf(held_out));
  return { days, called, held_out, difference: { effect, low, high } };
}

/** 1 − ratio of complaint shares, from the own hold-out where both sides tell enough; else as the settings say. */
export function effectOf({ called, held_out, difference }: Comparison, { effect }: PeakSettings): EffectNow {
  const source = effect.experiment === null ? 'assumption' : 'experiment';
  const set: EffectNow = { ...effect, source, customers: null };
  if (difference === null || Math.min(called.complaints, held_out.complaints) < FEWEST_EVENTS_EACH) return set;
  const { ratio, low, high } = shareRatio(shareOf(called), shareOf(held_out));
  if (ratio === null || low === null || high === null) return set;
  const inside = (value: number): number => Math.min(1, Math.max(0, value));
  const customers = called.n + held_out.n;
  return { value: inside(1 - ratio), low: inside(1 - high), high: inside(1 - low), source: 'hold-out', experiment: null, customers };
}
