import { everyRow, type FeatureTable } from '../features.ts';
import { openArena, planArena, type Arena } from './arena.ts';
import { binners, binRows } from './bin-rows.ts';
import { checkOptions, type BoostOptions } from './boost-options.ts';
import { binsOf, type BinnedColumn } from './boosted-trees.ts';
import { columnCuts } from './column-cuts.ts';
import { baseMargin } from './gradients.ts';

/** What all threads of a training know; the arena holds the rest. */
export interface Preparation {
  readonly base: number;
  readonly columns: readonly BinnedColumn[];
  readonly arena: Arena;
}

/** Cuts the columns and bins the rows to learn from: all, or those given, without the held-out ones. Throws a RangeError for options out of range. */
export function prepareBoosting(
  table: FeatureTable,
  labels: Uint8Array,
  options: BoostOptions,
  threads: number,
  rows?: Uint32Array,
): Preparation {
  checkOptions(options);
  const learnt = learntRows(table, options, rows);
  const columns = columnCuts(table, learnt, options.bins);
  const arena = openArena(planArena(learnt.length, startsOf(columns), options.depth, Math.max(1, Math.min(threads, columns.length))));
  const all = binners(columns, table);
  binRows(all, learnt, 0, learnt.length, arena.byRow);
  for (const [column, binner] of all.entries()) binner(learnt, 0, learnt.length, arena.bins, column * learnt.length, 1);
  for (let i = 0; i < learnt.length; i++) arena.labels[i] = labels[learnt[i] as number] as number;
  const base = baseMargin(arena.labels);
  arena.margins.fill(base);
  return { base, columns, arena };
}

function startsOf(columns: readonly BinnedColumn[]): Int32Array {
  const starts = new Int32Array(columns.length + 1);
  for (const [i, column] of columns.entries()) starts[i + 1] = (starts[i] as number) + binsOf(column) + 1;
  return starts;
}

function learntRows(table: FeatureTable, options: BoostOptions, rows: Uint32Array | undefined): Uint32Array {
  const all = rows ?? everyRow(table.rows);
  if (options.stop === undefined) return all;
  const heldOut = new Uint8Array(table.rows);
  for (const row of options.stop.rows) heldOut[row] = 1;
  return all.filter((row) => heldOut[row] === 0);
}
