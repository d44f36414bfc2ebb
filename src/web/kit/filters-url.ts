import type { Filter } from '../../model/question.ts';

/**
 * Filters in the address: `f=city:370100,370200`, `r=said_at:2026-01-01..2026-02-01`, `q=实名制`.
 * A null value is `!`; every value is escaped once by itself, so commas and colons inside stay values.
 */
const NULL = '!';
const escape = (value: string): string => encodeURIComponent(value).replaceAll('!', '%21').replaceAll('.', '%2E');
const unescape = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

export function putFilters(params: URLSearchParams, filters: readonly Filter[]): void {
  for (const key of ['f', 'r', 'q']) params.delete(key);
  for (const filter of filters) {
    if ('text' in filter) params.append('q', filter.text);
    else if ('in' in filter)
      params.append('f', `${escape(filter.field)}:${filter.in.map((v) => (v === null ? NULL : escape(v))).join(',')}`);
    else params.append('r', `${escape(filter.field)}:${escape(filter.from ?? '')}..${escape(filter.before ?? '')}`);
  }
}

export function filtersIn(params: URLSearchParams): readonly Filter[] {
  return [
    ...listsIn(params),
    ...rangesIn(params),
    ...params
      .getAll('q')
      .filter((q) => q.trim() !== '')
      .map((text) => ({ text })),
  ];
}

function listsIn(params: URLSearchParams): readonly Filter[] {
  return params.getAll('f').flatMap((entry) => {
    const [field, list] = split(entry, ':');
    if (field === '' || list === null) return [];
    return [{ field: unescape(field), in: list.split(',').map((v) => (v === NULL ? null : unescape(v))) }];
  });
}

function rangesIn(params: URLSearchParams): readonly Filter[] {
  return params.getAll('r').flatMap((entry) => {
    const [field, range] = split(entry, ':');
    const [from, before] = split(range ?? '', '..');
    if (field === '' || (from === '' && (before ?? '') === '')) return [];
    return [
      {
        field: unescape(field),
        ...(from === '' ? {} : { from: unescape(from) }),
        ...((before ?? '') === '' ? {} : { before: unescape(before ?? '') }),
      },
    ];
  });
}

function split(text: string, at: string): readonly [string, string | null] {
  const i = text.indexOf(at);
  return i < 0 ? [text, null] : [text.slice(0, i), text.slice(i + at.length)];
}

type Range = Extract<Filter, { readonly from?: string }>;
const isTimeRange = (f: Filter): f is Range => 'field' in f && f.field === 'said_at' && !('in' in f);
const onTheWall = (text: string | undefined): boolean => text === undefined || !/Z|[+-]\d\d:?\d\d$/.test(text.slice(10));

/** Ranges of time that lie within each other become their common part, where all are written as local time and so compare as text. */
export function narrowed(filters: readonly Filter[]): readonly Filter[] {
  const ranges = filters.filter(isTimeRange);
  if (ranges.length < 2 || !ranges.every((r) => onTheWall(r.from) && onTheWall(r.before))) return filters;
  const from = ranges
    .flatMap((r) => r.from ?? [])
    .sort()
    .at(-1);
  const before = ranges.flatMap((r) => r.before ?? []).sort()[0];
  const common: Filter = { field: 'said_at', ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) };
  return [common, ...filters.filter((f) => !isTimeRange(f))];
}

/** The address of the voices behind filters. */
export function voicesAddress(filters: readonly Filter[]): string {
  const params = new URLSearchParams();
  putFilters(params, narrowed(filters));
  params.set('period', 'all');
  return `/voices?${params.toString()}`;
}
