import type { Instant } from '../model/ids.ts';
import { instantOfWall } from '../model/zoned-time.ts';

export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export type WhenRead = { readonly kind: 'read'; readonly instant: Instant; readonly ambiguous: boolean } | { readonly kind: 'unreadable' };

export interface WhenOptions {
  /** IANA name; what carries no offset of its own is local time here. */
  readonly zone: string;
  /** Order of day and month where both are possible. */
  readonly order?: DateOrder | undefined;
}

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: Clock;
  /** Minutes east of UTC, when the text says so. */
  readonly offset: number | null;
  readonly ambiguous: boolean;
}

interface Clock {
  /** Milliseconds since midnight. */
  readonly ms: number;
}

const DAY_MS = 86_400_000;
/** More than a day ahead: nobody has said it yet, and clocks do not differ so much. */
export const isAhead = (instant: Instant, now: Instant): boolean => Date.parse(instant) > Date.parse(now) + DAY_MS;

const UNREADABLE: WhenRead = { kind: 'unreadable' };
const MIDNIGHT: Clock = { ms: 0 };

/**
 * A date, with or without a time, as people and systems write it: ISO, 2015/4/22, 22-04-2015, 22-Apr-15, Apr 22, 2015,
 * 2026年3月1日 下午3点20分, 20150422[153000], epoch seconds or milliseconds, Excel serials (1900 system).
 */
export function readWhen(text: string, options: WhenOptions): WhenRead {
  const clean = tidy(text);
  const local = clean === '' ? null : (numericWhen(clean) ?? dateWhen(clean, options.order));
  if (local === null) return UNREADABLE;
  if (typeof local === 'number') return readAt(local, false);
  return instantOf(local, options.zone);
}

/** A date and a time of day from two columns. */
export function readDateAndClock(date: string, clock: string, options: WhenOptions): WhenRead {
  const time = tidy(clock);
  if (time === '') return readWhen(date, options);
  const ms = readClock(time);
  const clean = tidy(date);
  const local = serialDay(clean) ?? dateWhen(clean, options.order);
  if (ms === null || local === null) return UNREADABLE;
  return instantOf({ ...local, clock: { ms } }, options.zone);
}

function readAt(ms: number, ambiguous: boolean): WhenRead {
  // PostgreSQL and ISO texts of equal length hold year 1 to 9999; contacts lie in far less.
  return ms >= -62_135_596_800_000 && ms < 253_402_300_800_000
    ? { kind: 'read', instant: new Date(ms).toISOString(), ambiguous }
    : UNREADABLE;
}

function instantOf(local: LocalTime, zone: string): WhenRead {
  const asUtc = Date.UTC(local.year, local.month - 1, local.day) + local.clock.ms;
  const ms = local.offset === null ? asUtc - offsetAt(asUtc, zone) : asUtc - local.offset * 60_000;
  return readAt(ms, local.ambiguous);
}

function tidy(text: string): string {
  const trimmed = text.trim();
  // Full-width digits and colons, which NFKC folds, are rare: most texts are plain.
  return /^[\x20-\x7e]*$/.test(trimmed) ? trimmed : trimmed.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

const DIGITS = /^\d{1,14}(?:\.\d+)?$/;

/** Epoch (a number) or a compact date; null when it is neither. */
function numericWhen(text: string): LocalTime | number | null {
  if (!DIGITS.test(text)) return null;
  const value = Number(text);
  const whole = text.split('.')[0] ?? '';
  switch (whole.length) {
    case 13:
      return Math.trunc(value);
    case 10:
      return Math.round(value * 1000);
    case 8:
      return calendarDay(Number(whole.slice(0, 4)), Number(whole.slice(4, 6)), Number(whole.slice(6)), MIDNIGHT);
    case 12:
    case 14: {
      const [h, m, s] = [whole.slice(8, 10), whole.slice(10, 12), whole.slice(12) || '0'].map(Number) as [number, number, number];
      const clock = clockOf(h, m, s, 0, '');
      return clock === null ? null : calendarDay(Number(whole.slice(0, 4)), Number(whole.slice(4, 6)), Number(whole.slice(6, 8)), clock);
    }
    default:
      return serialDay(text);
  }
}

/** Excel serials from 1954 to 2119; smaller and larger numbers are more likely something else. */
function serialDay(text: string): LocalTime | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  if (value < 20_000 || value >= 80_500) return null;
  const ms = Math.round((value - 25_569) * 86_400) * 1000;
  const date = new Date(ms);
  return calendarDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), { ms: ((ms % DAY_MS) + DAY_MS) % DAY_MS });
}

function calendarDay(
  year: number,
  month: number,
  day: number,
  clock: Clock,
  offset: number | null = null,
  ambiguous = false,
): LocalTime | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < 1900 || year > 2200) return null;
  return { year, month, day, clock, offset, ambiguous };
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const YMD = /^(\d{4})(?:-|\/|\.|年)\s?(\d{1,2})(?:-|\/|\.|月)\s?(\d{1,2})(?:日|号)?(?:T|t|,| |$)?/;
const SHORT = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;
const DAY_NAME = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})(?!\d)/;
const NAME_DAY = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/;
const NAME_DAY_CLOCK_YEAR = /^([A-Za-z]{3}) (\d{1,2}) ([\d:]+) (\d{4})$/;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? /i;
const CHINESE_WEEKDAY = /(?:星期|周)[一二三四五六日天]\s?/;

