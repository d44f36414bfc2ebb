import { termReaders, type Term } from './design-terms.ts';
import type { FeatureColumn, FeatureTable } from './features.ts';

/** The terms of one row that are not 0, in their order: of a category's sixty levels one is 1. */
export interface ActiveTerms {
  readonly places: Int32Array;
  readonly values: Float64Array;
  count: number;
}

export const noActiveTerms = (terms: number): ActiveTerms => ({
  places: new Int32Array(terms),
  values: new Float64Array(terms),
  count: 0,
});

type Reader = (row: number, into: ActiveTerms) => void;

/** Fills in what is not 0 of a row; a pass over all rows then costs what is there, not what might be. Throws as `termReaders` does. */
export function activeTerms(terms: readonly Term[], table: FeatureTable): (row: number, into: ActiveTerms) => void {
  termReaders(terms, table);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const readers: Reader[] = [];
  for (let first = 0; first < terms.length;) {
    const name = (terms[first] as Term).column;
    let after = first;
    while (after < terms.length && terms[after]?.column === name) after++;
    readers.push(readerOf(terms.slice(first, after), first, columns.get(name) as FeatureColumn));
    first = after;
  }
  return (row, into) => {
    into.count = 0;
    for (const read of readers) read(row, into);
  };
}

function push(into: ActiveTerms, place: number, value: number): void {
  if (place < 0 || value === 0) return;
  into.places[into.count] = place;
  into.values[into.count] = value;
  into.count++;
}

/** `terms` are those of one column; the first of them has the place `first`. */
function readerOf(terms: readonly Term[], first: number, column: FeatureColumn): Reader {
  const placeOf = (kind: Term['kind']): number => {
    const at = terms.findIndex((term) => term.kind === kind);
    return at < 0 ? -1 : first + at;
  };
  const missing = placeOf('missing');
  if (column.kind === 'number') {
    const { values } = column;
    const place = placeOf('number');
    const number = terms.find((term) => term.kind === 'number');
    const [mean, scale] = number === undefined ? [0, 1] : [number.mean, number.scale];
    return (row, into) => {
      const value = values[row] as number;
      if (Number.isFinite(value)) push(into, place, (value - mean) / scale);
      else push(into, missing, 1);
    };
  }
  const { codes, levels } = column;
  const places = new Int32Array(levels.length).fill(-1);
  terms.forEach((term, i) => {
    const code = term.kind === 'level' ? levels.indexOf(term.level) : -1;
    if (code >= 0) places[code] = first + i;
  });
  return (row, into) => {
    const code = codes[row] as number;
    push(into, code < 0 ? missing : (places[code] ?? -1), 1);
  };
}
