import type { SegmentRunRow } from '../../model/segment-views.ts';
import { instantOfWall, wallMsOf } from '../../model/zoned-time.ts';

/** Days of behaviour that a run looks at. */
export const WINDOW_DAYS = 180;
const DAY_MS = 86_400_000;

/** The half-open stretch of event time before a moment. */
export function windowBefore(asOf: string): { readonly from: string; readonly before: string } {
  return { from: new Date(Date.parse(asOf) - WINDOW_DAYS * DAY_MS).toISOString(), before: asOf };
}

/** The local month that the moment just before `asOf` lies in: `2026-03`. */
export function monthOf(asOf: string, timeZone: string): string {
  return new Date(wallMsOf(Date.parse(asOf) - 1, timeZone)).toISOString().slice(0, 7);
}

/** The local months that a window touches. */
export const monthsOf = (
  window: { readonly from: string; readonly before: string },
  timeZone: string,
): { readonly from: string; readonly to: string } => ({
  from: new Date(wallMsOf(Date.parse(window.from), timeZone)).toISOString().slice(0, 7),
  to: monthOf(window.before, timeZone),
});

/** The moment at which a local month ends. */
export function endOfMonth(month: string, timeZone: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(instantOfWall(Date.UTC(year, number, 1), timeZone)).toISOString();
}

/** The newest local month that lies wholly before a moment. */
export function lastEndedMonth(at: string, timeZone: string): string {
  const wall = new Date(wallMsOf(Date.parse(at), timeZone));
  return new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

/** The finished run that looks at the latest time; of several for one time the first listed, which is the one asked for last. */
export function newestOf<Run extends Pick<SegmentRunRow, 'state' | 'as_of'>>(runs: readonly Run[]): Run | undefined {
  return runs.filter((run) => run.state === 'done').toSorted((a, b) => (a.as_of < b.as_of ? 1 : a.as_of > b.as_of ? -1 : 0))[0];
}
