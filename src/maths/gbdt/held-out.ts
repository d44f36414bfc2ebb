import type { FeatureTable } from '../features.ts';
import { binners, binRows } from './bin-rows.ts';
import type { BoostOptions } from './boost-options.ts';
import type { BinnedColumn, BoostedTree } from './boosted-trees.ts';
import { addMargins, flatTree } from './flat-trees.ts';

/** Follows the log loss on held-out rows while trees are added. */
export interface HeldOut {
  readonly losses: readonly number[];
  /** Adds a tree; false once the best is `patience` trees ago. */
  goesOn(tree: BoostedTree): boolean;
  bestTrees(): number;
}

export function heldOutOf(
  table: FeatureTable,
  labels: Uint8Array,
  base: number,
  columns: readonly BinnedColumn[],
  { rows, patience }: NonNullable<BoostOptions['stop']>,
): HeldOut {
  const width = columns.length;
  const bins = new Uint8Array(rows.length * width);
  binRows(binners(columns, table), rows, 0, rows.length, bins);
  const margins = new Float64Array(rows.length).fill(base);
  const losses: number[] = [];
  const meanLoss = (): number => {
    let loss = 0;
    for (let i = 0; i < rows.length; i++) loss += logLoss(margins[i] as number, labels[rows[i] as number] as number);
    return rows.length === 0 ? 0 : loss / rows.length;
  };
  let bestLoss = meanLoss();
  let best = 0;
  return {
    losses,
    goesOn: (tree) => {
      addMargins(flatTree(tree), bins, width, margins);
      const loss = meanLoss();
      losses.push(loss);
      if (loss < bestLoss) [bestLoss, best] = [loss, losses.length];
      return losses.length - best < patience;
    },
    bestTrees: () => best,
  };
}

/** −log of the probability given to what happened, from log odds; exact far out, too. */
export function logLoss(margin: number, label: number): number {
  const against = label === 1 ? -margin : margin;
  return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
}
