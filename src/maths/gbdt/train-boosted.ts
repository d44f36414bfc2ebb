import type { FeatureTable } from '../features.ts';
import { boostRounds } from './boost-rounds.ts';
import type { BoostOptions } from './boost-options.ts';
import type { BinnedColumn, BoostedTree, BoostedTrees } from './boosted-trees.ts';
import { ALONE } from './crew.ts';
import { heldOutOf, type HeldOut } from './held-out.ts';
import { prepareBoosting } from './prepare-boosting.ts';

/**
 * Gradient boosting of log loss over histograms (Friedman 2001; Chen & Guestrin 2016), labels 0 and 1, on the calling thread.
 * Learns from `rows` (all, when not given) without the held-out rows of `options.stop`. Throws a RangeError for options out of range.
 */
export function trainBoosted(table: FeatureTable, labels: Uint8Array, options: BoostOptions, rows?: Uint32Array): BoostedTrees {
  const { base, columns, arena } = prepareBoosting(table, labels, options, 1, rows);
  const heldOut = options.stop === undefined ? null : heldOutOf(table, labels, base, columns, options.stop);
  const trees = boostRounds(arena, ALONE, categoriesOf(columns), options, (tree) => heldOut?.goesOn(tree) ?? true);
  return boostedTrees(base, columns, trees, heldOut);
}

/** 1 = category, by column. */
export function categoriesOf(columns: readonly BinnedColumn[]): Uint8Array {
  return Uint8Array.from(columns, (column) => (column.kind === 'category' ? 1 : 0));
}

/** The trees up to the best one on the held-out rows, or all. */
export function boostedTrees(
  base: number,
  columns: readonly BinnedColumn[],
  trees: readonly BoostedTree[],
  heldOut: HeldOut | null,
): BoostedTrees {
  return { base, columns, trees: heldOut === null ? trees : trees.slice(0, heldOut.bestTrees()), heldOutLoss: heldOut?.losses ?? [] };
}
