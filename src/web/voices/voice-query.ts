import type { Filter } from '../../model/question.ts';
import { dayAfter, dayBefore } from '../kit/days.ts';
import { isPeriod, rangeOf } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import type { QueryValues } from '../kit/query-form.tsx';

/** Filters that have a field of their own on the form. */
export const QUERY_FIELDS = ['category', 'kind', 'channel', 'department', 'feeling', 'city', 'district', 'source'] as const;
/** A missing value among others of a field. */
export const NULL = '\u0000';

type List = Extract<Filter, { readonly in: unknown }>;
type Range = Exclude<Filter, List | { readonly text: string }>;
const isList = (f: Filter): f is List => 'in' in f;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** Whole days fit the form's two fields; anything finer stays a chip, so that asking again never widens it. */
const isDays = (f: Filter): f is Range =>
  'field' in f && !isList(f) && f.field === 'said_at' && [f.from, f.before].every((limit) => limit === undefined || DAY.test(limit));
const daysOf = (period: Period, filters: readonly Filter[]): Range | undefined =>
  period === 'custom' || period === 'all' ? filters.find(isDays) : undefined;

/** The first list of a field goes to the form; a second one of the same field narrows it and stays a chip. */
const formLists = (filters: readonly Filter[]): readonly List[] =>
  QUERY_FIELDS.flatMap((name) => filters.filter(isList).find((f) => f.field === name) ?? []);

/** What the form does not show. */
export function restOf(period: Period, filters: readonly Filter[]): readonly Filter[] {
  const lists = formLists(filters);
  const day = daysOf(period, filters);
  return filters.filter((f) => !('text' in f) && f !== day && !(isList(f) && lists.includes(f)));
}

export function valuesIn(period: Period, filters: readonly Filter[]): QueryValues {
  const text = filters.flatMap((f) => ('text' in f ? [f.text] : [])).join(' ');
  const range = daysOf(period, filters);
  const asDays = period === 'custom' || range !== undefined;
  return {
    period: asDays ? ['custom', range?.from ?? '', range?.before === undefined ? '' : dayBefore(range.before)] : [period],
    text: text === '' ? [] : [text],
    ...Object.fromEntries(formLists(filters).map((f) => [f.field, f.in.map((v) => v ?? NULL)])),
  };
}

/** The filters that a filled form means, before those that it does not show. */
export function filtersOf(values: QueryValues, rest: readonly Filter[]): readonly Filter[] {
  const [period, from = '', until = ''] = values['period'] ?? [];
  const range: Filter[] =
    period === 'custom' && (from !== '' || until !== '')
      ? [{ field: 'said_at', ...(from === '' ? {} : { from }), ...(until === '' ? {} : { before: dayAfter(until) }) }]
      : [];
  const text = (values['text']?.[0] ?? '').trim();
  const lists = QUERY_FIELDS.flatMap((field): Filter[] => {
    const chosen = values[field] ?? [];
    return chosen.length === 0 ? [] : [{ field, in: chosen.map((v) => (v === NULL ? null : v)) }];
  });
  return [...range, ...(text === '' ? [] : [{ text }]), ...lists, ...rest];
}

/** Custom days begin with those of the period chosen before. */
export function daysIn(period: string, now: Date): readonly string[] {
  const range = isPeriod(period) ? rangeOf(period, now) : null;
  return ['custom', range?.from ?? '', range === null ? '' : dayBefore(range.before)];
}
