import type { CategoryColumn, FeatureColumn, FeatureTable, NumberColumn } from './features.ts';

/** One number that a linear model sees of a row. */
export type Term =
  /** (value − mean) ÷ scale; a missing value counts as the mean. */
  | { readonly column: string; readonly kind: 'number'; readonly mean: number; readonly scale: number }
  /** 1 where the category has this level. */
  | { readonly column: string; readonly kind: 'level'; readonly level: string }
  /** 1 where the value is missing. */
  | { readonly column: string; readonly kind: 'missing' };

/** A level seen less often says nothing of its own: it stays with the reference. */
const LEAST_ROWS = 10;
const MOST_LEVELS = 60;

/**
 * Numbers standardised, a term for missing values where there are any, and one term per level but the most frequent one,
 * which all others are compared with. Columns that never vary have no term.
 */
export function designTerms(table: FeatureTable, rows: Uint32Array): readonly Term[] {
  return table.columns.flatMap((column) => (column.kind === 'number' ? numberTerms(column, rows) : levelTerms(column, rows)));
}

function numberTerms({ name, values }: NumberColumn, rows: Uint32Array): readonly Term[] {
  let [n, mean, squares] = [0, 0, 0];
  for (const row of rows) {
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    n++;
    const off = value - mean;
    mean += off / n;
    squares += off * (value - mean);
  }
  const scale = n === 0 ? 0 : Math.sqrt(squares / n);
  const number: Term[] = scale > 1e-12 * Math.abs(mean) ? [{ column: name, kind: 'number', mean, scale }] : [];
  return n === rows.length || n === 0 ? number : [...number, { column: name, kind: 'missing' }];
}

function levelTerms(column: CategoryColumn, rows: Uint32Array): readonly Term[] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(column.codes[row] as number, (counts.get(column.codes[row] as number) ?? 0) + 1);
  const frequent = [...counts].toSorted(([a, n], [b, m]) => m - n || a - b);
  return frequent
    .slice(1, MOST_LEVELS)
    .filter(([, n]) => n >= LEAST_ROWS)
    .map(([code]) =>
      code < 0 ? { column: column.name, kind: 'missing' } : { column: column.name, kind: 'level', level: column.levels[code] as string },
    );
}

/** What each term is for a row of this table. Throws a RangeError that names the columns the table lacks. */
export function termReaders(terms: readonly Term[], table: FeatureTable): readonly ((row: number) => number)[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const lacking = terms.filter((term) => !fits(term, byName.get(term.column)));
  if (lacking.length > 0) {
    throw new RangeError(`The table lacks columns of the model: ${[...new Set(lacking.map((term) => term.column))].join(', ')}.`);
  }
  return terms.map((term) => readerOf(term, byName.get(term.column) as FeatureColumn));
}

function fits(term: Term, column: FeatureColumn | undefined): boolean {
  if (column === undefined) return false;
  return term.kind === 'missing' || (term.kind === 'number') === (column.kind === 'number');
}

function readerOf(term: Term, column: FeatureColumn): (row: number) => number {
  if (column.kind === 'category') {
    const { codes } = column;
    const code = term.kind === 'level' ? column.levels.indexOf(term.level) : -1;
    if (term.kind === 'level' && code < 0) return () => 0;
    return (row) => (codes[row] === code ? 1 : 0);
  }
  const { values } = column;
  if (term.kind !== 'number') return (row) => (Number.isFinite(values[row]) ? 0 : 1);
  const { mean, scale } = term;
  return (row) => {
    const value = values[row] as number;
    return Number.isFinite(value) ? (value - mean) / scale : 0;
  };
}
