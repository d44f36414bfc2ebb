import { histogramOf, SPLIT_NUMBERS, type Arena } from './arena.ts';
import type { BoostedTree } from './boosted-trees.ts';
import { shareOf, type Crew } from './crew.ts';
import {
  betterSplit,
  categorySplit,
  numberSplit,
  sumsOf,
  type ColumnBins,
  type NodeSums,
  type Split,
  type SplitRules,
} from './find-split.ts';
import { addUp, countRows, ownColumns, subtract } from './level-histograms.ts';
import { partLevel, type Parted, type Stretch } from './part-level.ts';
import { readSplit, writeSplit } from './split-record.ts';
import { TreeBuilder } from './tree-builder.ts';

export interface Growth {
  readonly depth: number;
  readonly rules: SplitRules;
  /** 1 = category, by column. */
  readonly isCategory: Uint8Array;
  /** 1 = this tree may ask about it. */
  readonly allowed: Uint8Array;
  valueOf(sums: NodeSums): number;
}

/** A leaf with this thread's rows in it: order[from … before). */
export interface Leaf {
  readonly from: number;
  readonly before: number;
  readonly value: number;
}

/** Its slot is the place of its histogram in the bank of its level; −1 when it is too light, or too deep, to be split. */
interface OpenNode extends Stretch {
  readonly node: number;
  readonly sums: NodeSums;
}

interface Family {
  readonly parent: OpenNode;
  readonly smaller: OpenNode;
  readonly larger: OpenNode;
}

/**
 * Grows one tree, level by level. Every thread of the crew runs this and makes the same tree: it counts and parts its own rows,
 * adds up and searches its own columns, and meets the others in between. Of two siblings only the smaller is counted; the other is the rest.
 */
export function growTree(arena: Arena, crew: Crew, growth: Growth): { readonly tree: BoostedTree; readonly leaves: readonly Leaf[] } {
  const builder = new TreeBuilder();
  const leaves: Leaf[] = [];
  const columns = ownColumns(arena, crew);
  let level: readonly OpenNode[] = [openRoot(arena, crew, growth, columns, builder)];
  for (let depth = 0; level.length > 0; depth++) {
    const bank = depth % 2;
    const splits = searchLevel(arena, crew, growth, columns, level, bank);
    const parted = partLevel(arena, crew, level, splits);
    const next: OpenNode[] = [];
    const families: Family[] = [];
    let slots = 0;
    for (const [i, parent] of level.entries()) {
      const [split, how] = [splits[i] ?? null, parted[i] ?? null];
      if (split === null || how === null) {
        leaves.push({ from: parent.from, before: parent.before, value: growth.valueOf(parent.sums) });
        continue;
      }
      const [left, right] = childrenOf(parent, split, how, growth, depth + 1, slots, builder);
      if (left.slot >= 0) {
        slots += 2;
        families.push(how.leftRows < how.rightRows ? { parent, smaller: left, larger: right } : { parent, smaller: right, larger: left });
      }
      next.push(left, right);
    }
    countFamilies(arena, crew, columns, families, bank);
    level = next;
  }
  return { tree: builder.build(), leaves };
}

function openRoot(arena: Arena, crew: Crew, growth: Growth, columns: readonly ColumnBins[], builder: TreeBuilder): OpenNode {
  const [from, before] = shareOf(arena.plan.rows, crew);
  for (let i = from; i < before; i++) arena.order[i] = i;
  countRows(arena, crew, from, before, 0, 0);
  crew.meet();
  addUp(arena, crew, columns, 0, 0);
  crew.meet();
  const sums = sumsOf(histogramOf(arena, 0, 0, 0), { column: 0, from: 0, bins: arena.plan.starts[1] as number });
  return { node: builder.addNode(arena.plan.rows, growth.valueOf(sums)), from, before, sums, slot: 0 };
}

/** Two children in the next two slots, or in none when neither can be split again. */
function childrenOf(
  parent: OpenNode,
  split: Split,
  { middle, leftRows, rightRows }: Parted,
  { depth: deepest, rules, valueOf }: Growth,
  depth: number,
  slot: number,
  builder: TreeBuilder,
): readonly [OpenNode, OpenNode] {
  const { left } = split;
  const right = { gradient: parent.sums.gradient - left.gradient, hessian: parent.sums.hessian - left.hessian };
  const goesOn = depth < deepest && Math.max(left.hessian, right.hessian) >= 2 * rules.minHessian;
  builder.split(parent.node, split);
  return [
    { node: builder.addNode(leftRows, valueOf(left)), from: parent.from, before: middle, sums: left, slot: goesOn ? slot : -1 },
    { node: builder.addNode(rightRows, valueOf(right)), from: middle, before: parent.before, sums: right, slot: goesOn ? slot + 1 : -1 },
  ];
}

/** The histograms of the next level, in the other bank. */
function countFamilies(arena: Arena, crew: Crew, columns: readonly ColumnBins[], families: readonly Family[], bank: number): void {
  for (const { smaller } of families) countRows(arena, crew, smaller.from, smaller.before, 1 - bank, smaller.slot);
  crew.meet();
  for (const { parent, smaller, larger } of families) {
    addUp(arena, crew, columns, 1 - bank, smaller.slot);
    subtract(arena, columns, bank, parent.slot, smaller.slot, larger.slot);
  }
}

/** The best split of each node over all threads' columns. */
function searchLevel(
  arena: Arena,
  crew: Crew,
  growth: Growth,
  columns: readonly ColumnBins[],
  level: readonly OpenNode[],
  bank: number,
): readonly (Split | null)[] {
  const { slots } = arena.plan;
  const splitsOf = (thread: number): Float64Array =>
    arena.splits.subarray(thread * slots * SPLIT_NUMBERS, (thread + 1) * slots * SPLIT_NUMBERS);
  for (const node of level) if (node.slot >= 0) writeSplit(splitsOf(crew.me), node.slot, bestSplit(arena, growth, columns, node, bank));
  crew.meet();
  const all = Array.from({ length: crew.threads }, (_, thread) => splitsOf(thread));
  return level.map(({ slot }) => (slot < 0 ? null : all.map((splits) => readSplit(splits, slot)).reduce(betterSplit)));
}

function bestSplit(
  arena: Arena,
  { allowed, isCategory, rules }: Growth,
  columns: readonly ColumnBins[],
  node: OpenNode,
  bank: number,
): Split | null {
  if (node.sums.hessian < 2 * rules.minHessian) return null;
  const histogram = histogramOf(arena, 0, bank, node.slot);
  return columns
    .filter(({ column }) => allowed[column] === 1)
    .reduce<Split | null>((best, column) => {
      const search = isCategory[column.column] === 1 ? categorySplit : numberSplit;
      return search(histogram, column, node.sums, rules, best?.gain ?? 0) ?? best;
    }, null);
}
