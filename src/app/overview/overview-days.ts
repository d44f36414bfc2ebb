import type { Day, Weeks } from '../../model/overview.ts';
import type { Answer } from '../../model/question.ts';

const DAY_MS = 86_400_000;
const SHOWN = 28;
const WEEKS = 4;

export const shiftDay = (day: string, by: number): string => new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);

/** A day that has not ended is never compared as if it had; where data end earlier, the weeks end with them. */
export function weeksOf(today: string, daysWithVoices: readonly string[]): Weeks {
  const lastDay =
    daysWithVoices
      .filter((day) => day <= today)
      .toSorted()
      .at(-1) ?? null;
  const running = lastDay === today;
  const end = lastDay === null || running ? today : shiftDay(lastDay, 1);
  return {
    now: { from: shiftDay(end, -7), before: end },
    before: { from: shiftDay(end, -14), before: shiftDay(end, -7) },
    lastDay,
    running,
  };
}

/** The last four weeks and today, each day beside what is usual for its weekday. A day without a row had no voice. */
export function daysOf(answer: Pick<Answer, 'rows'>, weeks: Weeks): readonly Day[] {
  const rows = new Map(answer.rows.map((row) => [String(row['day']), row]));
  const first = [...rows.keys()].toSorted()[0];
  const count = (day: string, measure: string): number => Number(rows.get(day)?.[measure] ?? 0);
  const length = SHOWN + (weeks.running ? 1 : 0);
  return Array.from({ length }, (_, i): Day => {
    const day = shiftDay(weeks.now.before, i - SHOWN);
    const earlier = Array.from({ length: WEEKS }, (_w, w) => shiftDay(day, -7 * (w + 1)));
    const known = first !== undefined && earlier.every((one) => one >= first);
    return {
      day,
      voices: count(day, 'voices'),
      complaints: count(day, 'complaints'),
      unmapped: count(day, 'unmapped'),
      usual: known ? earlier.reduce((sum, one) => sum + count(one, 'voices'), 0) / WEEKS : null,
      partial: weeks.running && i === length - 1,
    };
  });
}

/** Whole days that the series needs: those shown, and four weeks before them to know what is usual. */
export const SERIES_DAYS = SHOWN + 7 * WEEKS;
