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
  return [...listsIn(params), ...rangesIn(params), ...params.getAll('q').filter((q) => q.trim() !== '').map((text) => ({ text }))];
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
    return [{
      field: unescape(field),
      ...(from === '' ? {} : { from: unescape(from) }),
      ...((before ?? '') === '' ? {} : { before: unescape(before ?? '') }),
    }];
  });
}

function split(text: string, at: string): readonly [string, string | null] {
  const i = text.indexOf(at);
  return i < 0 ? [text, null] : [text.slice(0, i), text.slice(i + at.length)];
}

/** The address of the voices behind filters. */
export function voicesAddress(filters: readonly Filter[]): string {
  const params = new URLSearchParams();
  putFilters(params, filters);
  params.set('period', 'all');
  return `/voices?${params.toString()}`;
}
