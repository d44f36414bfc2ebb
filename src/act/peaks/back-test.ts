import { wilson } from '../../maths/proportions.ts';
import type { BackTest, BackTestDay } from '../../model/peaks.ts';
import { lineOfDay } from './place-calls.ts';
import { loadOf, type Rated } from './rate.ts';
import { type DayOfCandidates, isAbove, solveLine } from './solve-line.ts';
import { callersOn, dayMoved, type Hours, spanOf, weekdayOf } from './team.ts';

/** Fewer days before say nothing about the next. */
export const FEWEST_DAYS = 10;
export const HISTORY_DAYS = 28;

export interface Past {
  /** Candidates of each local day; a day without any is an empty one. */
  readonly on: ReadonlyMap<string, readonly Rated[]>;
  /** The first day that is known. */
  readonly from: string;
  readonly holdOut: number;
}

/** Loads of the days before one, over spans as long as that day's own, each weighed by its weekday. */
function historyOf({ on, from, holdOut }: Past, day: string, span: number): readonly DayOfCandidates[] {
  const days: { readonly end: string; readonly candidates: readonly Rated[] }[] = [];
  for (let end = dayMoved(day, -1); days.length < HISTORY_DAYS && dayMoved(end, 1 - span) >= from; end = dayMoved(end, -1))
    days.push({ end, candidates: loadOf(spanned(on, end, span), end, holdOut) });
  const expected = weekdayMeans(days.map(({ end, candidates }) => [weekdayOf(end), candidates.length] as const));
  const own = expected(weekdayOf(day));
  return days.map(({ end, candidates }) => ({ candidates, weight: own === 0 ? 1 : expected(weekdayOf(end)) / own }));
}

/** A weekday is taken for the mean of all days until so many of it say otherwise. */
const PSEUDO_DAYS = 2;

function weekdayMeans(counts: readonly (readonly [weekday: number, count: number])[]): (weekday: number) => number {
  const mean = counts.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, counts.length);
  return (weekday) => {
    const own = counts.filter(([of]) => of === weekday);
    return (own.reduce((sum, [, count]) => sum + count, 0) + PSEUDO_DAYS * mean) / (own.length + PSEUDO_DAYS);
  };
}

/** Everything said on the days that a day calls. */
export const spanned = (on: Past['on'], day: string, span: number): readonly Rated[] =>
  Array.from({ length: span }, (_, i) => on.get(dayMoved(day, -i)) ?? []).flat();

/** The line of a day, and how many days it was solved from. `span`: how many days' customers it calls. */
export function lineOn(
  past: Past,
  day: string,
  team: readonly Hours[],
  span = spanOf(team, day),
): { readonly line: number | null; readonly days: number } {
  const history = span === 0 ? [] : historyOf(past, day, span);
  return { line: solveLine(history, callersOn(team, day)), days: history.length };
}

/**
 * Every past day with its line from the days before it alone, by the hours and settings of now: did everybody above it fit into the
 * hours? Days on which nobody calls, and days with too few before them, are left out.
 */
export function testDays(past: Past, city: string, before: string, team: readonly Hours[]): readonly BackTestDay[] {
  const tested: BackTestDay[] = [];
  for (let day = past.from; day < before; day = dayMoved(day, 1)) {
    const { line, days } = lineOn(past, day, team);
    if (line === null || days < FEWEST_DAYS) continue;
    const callers = callersOn(team, day);
    const above = loadOf(spanned(past.on, day, spanOf(team, day)), day, past.holdOut).filter((one) => isAbove(one.gain, line));
    const calls = callers.reduce((sum, one) => sum + one.calls, 0);
    tested.push({ city, day, line, above: above.length, calls, fits: lineOfDay(above, callers) === 0 });
  }
  return tested;
}

/** null: no day could be tested. */
export function backTest(days: readonly BackTestDay[]): BackTest | null {
  if (days.length === 0) return null;
  const share = { events: days.filter((one) => one.fits).length, n: days.length };
  return { days, fitted: share.events / share.n, ...wilson(share) };
}
