import type { FeatureTable } from '../../maths/features.ts';
import { CAREFUL, type BoostOptions } from '../../maths/gbdt/boost-options.ts';
import { boostedMargins } from '../../maths/gbdt/boosted-margins.ts';
import type { BoostedTrees } from '../../maths/gbdt/boosted-trees.ts';
import { deserialise, serialise, type SerialTrees } from '../../maths/gbdt/serialise-trees.ts';
import { trainBoosted } from '../../maths/gbdt/train-boosted.ts';
import { treeShap } from '../../maths/gbdt/tree-shap.ts';
import type { Fitted, Learner } from './candidate.ts';

/** Small tables bear shallow trees only; a million rows bear what few rows would turn into noise. */
function optionsFor(rows: number, seed: number): BoostOptions {
  const base: BoostOptions = { ...CAREFUL, seed, rowShare: 0.8, columnShare: 0.8, lambda: 2 };
  if (rows <= 20_000) return { ...base, depth: 3, rate: 0.05, trees: 400, minHessian: 3, bins: 64 };
  if (rows <= 200_000) return { ...base, depth: 4, rate: 0.08, trees: 400, minHessian: 5, bins: 128 };
  return { ...base, depth: 6, rate: 0.1, trees: 300, minHessian: 10 };
}

export function boostedLearner(seed: number): Learner {
  return {
    family: 'boosted',
    fits: () => true,
    // More rows bear a little more learning.
    sizeOf: (sizes, growth) =>
      Math.max(1, Math.round((sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length)) * Math.min(1.25, Math.sqrt(growth)))),
    learn(table, labels, rows, how) {
      const options = optionsFor(rows.length, seed);
      const grown =
        'stop' in how
          ? trainBoosted(table, labels, { ...options, stop: { rows: how.stop, patience: 20 } }, rows)
          : trainBoosted(table, labels, { ...options, trees: how.size }, rows);
      return boostedModel(grown);
    },
  };
}

export function boostedModel(model: BoostedTrees): Fitted {
  return {
    family: 'boosted',
    size: model.trees.length,
    margins: (table: FeatureTable, rows: Uint32Array) => boostedMargins(model, table, rows),
    effects: (table, row) => {
      const { base, effects } = treeShap(model, table, row);
      const places = new Map(model.columns.map(({ name }, i) => [name, i]));
      return { base, effects: Float64Array.from(table.columns, ({ name }) => effects[places.get(name) ?? -1] ?? 0) };
    },
    serial: () => ({ family: 'boosted', model: serialise(model) }),
  };
}

export const revivedBoosted = (serial: SerialTrees): Fitted => boostedModel(deserialise(serial));
