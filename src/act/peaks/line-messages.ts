import type { BackTestDay } from '../../model/peaks.ts';
import { lineOn, type Past, testDays } from './back-test.ts';
import { type RatedBy, rated, type Told } from './rate.ts';
import type { Hours } from './team.ts';

/** A city's day to solve, beside the grievances that were told before it. */
export interface LineAsk {
  readonly city: string;
  readonly today: string;
  readonly team: readonly Hours[];
  /** How many days' customers the day calls. */
  readonly span: number;
  readonly by: RatedBy;
  readonly holdOut: number;
}

export interface LineSolved {
  readonly line: number | null;
  readonly days: number;
  readonly tested: readonly BackTestDay[];
}

/** Grievances in slices, then the question, which ends the city. */
export type ToLine = { readonly kind: 'told'; readonly rows: readonly Told[] } | { readonly kind: 'solve'; readonly ask: LineAsk };

/** The line of a day from the days before it, and every one of those with its own line. */
export function solvedLine(told: readonly Told[], { city, today, team, span, by, holdOut }: LineAsk): LineSolved {
  const on = Map.groupBy(rated(told, by), (one) => one.day);
  const past: Past = { on, from: [...on.keys()].toSorted()[0] ?? today, holdOut };
  const { line, days } = lineOn(past, today, team, span);
  return { line, days, tested: testDays(past, city, today, team) };
}
