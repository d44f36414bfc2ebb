import { Worker } from 'node:worker_threads';
import type { FeatureTable } from '../../maths/features.ts';
import type { ArenaPlan } from '../../maths/gbdt/arena.ts';
import type { BoostOptions } from '../../maths/gbdt/boost-options.ts';
import { boostRounds } from '../../maths/gbdt/boost-rounds.ts';
import type { BoostedTrees } from '../../maths/gbdt/boosted-trees.ts';
import { crewOver, gathered } from '../../maths/gbdt/crew.ts';
import { heldOutOf } from '../../maths/gbdt/held-out.ts';
import { prepareBoosting } from '../../maths/gbdt/prepare-boosting.ts';
import { boostedTrees, categoriesOf } from '../../maths/gbdt/train-boosted.ts';
import type { KernelMemory } from '../../maths/wasm/web-assembly.ts';

/** What a helper has to know; everything else lies in the memory. */
export interface HelperTask {
  readonly plan: ArenaPlan;
  readonly memory: KernelMemory;
  readonly isCategory: Uint8Array;
  readonly options: BoostOptions;
  readonly me: number;
}

export interface CrewOptions {
  /** This thread included. */
  readonly threads: number;
  /** All, when not given. */
  readonly rows?: Uint32Array;
  /** After each tree; false ends training with the trees so far. */
  readonly onTree?: (done: number) => boolean | void;
}

/** A machine that does not start a thread in this time is better off without. */
const START_MS = 10_000;

/**
 * Trains on this thread and helpers of its own; the trees are those of `trainBoosted`, however many help.
 * Blocks the calling thread, so it belongs into a worker.
 */
export function trainWithHelpers(table: FeatureTable, labels: Uint8Array, options: BoostOptions, crew: CrewOptions): BoostedTrees {
  const helpers = Array.from({ length: crew.threads - 1 }, () => new Worker(new URL('./boost-helper.worker.ts', import.meta.url)));
  try {
    const { base, columns, arena } = prepareBoosting(table, labels, options, crew.threads, crew.rows);
    const { plan, memory, signals } = arena;
    const isCategory = categoriesOf(columns);
    for (const [i, helper] of helpers.slice(0, plan.threads - 1).entries()) {
      helper.postMessage({ plan, memory, isCategory, options, me: i + 1 } satisfies HelperTask);
    }
    const heldOut = options.stop === undefined ? null : heldOutOf(table, labels, base, columns, options.stop);
    let done = 0;
    const threads = gathered(signals, plan.threads, START_MS) ? plan.threads : 1;
    const trees = boostRounds(arena, crewOver(signals, threads, 0), isCategory, options, (tree) => {
      done++;
      const stays = heldOut?.goesOn(tree) ?? true;
      return crew.onTree?.(done) !== false && stays;
    });
    return boostedTrees(base, columns, trees, heldOut);
  } finally {
    for (const helper of helpers) void helper.terminate();
  }
}
