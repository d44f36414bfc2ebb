import type { WorkCalendar } from '../model/pack.ts';
import { instantOfWall, wallMsOf } from '../model/zoned-time.ts';

/**
 * Working minutes over the pack's calendar: several periods a day, public holidays, working weekends 调休 (the periods
 * of a Monday). A period is half-open on the wall clock of the zone. The due time is the first instant by which so many
 * working minutes have passed, so work that fills an afternoon is due when that afternoon closes, not next morning.
 */
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No calendar leaves more than this many days in a row without work; one that does is a mistake to be told. */
const LONGEST_REST_DAYS = 400;

interface Period {
  readonly fromMs: number;
  readonly beforeMs: number;
}

export function addWorkingMinutes(fromMs: number, minutes: number, calendar: WorkCalendar, zone: string): number {
  let leftMs = minutes * MINUTE_MS;
  let restDays = 0;
  if (leftMs <= 0) return fromMs;
  for (let day = localDayOf(fromMs, zone); restDays <= LONGEST_REST_DAYS; day += DAY_MS) {
    restDays++;
    for (const period of periodsOf(day, calendar, zone)) {
      const startMs = Math.max(period.fromMs, fromMs);
      const workedMs = period.beforeMs - startMs;
      if (workedMs <= 0) continue;
      if (leftMs <= workedMs) return startMs + leftMs;
      leftMs -= workedMs;
      restDays = 0;
    }
  }
  throw new RangeError('The calendar has no working time');
}

/** Negative when `toMs` lies before `fromMs`. */
export function workingMinutesBetween(fromMs: number, toMs: number, calendar: WorkCalendar, zone: string): number {
  if (toMs < fromMs) return -workingMinutesBetween(toMs, fromMs, calendar, zone);
  let workedMs = 0;
  const lastDay = localDayOf(toMs, zone);
  for (let day = localDayOf(fromMs, zone); day <= lastDay; day += DAY_MS) {
    for (const period of periodsOf(day, calendar, zone)) {
      workedMs += Math.max(0, Math.min(period.beforeMs, toMs) - Math.max(period.fromMs, fromMs));
    }
  }
  return workedMs / MINUTE_MS;
}

/** Midnight of the local day, written as if it were UTC. */
function localDayOf(atMs: number, zone: string): number {
  return Math.floor(wallMsOf(atMs, zone) / DAY_MS) * DAY_MS;
}

function periodsOf(dayMs: number, calendar: WorkCalendar, zone: string): readonly Period[] {
  return hoursOf(dayMs, calendar)
    .map(({ from, before }) => ({
      fromMs: instantOfWall(dayMs + clockMs(from), zone),
      beforeMs: instantOfWall(dayMs + clockMs(before), zone),
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
}

/** The hours that people work on a local day. */
export function hoursOf(dayMs: number, calendar: WorkCalendar): readonly { readonly from: string; readonly before: string }[] {
  const date = new Date(dayMs).toISOString().slice(0, 10);
  if (calendar.working_days.includes(date)) return calendar.week['1'] ?? [];
  if (calendar.holidays.includes(date)) return [];
  const weekday = new Date(dayMs).getUTCDay();
  return calendar.week[weekday === 0 ? '7' : String(weekday)] ?? [];
}

/** `08:30` → milliseconds since midnight; `24:00` is the next midnight. */
function clockMs(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * MINUTE_MS;
}
