/** Tables that models learn from: columns of numbers or categories, of equal length, missing values allowed. */
export type FeatureColumn = NumberColumn | CategoryColumn;

export interface NumberColumn {
  readonly name: string;
  readonly kind: 'number';
  /** NaN = missing. */
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly name: string;
  readonly kind: 'category';
  /** Place in `levels`; −1 = missing. */
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

export interface FeatureTable {
  readonly rows: number;
  readonly columns: readonly FeatureColumn[];
}

export function numberColumn(name: string, values: ArrayLike<number | null>): NumberColumn {
  return { name, kind: 'number', values: Float64Array.from(values, (value) => value ?? NaN) };
}

/** Levels in order of first appearance; null and the empty text are missing. */
export function categoryColumn(name: string, values: ArrayLike<string | null>): CategoryColumn {
  const places = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === null || value === '') return -1;
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return { name, kind: 'category', codes, levels: [...places.keys()] };
}

/** Throws a RangeError that names every column whose length differs from the first one's, and every name that is there twice. */
export function featureTable(columns: readonly FeatureColumn[]): FeatureTable {
  const rows = columns[0] === undefined ? 0 : lengthOf(columns[0]);
  const uneven = columns.filter((column) => lengthOf(column) !== rows).map((column) => `${column.name} has ${lengthOf(column)} rows`);
  const seen = new Set<string>();
  const twice = columns
    .filter((column) => seen.has(column.name) || !seen.add(column.name))
    .map((column) => `${column.name} is there twice`);
  const wrong = [...uneven, ...twice];
  if (wrong.length > 0) throw new RangeError(`Not a table of ${rows} rows: ${wrong.join('; ')}.`);
  return { rows, columns };
}

/** The rows named, in that order. */
export function takeRows(table: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  const columns = table.columns.map((column): FeatureColumn => {
    if (column.kind === 'number') return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
  });
  return { rows: rows.length, columns };
}

export function everyRow(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

function lengthOf(column: FeatureColumn): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}
