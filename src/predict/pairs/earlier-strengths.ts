import type { CauseStrength } from '../../model/pair-views.ts';
import { MINUTES_PER_DAY } from '../../maths/self-controlled/calendar.ts';
import { ESTIMATE, type EstimateOptions } from './estimate-pairs.ts';
import { orderLog } from './event-log.ts';
import type { NamedLog } from './log-builder.ts';
import { type CountedPairs, countPairs } from './pairs-of.ts';
import { dayText, pairResult } from './result.ts';
import { heardBefore, strengthsOf } from './strengths.ts';

/** Levels are judged on the last third, and on a month and a half at least: a landmark, and a month in which a complaint may come. */
const SHARE = 2 / 3;
const LEAST_AFTER_DAYS = 45;
const LEAST_BEFORE_DAYS = 28;

/** Strengths from the first two thirds of the time alone; null: that leaves too little on either side. */
export function earlierStrengths(
  named: NamedLog,
  counted: CountedPairs,
  options: EstimateOptions = ESTIMATE,
): { readonly before: string; readonly of: readonly CauseStrength[] } | null {
  const { from, before } = counted.span;
  const days = (before - from) / MINUTES_PER_DAY;
  const first = Math.floor(Math.min(days * SHARE, days - LEAST_AFTER_DAYS));
  if (first < LEAST_BEFORE_DAYS) return null;
  const until = from + first * MINUTES_PER_DAY;
  const log = heardBefore(named.log, until);
  const ordered = orderLog(log);
  const earlier = countPairs(ordered, { windowDays: counted.windowDays, span: { from, before: until } });
  const { pairs } = pairResult({ ...named, log }, ordered, earlier, [], options);
  return { before: dayText(until), of: strengthsOf(pairs) };
}
