import { type Caller, type Candidate, isDutyOf, lineOfDay } from './place-calls.ts';

/** What customers of a city said on one day (or over days off and the working day after them), the held-out ones taken out. */
export interface DayOfCandidates {
  readonly candidates: readonly Candidate[];
  /** How many candidates such a weekday has, ÷ how many the weekday has that is solved for. */
  readonly weight: number;
}

/** Aimed at above the promised 90 %, so that chance over a month does not break the promise. */
const AIM = 0.95;

/**
 * The warning line 预警线 for a day, from days before it: everybody whose gain is above it is called. For each past day the line that
 * this day's hours would have needed is known; the answer is their order statistic ⌈.95 (n + 1)⌉, which a day like them keeps with that
 * probability whatever the distribution (split conformal; Vovk 2005). Below 19 days it is the highest of them. It never lies where the
 * past days' mean would ask for more calls than there are. A weekday that is busier than the one solved for is judged by as many more
 * calls (`weight`), so that Mondays do not set the line of Sundays. null: no days, or nobody calls.
 */
export function solveLine(history: readonly DayOfCandidates[], callers: readonly Caller[]): number | null {
  const calls = callers.reduce((sum, one) => sum + one.calls, 0);
  if (history.length === 0 || calls === 0) return null;
  const needed = history.map(({ candidates, weight }) => lineOfDay(candidates, weighted(callers, weight))).toSorted((a, b) => a - b);
  const rank = Math.min(needed.length, Math.ceil(AIM * (needed.length + 1)));
  return Math.max(needed[rank - 1] ?? 0, lineOfMean(history, callers, calls));
}

const weighted = (callers: readonly Caller[], weight: number): readonly Caller[] =>
  callers.map((caller) => ({ ...caller, calls: Math.floor(caller.calls * weight + 1e-9) }));

/** The lowest line above which the days hold no more candidates on average than there are calls. */
function lineOfMean(history: readonly DayOfCandidates[], callers: readonly Caller[], calls: number): number {
  const gains = history.flatMap((day) =>
    day.candidates.filter((one) => callers.some((caller) => isDutyOf(caller, one))).map((one) => one.gain),
  );
  return gains.toSorted((a, b) => b - a)[calls * history.length] ?? 0;
}

export const isAbove = (gain: number, line: number): boolean => gain > line;
