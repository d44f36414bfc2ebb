import type { CategoryColumn, FeatureColumn, FeatureTable } from '../features.ts';
import { MISSING, type BinnedCategories, type BinnedColumn, type BinnedNumbers } from './boosted-trees.ts';

/** Writes the bins of rows[from … before) to into[at], into[at + stride], … */
export type Binner = (rows: Uint32Array, from: number, before: number, into: Uint8Array, at: number, stride: number) => void;

/** Cells of equal width that know the first bin they touch, so that most values need one or two comparisons instead of eight. */
const CELLS = 1024;
/** Rows from which on the cells are worth making. */
const WORTH_CELLS = 200;
/** Rows binned together: what is written column by column then stays in the cache until its line is full. */
const BLOCK = 2048;

/** For each of the model's columns, how rows of this table are binned. Throws a RangeError that names the columns it lacks. */
export function binners(columns: readonly BinnedColumn[], table: FeatureTable): readonly Binner[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const lacking = columns
    .filter((column) => byName.get(column.name)?.kind !== column.kind)
    .map((column) => `${column.name} (${column.kind})`);
  if (lacking.length > 0) throw new RangeError(`The table lacks columns of the model: ${lacking.join(', ')}.`);
  return columns.map((column) => binnerOf(column, byName.get(column.name) as FeatureColumn));
}

/** Bins of rows[from … before), row by row. */
export function binRows(all: readonly Binner[], rows: Uint32Array, from: number, before: number, into: Uint8Array): void {
  const width = all.length;
  for (let start = from; start < before; start += BLOCK) {
    const end = Math.min(before, start + BLOCK);
    for (const [column, binner] of all.entries()) binner(rows, start, end, into, (start - from) * width + column, width);
  }
}

function binnerOf(column: BinnedColumn, source: FeatureColumn): Binner {
  if (column.kind === 'number' && source.kind === 'number') return numberBinner(column, source.values);
  if (column.kind === 'category' && source.kind === 'category') return categoryBinner(column, source);
  throw new RangeError(`${column.name} is not a ${column.kind}.`);
}

function categoryBinner(column: BinnedCategories, { codes, levels }: CategoryColumn): Binner {
  const places = new Map(column.levels.map((level, i) => [level, i + 1]));
  const binOfCode = Uint8Array.from([MISSING, ...levels.map((level) => places.get(level) ?? MISSING)]);
  return (rows, from, before, into, at, stride) => {
    for (let i = from, place = at; i < before; i++, place += stride)
      into[place] = binOfCode[(codes[rows[i] as number] as number) + 1] as number;
  };
}

function numberBinner({ cuts }: BinnedNumbers, values: Float64Array): Binner {
  const last = cuts.length;
  let cells: Cells | null = null;
  return (rows, from, before, into, at, stride) => {
    if (before - from < WORTH_CELLS) {
      for (let i = from, place = at; i < before; i++, place += stride) into[place] = binOf(values[rows[i] as number] as number, cuts);
      return;
    }
    cells ??= cellsOf(cuts);
    const { low, perUnit, firstCut } = cells;
    for (let i = from, place = at; i < before; i++, place += stride) {
      const value = values[rows[i] as number] as number;
      if (value !== value) {
        into[place] = MISSING;
        continue;
      }
      const scaled = (value - low) * perUnit;
      let cut = firstCut[scaled >= CELLS - 1 ? CELLS - 1 : scaled > 0 ? scaled | 0 : 0] as number;
      while (cut < last && value > (cuts[cut] as number)) cut++;
      into[place] = cut + 1;
    }
  };
}

/** By halving: for few rows, where the cells are not worth making. */
function binOf(value: number, cuts: Float64Array): number {
  if (value !== value) return MISSING;
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > (cuts[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

interface Cells {
  readonly low: number;
  readonly perUnit: number;
  /** Per cell, how many cuts lie in the cells before it: all of them are below any value in it. */
  readonly firstCut: Uint8Array;
}

function cellsOf(cuts: Float64Array): Cells {
  const low = cuts[0] ?? 0;
  const width = (cuts.at(-1) ?? 0) - low;
  const perUnit = width > 0 && Number.isFinite(width) ? (CELLS - 1) / width : 0;
  const cells = Array.from(cuts, (cut) => Math.min(CELLS - 1, Math.floor((cut - low) * perUnit)));
  const firstCut = new Uint8Array(CELLS);
  for (let cell = 0, cut = 0; cell < CELLS; cell++) {
    while (cut < cells.length && (cells[cut] as number) < cell) cut++;
    firstCut[cell] = cut;
  }
  return { low, perUnit, firstCut };
}
