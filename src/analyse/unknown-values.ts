import type { Problem } from '../model/problem.ts';
import type { Filter } from '../model/question.ts';
import type { Coded } from '../model/vocabulary.ts';
import { type Dimension, dimensionOf, fieldOf } from './vocabulary.ts';

/** A filter whose values are codes that can be looked up. */
export interface CodedFilter {
  readonly at: number;
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

/** What sources write as they like: the names we know are translations, not a list. */
const FREE: readonly string[] = ['statuses', 'recorded'];

export function codedFilters(where: readonly Filter[]): readonly CodedFilter[] {
  return where.flatMap((filter, at): readonly CodedFilter[] => {
    if ('text' in filter || !('in' in filter)) return [];
    const dimension = dimensionOf(filter.field);
    if (dimension === undefined || dimension.labels === null || FREE.includes(dimension.labels)) return [];
    const field = fieldOf(filter.field);
    const empty = field?.kind === 'value' ? field.emptyIs : null;
    const values = filter.in.filter((value): value is string => value !== null && value !== empty);
    return values.length === 0 ? [] : [{ at, dimension, values }];
  });
}

/** Lists that differ from viewer to viewer: one value of such a list that the viewer does not know is no reason to refuse the others. */
const SCOPED: readonly string[] = ['regions', 'units', 'sources'];

/** What is wrong with a filter of which these values are neither named anywhere nor said by any voice. */
export function problemsOfUnknown(filter: CodedFilter, unknown: readonly string[], known: readonly Coded[]): readonly Problem[] {
  const scoped = SCOPED.includes(filter.dimension.labels ?? '');
  if (scoped && unknown.length < filter.values.length) return [];
  return unknown.map((value) => ({
    code: 'value-unknown',
    column: `where[${filter.at}].in`,
    params: { name: filter.dimension.name, value, near: nearest(value, known).map(inWords).join('; ') || '–' },
  }));
}

const inWords = ({ code, names }: Coded): string =>
  names.zh === code ? code : names.en === names.zh ? `${code} (${names.zh})` : `${code} (${names.zh}, ${names.en})`;

const MOST = 3;

/** The known values that somebody most likely meant: by code or by name, in either language. */
export function nearest(value: string, known: readonly Coded[]): readonly Coded[] {
  const wanted = value.toLowerCase().slice(0, 60);
  const scored = known.map((one) => ({
    one,
    far: Math.min(...[one.code, one.names.zh, one.names.en].map((text) => distance(wanted, text.toLowerCase()))),
  }));
  return scored
    .filter(({ far }) => far <= 0.5)
    .toSorted((a, b) => a.far - b.far || (a.one.code < b.one.code ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** 0 equal … 1 nothing alike; a part of the other counts as near. */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return 1;
  if (b.includes(a) || a.includes(b)) return 0.1 + 0.4 * (1 - Math.min(a.length, b.length) / Math.max(a.length, b.length));
  return edits(a, b) / Math.max(a.length, b.length);
}

/** Levenshtein with one row. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
