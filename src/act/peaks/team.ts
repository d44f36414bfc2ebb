import type { SpecialistDraft } from '../../model/peaks.ts';
import type { Caller } from './place-calls.ts';

/** A specialist as far as calls are concerned. */
export interface Hours extends Pick<SpecialistDraft, 'minutes' | 'minutes_per_call' | 'categories' | 'segments'> {
  readonly id: string;
}

const DAY_MS = 86_400_000;
const LONGEST_REST = 7;

/** `2026-03-01` ± days. */
export const dayMoved = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);

/** 0 Monday … 6 Sunday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

export const minutesOn = (team: readonly Hours[], day: string): number =>
  team.reduce((sum, one) => sum + (one.minutes[weekdayOf(day)] ?? 0), 0);

/** Who calls on a day, and how many calls the hours of each allow. */
export function callersOn(team: readonly Hours[], day: string): readonly Caller[] {
  return team.flatMap(({ id, minutes, minutes_per_call, categories, segments }): readonly Caller[] => {
    const calls = Math.floor((minutes[weekdayOf(day)] ?? 0) / minutes_per_call);
    return calls === 0 ? [] : [{ id, calls, categories, segments }];
  });
}

/** How many days' customers a day calls: its own, and those of the days off just before it. 0: nobody calls. */
export function spanOf(team: readonly Hours[], day: string): number {
  if (callersOn(team, day).length === 0) return 0;
  let span = 1;
  while (span < LONGEST_REST && callersOn(team, dayMoved(day, -span)).length === 0) span++;
  return span;
}
