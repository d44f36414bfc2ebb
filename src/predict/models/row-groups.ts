import type { FeatureTable } from '../../maths/features.ts';
import type { SheetColumn } from './sheet.ts';

export interface RowGroups {
  /** Number of the group of every row; rows that are equal in every column share one. */
  readonly of: Int32Array;
  readonly distinct: number;
}

/** Cells as places among the distinct values of a column; −1 = nothing was given. */
type Coded = Pick<SheetColumn, 'codes'> & { readonly levels: { readonly length: number } };

/** Exact duplicates: column by column, groups are parted further; the columns with most values go first, so that it ends early. */
export function equalRows(columns: readonly Coded[], rows: number): RowGroups {
  let of = new Int32Array(rows);
  let distinct = rows === 0 ? 0 : 1;
  for (const { codes, levels } of columns.toSorted((a, b) => b.levels.length - a.levels.length)) {
    if (distinct === rows) break;
    const places = new Map<number, number>();
    const next = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const key = (of[row] ?? 0) * (levels.length + 1) + (codes[row] ?? -1) + 1;
      let place = places.get(key);
      if (place === undefined) places.set(key, (place = places.size));
      next[row] = place;
    }
    of = next;
    distinct = places.size;
  }
  return { of, distinct };
}

/** Rows of features that stand for the same, with their labels: their number less this is how many are copies. */
export function distinctRows({ columns, rows }: FeatureTable, labels: Uint8Array): number {
  const coded = columns.map((column): Coded => (column.kind === 'category' ? column : codedNumbers(column.values)));
  return equalRows([...coded, { codes: Int32Array.from(labels), levels: [0, 1] }], rows).distinct;
}

function codedNumbers(values: Float64Array): Coded {
  const places = new Map<number, number>();
  const codes = Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
  return { codes, levels: { length: places.size } };
}

/** Rows that stand together by equal rows or by a column of their own (the same customer): the finer parts are joined. */
export function joinedGroups(a: Int32Array, b: Int32Array | null): Int32Array {
  if (b === null) return a;
  const parent = Int32Array.from(a, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i] ?? 0] ?? 0;
    return i;
  };
  const firstOf = [new Map<number, number>(), new Map<number, number>()];
  [a, b].forEach((part, k) => {
    part.forEach((group, row) => {
      if (group < 0) return;
      const first = firstOf[k]!.get(group);
      if (first === undefined) firstOf[k]!.set(group, row);
      else parent[root(row)] = root(first);
    });
  });
  return Int32Array.from(a, (_, row) => root(row));
}
