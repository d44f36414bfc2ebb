import type { CategoryColumn, FeatureColumn, FeatureTable } from '../features.ts';
import type { BinnedColumn } from './boosted-trees.ts';

/** Enough rows to place 255 quantiles: their shares are then right within .002. */
const SAMPLE = 65_536;

/** Where to cut each column, from its training rows alone: about equal numbers of rows per bin, frequent values in bins of their own. */
export function columnCuts(table: FeatureTable, rows: Uint32Array, bins: number): readonly BinnedColumn[] {
  const sample = everySo(rows, SAMPLE);
  return table.columns.map((column) => cutsOf(column, column.kind === 'number' ? sample : rows, bins));
}

function cutsOf(column: FeatureColumn, rows: Uint32Array, bins: number): BinnedColumn {
  if (column.kind === 'category') return { name: column.name, kind: 'category', levels: frequentLevels(column, rows, bins) };
  const known = new Float64Array(rows.length);
  let n = 0;
  for (const row of rows) {
    const value = column.values[row] as number;
    if (!Number.isNaN(value)) known[n++] = value;
  }
  return { name: column.name, kind: 'number', cuts: numberCuts(known.subarray(0, n).sort(), bins) };
}

/**
 * Cuts between sorted values: the bin in hand is closed once it holds its share of the rows that are left, and before a value
 * that fills a bin by itself, so that "none" and "a little" do not end up in one.
 */
export function numberCuts(sorted: Float64Array, bins: number): Float64Array {
  const { values, counts } = runsOf(sorted);
  const cuts: number[] = [];
  let left = sorted.length;
  let inHand = 0;
  for (let run = 0; run + 1 < values.length && cuts.length < bins - 1; run++) {
    inHand += counts[run] as number;
    const share = left / (bins - cuts.length);
    const full = values.length <= bins || inHand >= share || (counts[run + 1] as number) >= share;
    if (!full) continue;
    cuts.push(between(values[run] as number, values[run + 1] as number));
    left -= inHand;
    inHand = 0;
  }
  return Float64Array.from(cuts);
}

function runsOf(sorted: Float64Array): { readonly values: readonly number[]; readonly counts: readonly number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    if (value === values.at(-1)) counts[counts.length - 1] = (counts.at(-1) as number) + 1;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  return { values, counts };
}

/** value ≤ cut < next, and finite, so that JSON can carry it. */
function between(value: number, next: number): number {
  const middle = value + (next - value) / 2;
  return Math.max(-Number.MAX_VALUE, middle < next && middle >= value ? middle : value);
}

/** The levels that occur, as many as there are bins, the most frequent first where they are too many. */
function frequentLevels(column: CategoryColumn, rows: Uint32Array, bins: number): readonly string[] {
  const counts = new Float64Array(column.levels.length);
  for (const row of rows) {
    const code = column.codes[row] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
  const seen = [...counts.keys()].filter((code) => (counts[code] as number) > 0);
  const kept = seen.length <= bins ? seen : seen.toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b).slice(0, bins);
  return kept.map((code) => column.levels[code] as string);
}

function everySo(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)] as number);
}
