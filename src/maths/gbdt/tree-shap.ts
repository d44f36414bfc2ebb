import type { FeatureTable } from '../features.ts';
import { binsOfRow } from './boosted-margins.ts';
import { goesLeft, type BoostedTree, type BoostedTrees } from './boosted-trees.ts';

export interface Effects {
  /** Mean margin of the training rows. */
  readonly base: number;
  /** What each column of the model moves this row's margin by; base + their sum = its margin. */
  readonly effects: Float64Array;
}

/**
 * Exact path-dependent Shapley values of one row: Lundberg, Erion & Lee 2018 (arXiv 1802.03888), algorithm 2.
 * A column that is not known is averaged over by the shares of training rows in either branch.
 */
export function treeShap(model: BoostedTrees, table: FeatureTable, row: number): Effects {
  const bins = binsOfRow(model, table, row);
  const effects = new Float64Array(model.columns.length);
  let base = model.base;
  for (const tree of model.trees) {
    base += meanValue(tree, 0);
    descend(tree, bins, effects, 0, newPath(), 1, 1, -1);
  }
  return { base, effects };
}

/** What a tree says on average about the training rows below a node. */
export function meanValue(tree: BoostedTree, node: number): number {
  if ((tree.column[node] as number) < 0) return tree.value[node] as number;
  const left = tree.left[node] as number;
  const [nLeft, nRight] = [tree.rows[left] as number, tree.rows[left + 1] as number];
  return (nLeft * meanValue(tree, left) + nRight * meanValue(tree, left + 1)) / (nLeft + nRight);
}

/** The distinct columns asked on the way: share of rows that pass when it is unknown, 1 or 0 when known, and the weights of subset sizes. */
interface Path {
  readonly column: readonly number[];
  readonly unknown: readonly number[];
  readonly known: readonly number[];
  readonly weight: readonly number[];
}

function newPath(): Path {
  return { column: [], unknown: [], known: [], weight: [] };
}

function descend(
  tree: BoostedTree,
  bins: Uint8Array,
  effects: Float64Array,
  node: number,
  way: Path,
  unknown: number,
  known: number,
  column: number,
): void {
  const path = extend(way, unknown, known, column);
  const asked = tree.column[node] as number;
  if (asked < 0) return credit(tree.value[node] as number, path, effects);
  const left = tree.left[node] as number;
  const taken = goesLeft(tree, node, bins[asked] as number) ? left : left + 1;
  const other = taken === left ? left + 1 : left;
  const before = path.column.indexOf(asked);
  const [oldUnknown, oldKnown] = before < 0 ? [1, 1] : [path.unknown[before] as number, path.known[before] as number];
  const rest = before < 0 ? path : unwound(path, before);
  const rows = (tree.rows[left] as number) + (tree.rows[left + 1] as number);
  descend(tree, bins, effects, taken, rest, (oldUnknown * (tree.rows[taken] as number)) / rows, oldKnown, asked);
  descend(tree, bins, effects, other, rest, (oldUnknown * (tree.rows[other] as number)) / rows, 0, asked);
}

function credit(value: number, path: Path, effects: Float64Array): void {
  for (let i = 1; i < path.column.length; i++) {
    const weight = weightWithout(path, i);
    const column = path.column[i] as number;
    effects[column] = (effects[column] as number) + weight * ((path.known[i] as number) - (path.unknown[i] as number)) * value;
  }
}

/** EXTEND of the paper: one more column on the way. */
function extend(path: Path, unknown: number, known: number, column: number): Path {
  const length = path.column.length;
  const weight = [...path.weight, length === 0 ? 1 : 0];
  for (let i = length - 1; i >= 0; i--) {
    weight[i + 1] = (weight[i + 1] as number) + (known * (weight[i] as number) * (i + 1)) / (length + 1);
    weight[i] = (unknown * (weight[i] as number) * (length - i)) / (length + 1);
  }
  return { column: [...path.column, column], unknown: [...path.unknown, unknown], known: [...path.known, known], weight };
}

/** The sum of all weights as if the column at a place had never been asked: UNWIND without keeping what it makes, for each leaf and column. */
function weightWithout({ unknown: unknowns, known: knowns, weight: weights }: Path, place: number): number {
  const last = weights.length - 1;
  const [unknown, known] = [unknowns[place] as number, knowns[place] as number];
  let next = weights[last] as number;
  let sum = 0;
  for (let i = last - 1; i >= 0; i--) {
    const w = weights[i] as number;
    if (known === 0) {
      sum += (w * (last + 1)) / (unknown * (last - i));
      continue;
    }
    const before = (next * (last + 1)) / ((i + 1) * known);
    sum += before;
    next = w - (before * unknown * (last - i)) / (last + 1);
  }
  return sum;
}

/** UNWIND of the paper: as if the column at a place had never been asked. */
function unwound(path: Path, place: number): Path {
  const last = path.column.length - 1;
  const [unknown, known] = [path.unknown[place] as number, path.known[place] as number];
  const weight = path.weight.slice(0, last);
  let next = path.weight[last] as number;
  for (let i = last - 1; i >= 0; i--) {
    const w = path.weight[i] as number;
    if (known !== 0) {
      weight[i] = (next * (last + 1)) / ((i + 1) * known);
      next = w - ((weight[i] as number) * unknown * (last - i)) / (last + 1);
    } else weight[i] = (w * (last + 1)) / (unknown * (last - i));
  }
  const without = (list: readonly number[]): readonly number[] => list.filter((_, i) => i !== place);
  return { column: without(path.column), unknown: without(path.unknown), known: without(path.known), weight };
}
