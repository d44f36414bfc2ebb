import type { FeatureColumn } from '../../maths/features.ts';

/** One column of numbers without gaps that stands for (a part of) a column of a table. */
export interface DesignColumn {
  /** Title of the table's column. */
  readonly of: string;
  /** The category's value; null for numbers. */
  readonly level: string | null;
  readonly values: Float64Array;
  /** `yes`: two values only, effects are yes against no; `sd`: effects are per standard deviation. */
  readonly unit: 'yes' | 'sd';
  readonly missing: number;
}

/** Categories with more values than this are kept by their most frequent ones. */
const MOST_LEVELS = 12;
/** A value that fewer rows have says nothing that an interval would not swallow. */
const LEAST_ROWS = 20;

/** Numbers with gaps filled by their mean, categories as yes and no for each value; what never changes is left out. */
export function designOf(columns: readonly FeatureColumn[]): readonly DesignColumn[] {
  return columns.flatMap((column) => (column.kind === 'number' ? numberOf(column) : levelsOf(column))).filter((one) => varies(one.values));
}

function numberOf({ name, values }: Extract<FeatureColumn, { kind: 'number' }>): readonly DesignColumn[] {
  const given = values.filter((value) => !Number.isNaN(value));
  if (given.length === 0) return [];
  const kinds = new Set(given);
  const [a = 0, b = 0] = [...kinds].toSorted((x, y) => x - y);
  const mean = given.reduce((sum, value) => sum + value, 0) / given.length;
  const missing = values.length - given.length;
  if (kinds.size !== 2)
    return [{ of: name, level: null, values: values.map((value) => (Number.isNaN(value) ? mean : value)), unit: 'sd', missing }];
  // Two numbers are a yes and a no, whatever they are: −1 beside a code means “not chosen”; of 1 and 2 the first is yes.
  const yes = a === 1 && b === 2 ? a : b;
  const share = given.reduce((sum, value) => sum + (value === yes ? 1 : 0), 0) / given.length;
  return [
    { of: name, level: null, values: values.map((value) => (Number.isNaN(value) ? share : value === yes ? 1 : 0)), unit: 'yes', missing },
  ];
}

function levelsOf({ name, codes, levels }: Extract<FeatureColumn, { kind: 'category' }>): readonly DesignColumn[] {
  const counts = levels.map((_, i) => codes.reduce((sum, code) => sum + (code === i ? 1 : 0), 0));
  const missing = codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0);
  const kept = levels
    .map((level, i) => ({ level, i, rows: counts[i] ?? 0 }))
    .filter(({ rows }) => rows >= LEAST_ROWS)
    .toSorted((a, b) => b.rows - a.rows)
    .slice(0, MOST_LEVELS);
  // The most frequent value is what the others are compared with; a single value is compared with the gaps.
  const shown = kept.length > 1 ? kept.slice(1) : missing >= LEAST_ROWS ? kept : [];
  return shown.map(({ level, i }) => ({
    of: name,
    level,
    values: Float64Array.from(codes, (code) => (code === i ? 1 : 0)),
    unit: 'yes' as const,
    missing,
  }));
}

function varies(values: Float64Array): boolean {
  const first = values[0];
  return values.some((value) => value !== first);
}
