import type { FeatureColumn } from '../../maths/features.ts';
import { midranks, rocAuc } from '../../maths/roc.ts';

/** A column that says too much: what it foretells is probably written in it. */
export interface Leak {
  readonly name: string;
  /** How well the column alone tells yes from no, on rows not learned from. */
  readonly auc: number;
  /** alone: AUC of the column by itself is at least .90; after: one of its values, or its being given at all, comes with one outcome only. */
  readonly why: 'alone' | 'after';
}

export const ALONE = 0.9;
/** Rows of the other outcome that a value must be rid of before "never" is taken for a rule and not for chance: rule of three, twenty times below. */
const SURELY = 60;

/** Never judged by the label alone: a column's rates are learned on other folds than they are tried on. */
export function findLeaks(columns: readonly FeatureColumn[], labels: Uint8Array, folds: Int32Array): readonly Leak[] {
  return columns.flatMap((column): Leak[] => {
    const auc = areaAlone(column, labels, folds);
    if (auc >= ALONE) return [{ name: column.name, auc, why: 'alone' }];
    return onlyWithOne(column, labels) ? [{ name: column.name, auc, why: 'after' }] : [];
  });
}

/** AUC of one column: by its order (numbers), and by the rate of its values or ranges on the other folds; whichever is larger. */
export function areaAlone(column: FeatureColumn, labels: Uint8Array, folds: Int32Array): number {
  const cells = column.kind === 'number' ? ranges(column.values) : Int32Array.from(column.codes, (code) => code + 1);
  const byRate = rocAuc(ratesOfOthers(cells, labels, folds), labels);
  if (column.kind === 'category') return byRate;
  const order = rocAuc(
    Float64Array.from(column.values, (x) => (Number.isNaN(x) ? -Infinity : x)),
    labels,
  );
  return Math.max(byRate, order, 1 - order);
}

/** 32 ranges of about equal frequency; missing is cell 0. */
function ranges(values: Float64Array): Int32Array {
  const ranks = midranks(Float64Array.from(values, (x) => (Number.isNaN(x) ? -Infinity : x)));
  return Int32Array.from(values, (x, i) => (Number.isNaN(x) ? 0 : 1 + Math.min(31, Math.floor(((ranks[i] ?? 0) * 32) / values.length))));
}

/** For every row the rate of its cell on the folds it is not in, drawn towards the rate of all by two rows. */
function ratesOfOthers(cells: Int32Array, labels: Uint8Array, folds: Int32Array): Float64Array {
  const most = cells.reduce((a, b) => Math.max(a, b), 0) + 1;
  const count = folds.reduce((a, b) => Math.max(a, b), 0) + 1;
  const rows = new Float64Array(most * (count + 1));
  const yes = new Float64Array(most * (count + 1));
  let all = 0;
  for (let i = 0; i < cells.length; i++) {
    const label = labels[i] ?? 0;
    all += label;
    for (const at of [(cells[i] ?? 0) * (count + 1) + (folds[i] ?? 0), (cells[i] ?? 0) * (count + 1) + count]) {
      rows[at] = (rows[at] ?? 0) + 1;
      yes[at] = (yes[at] ?? 0) + label;
    }
  }
  const rate = all / Math.max(1, cells.length);
  return Float64Array.from(cells, (cell, i) => {
    const [own, whole] = [cell * (count + 1) + (folds[i] ?? 0), cell * (count + 1) + count];
    return ((yes[whole] ?? 0) - (yes[own] ?? 0) + 2 * rate) / ((rows[whole] ?? 0) - (rows[own] ?? 0) + 2);
  });
}

/** Does one value (or being given, being empty, being other than the usual number) come with one outcome only, beyond chance? */
function onlyWithOne(column: FeatureColumn, labels: Uint8Array): boolean {
  const rate = labels.reduce((sum, label) => sum + label, 0) / Math.max(1, labels.length);
  const suspicious = (rows: number, yes: number): boolean =>
    (yes === 0 && rows * rate >= SURELY) || (yes === rows && rows * (1 - rate) >= SURELY);
  const tallies = column.kind === 'category' ? tally(column.codes, labels) : tally(usualOrNot(column.values), labels);
  const given = [...tallies].filter(([cell]) => cell >= 0);
  const sum = given.reduce((a, [, b]) => ({ rows: a.rows + b.rows, yes: a.yes + b.yes }), { rows: 0, yes: 0 });
  return [...[...tallies].map(([, one]) => one), sum].some(({ rows, yes }) => rows < labels.length && suspicious(rows, yes));
}

function tally(cells: Int32Array, labels: Uint8Array): Map<number, { rows: number; yes: number }> {
  const found = new Map<number, { rows: number; yes: number }>();
  cells.forEach((cell, i) => {
    const one = found.get(cell) ?? { rows: 0, yes: 0 };
    found.set(cell, { rows: one.rows + 1, yes: one.yes + (labels[i] ?? 0) });
  });
  return found;
}

/** −1 missing, 0 the number that most rows have (0 of "fee for leaving"), 1 another. Without such a number all are 0. */
function usualOrNot(values: Float64Array): Int32Array {
  const counts = new Map<number, number>();
  let [usual, most] = [NaN, 0];
  for (const x of values) {
    const rows = (counts.get(x) ?? 0) + 1;
    counts.set(x, rows);
    if (!Number.isNaN(x) && rows > most) [usual, most] = [x, rows];
  }
  const half = most >= values.length / 2;
  return Int32Array.from(values, (x) => (Number.isNaN(x) ? -1 : half && x !== usual ? 1 : 0));
}
