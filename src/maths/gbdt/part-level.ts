import type { Arena } from './arena.ts';
import type { Crew } from './crew.ts';
import type { Split } from './find-split.ts';
import { writeSteps } from './split-record.ts';

/** A node's rows of this thread, order[from … before), and its place among the nodes to be split. */
export interface Stretch {
  readonly from: number;
  readonly before: number;
  readonly slot: number;
}

export interface Parted {
  /** Where this thread's right rows begin. */
  readonly middle: number;
  /** Of all threads. */
  readonly leftRows: number;
  readonly rightRows: number;
}

/** Parts this thread's rows of each node that is split, and learns from the others how many went left in all. */
export function partLevel(
  arena: Arena,
  crew: Crew,
  level: readonly Stretch[],
  splits: readonly (Split | null)[],
): readonly (Parted | null)[] {
  const { slots } = arena.plan;
  const countAt = (side: number, thread: number, slot: number): number => (side * crew.threads + thread) * slots + slot;
  const middles = level.map((node, i) => {
    const split = splits[i] ?? null;
    if (split === null) return null;
    const middle = part(arena, crew, node, split);
    arena.counts[countAt(0, crew.me, node.slot)] = middle - node.from;
    arena.counts[countAt(1, crew.me, node.slot)] = node.before - middle;
    return middle;
  });
  crew.meet();
  const total = (side: number, slot: number): number => {
    let rows = 0;
    for (let thread = 0; thread < crew.threads; thread++) rows += arena.counts[countAt(side, thread, slot)] as number;
    return rows;
  };
  return level.map(({ slot }, i) => {
    const middle = middles[i] ?? null;
    return middle === null ? null : { middle, leftRows: total(0, slot), rightRows: total(1, slot) };
  });
}

function part({ plan, kernels, order, spare, steps }: Arena, { me }: Crew, { from, before }: Stretch, split: Split): number {
  const table = 256 * me;
  writeSteps(steps.subarray(table, table + 256), split);
  const list = plan.at.order + 4 * from;
  const bins = plan.at.bins + plan.rows * split.column;
  const end = kernels.part(list, plan.at.order + 4 * before, plan.at.spare + 4 * from, bins, plan.at.steps + table);
  const middle = from + (end - list) / 4;
  order.set(spare.subarray(from, from + before - middle), middle);
  return middle;
}
