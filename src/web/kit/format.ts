import type { Locale } from '../i18n/index.ts';
import type { AnswerColumn, Names } from '../../model/question.ts';
import { productZone } from './zone.ts';

/** Numbers and times as people of a locale write them. */
const tag = (locale: Locale): string => (locale === 'zh' ? 'zh-CN' : 'en-GB');

/** Kept by language and wishes: making one takes a hundred times as long as writing a number with it, and a table writes a thousand. */
function kept<T, Options>(make: (language: string, options: Options) => T): (language: string, options: Options) => T {
  const made = new Map<string, T>();
  return (language, options) => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(language, options);
    made.set(key, fresh);
    return fresh;
  };
}
const numberFormat = kept((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const timeFormat = kept((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));

export const nameIn = (names: Names, locale: Locale): string => names[locale];

export function count(value: number, locale: Locale): string {
  return numberFormat(tag(locale), { maximumFractionDigits: 0 }).format(value);
}

export function decimal(value: number, digits: number, locale: Locale): string {
  return numberFormat(tag(locale), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** As many decimals in every line of a table; none and all are said without. */
export function percent(share: number, locale: Locale, digits = 1): string {
  const least = share === 0 || share === 1 ? 0 : digits;
  return numberFormat(tag(locale), { style: 'percent', minimumFractionDigits: least, maximumFractionDigits: digits }).format(share);
}

/** +18 %, −3 %: a change always shows its sign; the true minus sign, not a hyphen. */
export function signedPercent(change: number, locale: Locale): string {
  const text = numberFormat(tag(locale), { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(change);
  return text.replace('-', '−');
}

/** +0.4 个百分点 | −0.4 pp: what a share moved by. */
export function signedPoints(change: number, locale: Locale): string {
  const text = numberFormat(tag(locale), { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(change * 100);
  return `${text.replace('-', '−')} ${locale === 'zh' ? '个百分点' : 'pp'}`;
}

export function figure(value: number | null, column: Pick<AnswerColumn, 'name' | 'unit'>, locale: Locale): string {
  if (value === null) return '–';
  if (column.name.endsWith('_change')) return signedPercent(value, locale);
  switch (column.unit) {
    case 'share':
      return percent(value, locale);
    case 'rate':
    case 'score':
      return decimal(value, 2, locale);
    case 'count':
    case 'text':
    case 'time':
      return count(value, locale);
  }
}

/** The year only when it is not this one. */
export function moment(instant: string, now: Date, locale: Locale, zone: string = productZone()): string {
  const at = new Date(instant);
  const year = (d: Date) => timeFormat('en-GB', { year: 'numeric', timeZone: zone }).format(d);
  const base = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false } as const;
  const wanted = year(at) === year(now) ? base : ({ ...base, year: 'numeric' } as const);
  const parts = timeFormat('en-GB', { ...wanted, timeZone: zone }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  const day = locale === 'zh' ? `${part('month')}-${part('day')}` : `${part('day')}/${part('month')}`;
  const withYear = part('year') === '' ? day : locale === 'zh' ? `${part('year')}-${day}` : `${day}/${part('year')}`;
  return `${withYear} ${part('hour')}:${part('minute')}`;
}

/** A limit of time on the province's clock, as short as it stays true: no milliseconds, and midnight is its day. */
export function wallTime(text: string, zone: string = productZone()): string {
  const stated = text.length > 10 && /(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
  // Swedish writes dates as ISO does.
  const whole = stated
    ? timeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(text))
    : text.replace('T', ' ');
  return whole
    .replace(/\.\d+$/, '')
    .replace(/^(.{16}):00$/, '$1')
    .replace(/ 00:00$/, '');
}

/** An instant on the province's clock as every spreadsheet reads and sorts it: 2026-03-01 18:30:00. */
export function stamp(instant: string, zone: string = productZone()): string {
  const at = new Date(instant);
  // Swedish writes dates as ISO does.
  return Number.isNaN(at.getTime()) ? instant : timeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
}

/** Whole sentence form, for titles: 2026年3月1日星期日 18:30:00. */
export function fullMoment(instant: string, locale: Locale, zone: string = productZone()): string {
  return timeFormat(tag(locale), { dateStyle: 'full', timeStyle: 'medium', timeZone: zone }).format(new Date(instant));
}

export interface Span {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}
export function spanOf(minutes: number): Span {
  const whole = Math.abs(Math.round(minutes));
  return { days: Math.floor(whole / 1440), hours: Math.floor((whole % 1440) / 60), minutes: whole % 60 };
}

/** 90 → 1 小时 30 分 | 1 h 30 min. Working time has no days: 8 hours are not a day everywhere. */
export function duration(minutes: number, locale: Locale, working = false): string {
  const whole = Math.abs(Math.round(minutes));
  const span = working ? { days: 0, hours: Math.floor(whole / 60), minutes: whole % 60 } : spanOf(minutes);
  const words = locale === 'zh' ? ([' 天', ' 小时', ' 分'] as const) : ([' d', ' h', ' min'] as const);
  const parts = [
    span.days > 0 ? `${span.days}${words[0]}` : '',
    span.hours > 0 ? `${span.hours}${words[1]}` : '',
    span.days === 0 && (span.minutes > 0 || span.hours === 0) ? `${span.minutes}${words[2]}` : '',
  ];
  return parts.filter((p) => p !== '').join(' ');
}
