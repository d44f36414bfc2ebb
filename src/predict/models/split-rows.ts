import { stratifiedFolds } from '../../maths/folds.ts';

/** Rows to learn from and rows to be judged on; no group is on both sides. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/** Folds of some rows of a table, stratified by label; a group stays in one fold. */
export function foldSplits(rows: Uint32Array, labels: Uint8Array, groups: Int32Array, folds: number, seed: number): readonly Split[] {
  const of = stratifiedFolds(
    Uint8Array.from(rows, (row) => labels[row] ?? 0),
    Int32Array.from(rows, (row) => groups[row] ?? 0),
    folds,
    seed,
  );
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((_row, i) => of[i] !== fold),
    test: rows.filter((_row, i) => of[i] === fold),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/**
 * The last `share` of the rows by time is judged, what lies before is learned from: a row is learned from only if what came of it
 * was known (`horizon` later) when the first judged row happened. Copies of learned rows are not judged.
 */
export function timeSplit(rows: Uint32Array, times: Float64Array, groups: Int32Array | null, share: number, horizon = 0): Split | null {
  const sorted = Float64Array.from(rows, (row) => times[row] ?? 0).sort();
  const from = sorted[Math.floor(sorted.length * (1 - share))];
  if (from === undefined || from <= (sorted[0] ?? 0)) return null;
  const train = rows.filter((row) => (times[row] ?? 0) < from && (times[row] ?? 0) + horizon <= from);
  const learned = groups === null ? null : new Set(Array.from(train, (row) => groups[row] ?? 0));
  const test = rows.filter((row) => (times[row] ?? 0) >= from && !(learned?.has(groups?.[row] ?? -1) ?? false));
  return train.length === 0 || test.length === 0 ? null : { train, test };
}