/** A date that is written with separators, names or characters. */
function dateWhen(text: string, order: DateOrder | undefined): LocalTime | null {
  const plain = text.replace(WEEKDAY, '').replace(CHINESE_WEEKDAY, '');
  const ymd = YMD.exec(plain);
  if (ymd !== null) return withTime(Number(ymd[1]), Number(ymd[2]), Number(ymd[3]), plain.slice(ymd[0].length), false);
  const short = SHORT.exec(plain);
  if (short !== null) return shortDate(short, plain.slice(short[0].length), order);
  const named = DAY_NAME.exec(plain);
  if (named !== null) return withTime(fullYear(named[3]), monthNamed(named[2]), Number(named[1]), plain.slice(named[0].length), false);
  const american = NAME_DAY.exec(plain);
  if (american !== null)
    return withTime(Number(american[3]), monthNamed(american[1]), Number(american[2]), plain.slice(american[0].length), false);
  const unix = NAME_DAY_CLOCK_YEAR.exec(plain);
  if (unix !== null) return withTime(Number(unix[4]), monthNamed(unix[1]), Number(unix[2]), unix[3] ?? '', false);
  return null;
}

/** Two numbers below 13 do not say which is the day: the order decides, and without one day first is taken and flagged. */
function shortDate(match: RegExpExecArray, rest: string, order: DateOrder | undefined): LocalTime | null {
  const [a, b] = [Number(match[1]), Number(match[2])];
  if (order === 'ymd' && match[3]?.length === 2) return withTime(fullYear(match[1]), b, Number(match[3]), rest, false);
  const year = fullYear(match[3]);
  if (a > 12 || b > 12) return a > 12 ? withTime(year, b, a, rest, false) : withTime(year, a, b, rest, false);
  const dayFirst = order !== 'mdy';
  const ambiguous = order === undefined && a !== b;
  return dayFirst ? withTime(year, b, a, rest, ambiguous) : withTime(year, a, b, rest, ambiguous);
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  return text?.length === 2 ? year + (year < 69 ? 2000 : 1900) : year;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthNamed(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

const OFFSET = /\s?(?:Z|z|UTC|GMT|(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?)$/;

function withTime(year: number, month: number, day: number, rest: string, ambiguous: boolean): LocalTime | null {
  let time = rest.replace(/^[T,\s]+/, '').trim();
  if (time === '') return calendarDay(year, month, day, MIDNIGHT, null, ambiguous);
  const zone = OFFSET.exec(time);
  const offset =
    zone === null ? null : zone[1] === undefined ? 0 : (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3] ?? 0));
  if (zone !== null) time = time.slice(0, zone.index).trim();
  const ms = readClock(time);
  return ms === null || (offset !== null && Math.abs(offset) > 14 * 60) ? null : calendarDay(year, month, day, { ms }, offset, ambiguous);
}

const CLOCK =
  /^(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜里)?\s?(\d{1,2})(?:(?::|点|时)(?:(\d{1,2})分?(?::?(\d{1,2})(?:[.,](\d{1,9}))?秒?)?|(半))?)?\s?([AaPp])?\.?(?:[Mm]\.?)?$/;

/** Time of day in milliseconds since midnight: 15:20[:30[.5]], 3:20 PM, 下午3点20分, 3点半. */
export function readClock(text: string): number | null {
  const match = CLOCK.exec(text);
  if (match === null) return /^0?\.\d+$/.test(text) ? Math.round(Number(text) * 86_400) * 1000 : null;
  const [, chinese = '', hours, minutes = '0', seconds = '0', fraction = '', half, english = ''] = match;
  // A bare number is an hour only with a word beside it.
  if (chinese === '' && english === '' && /^\d{1,2}$/.test(text)) return null;
  const part = chinese === '' ? english.toLowerCase() : /下午|傍晚|晚|夜里/.test(chinese) ? 'p' : chinese === '中午' ? 'noon' : 'a';
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return clockOf(Number(hours), half === undefined ? Number(minutes) : 30, Number(seconds), ms, part)?.ms ?? null;
}

function clockOf(hours: number, minutes: number, seconds: number, ms: number, part: string): Clock | null {
  let hour = hours;
  if (part === 'p' && hour < 12) hour += 12;
  else if (part === 'a' && hour === 12) hour = 0;
  else if (part === 'noon' && hour < 11) hour += 12;
  const endOfDay = hour === 24 && minutes === 0 && seconds === 0;
  if ((hour > 23 && !endOfDay) || minutes > 59 || seconds > 60) return null;
  return { ms: ((hour * 60 + minutes) * 60 + Math.min(seconds, 59)) * 1000 + ms };
}

const SHORT_ANY = /^\D{0,5}(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;

/** The order that a sample of values proves: any number above 12 in one place, and none that speaks against it. */
export function dateOrderOf(samples: readonly string[]): DateOrder | null {
  let [dayFirst, monthFirst] = [0, 0];
  for (const sample of samples) {
    const match = SHORT_ANY.exec(sample.trim());
    if (match === null) continue;
    const [a, b] = [Number(match[1]), Number(match[2])];
    if (a > 12 && a <= 31 && b <= 12) dayFirst++;
    else if (b > 12 && b <= 31 && a <= 12) monthFirst++;
  }
  if (dayFirst === monthFirst) return null;
  return dayFirst > monthFirst * 9 ? 'dmy' : monthFirst > dayFirst * 9 ? 'mdy' : null;
}

const offsets = new Map<string, Map<number, number>>();
const HOUR_MS = 3_600_000;

/** Offset of the zone at a local time, in milliseconds; one look-up per hour of the calendar, as `Intl` takes microseconds. */
function offsetAt(localMs: number, zone: string): number {
  let known = offsets.get(zone);
  if (known === undefined || known.size > 200_000) offsets.set(zone, (known = new Map<number, number>()));
  const hour = Math.floor(localMs / HOUR_MS);
  let offset = known.get(hour);
  if (offset === undefined) {
    offset = localMs - instantOfWall(localMs, zone);
    known.set(hour, offset);
  }
  return offset;
}
