import type { Arena } from './arena.ts';
import type { BoostOptions } from './boost-options.ts';
import type { BoostedTree } from './boosted-trees.ts';
import { shareOf, type Crew } from './crew.ts';
import { leafValue, rulesOf, stepsFor, writeGradients } from './gradients.ts';
import { growTree, type Leaf } from './grow-tree.ts';
import { drawColumns } from './seeded-draws.ts';

/** Called by the first thread after each tree; false ends training. */
export type GoesOn = (tree: BoostedTree) => boolean;

const ENDED = 8;

/** The rounds of boosting: every thread of the crew runs this over the same arena; the trees are the same in all of them. */
export function boostRounds(
  arena: Arena,
  crew: Crew,
  isCategory: Uint8Array,
  options: BoostOptions,
  goesOn: GoesOn,
): readonly BoostedTree[] {
  const { rows, width } = arena.plan;
  if (rows === 0 || width === 0) return [];
  const steps = stepsFor(rows);
  const [from, before] = shareOf(rows, crew);
  const growth = {
    depth: options.depth,
    rules: rulesOf(steps, options),
    isCategory,
    valueOf: (sums: Parameters<typeof leafValue>[0]): number => leafValue(sums, steps, options),
  };
  const trees: BoostedTree[] = [];
  for (let at = 0; at < options.trees; at++) {
    writeGradients(arena, from, before, steps, options, at);
    const { tree, leaves } = growTree(arena, crew, { ...growth, allowed: drawColumns(width, options.columnShare, options.seed, at) });
    for (const leaf of leaves) addLeaf(arena, leaf);
    trees.push(tree);
    if (crew.me === 0 && !goesOn(tree)) Atomics.store(arena.signals, ENDED, 1);
    crew.meet();
    if (Atomics.load(arena.signals, ENDED) === 1) break;
  }
  return trees;
}

function addLeaf({ order, margins }: Arena, { from, before, value }: Leaf): void {
  for (let i = from; i < before; i++) {
    const row = order[i] as number;
    margins[row] = (margins[row] as number) + value;
  }
}
