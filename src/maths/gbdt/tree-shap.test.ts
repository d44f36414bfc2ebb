import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryColumn, featureTable, numberColumn, type FeatureTable } from '../features.ts';
import { seededRandom } from '../seeded-random.ts';

import { CAREFUL } from './boost-options.ts';
import { binsOfRow, boostedMargins } from './boosted-margins.ts';
import { goesLeft, type BoostedTree, type BoostedTrees } from './boosted-trees.ts';
import { trainBoosted } from './train-boosted.ts';
import { treeShap } from './tree-shap.ts';

const COLUMNS = 5;

function grown(seed: number, depth: number): { readonly model: BoostedTrees; readonly table: FeatureTable } {
  const random = seededRandom(seed, 'shap');
  const rows = 300;
  const number = (): (number | null)[] => Array.from({ length: rows }, () => (random.chance(0.1) ? null : random.int(6)));
  const [a, b, c, d] = [number(), number(), number(), number()];
  const place = Array.from({ length: rows }, () => random.pick(['north', 'south', 'east', '']));
  const labels = Uint8Array.from(a, (value, i) =>
    random.chance(((value ?? 3) * (b[i] ?? 1)) / 30 + (place[i] === 'east' ? 0.15 : 0)) ? 1 : 0,
  );
  const columns = [a, b, c, d].map((values, i) => numberColumn(`column ${i}`, values));
  const table = featureTable([...columns, categoryColumn('place', place)]);
  return { table, model: trainBoosted(table, labels, { ...CAREFUL, trees: 4, depth, rate: 0.5, minHessian: 0.5, seed }) };
}

/** What the model says when only the columns of the set are known: unknown ones are averaged over by training rows. */
function expectation(model: BoostedTrees, bins: readonly number[], known: number): number {
  const of = (tree: BoostedTree, node: number): number => {
    const column = tree.column[node] as number;
    if (column < 0) return tree.value[node] as number;
    const left = tree.left[node] as number;
    if ((known >> column) & 1) return of(tree, goesLeft(tree, node, bins[column] as number) ? left : left + 1);
    const [l, r] = [tree.rows[left] as number, tree.rows[left + 1] as number];
    return (l * of(tree, left) + r * of(tree, left + 1)) / (l + r);
  };
  return model.trees.reduce((sum, tree) => sum + of(tree, 0), model.base);
}

/** Shapley's own formula over all subsets. */
function bruteForce(model: BoostedTrees, bins: readonly number[]): readonly number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const size = (set: number): number => set.toString(2).replaceAll('0', '').length;
  return Array.from({ length: COLUMNS }, (_, column) => {
    let effect = 0;
    for (let set = 0; set < 1 << COLUMNS; set++) {
      if ((set >> column) & 1) continue;
      const weight = (factorial(size(set)) * factorial(COLUMNS - size(set) - 1)) / factorial(COLUMNS);
      effect += weight * (expectation(model, bins, set | (1 << column)) - expectation(model, bins, set));
    }
    return effect;
  });
}

describe('the effects of a row', () => {
  test("are Shapley's values, for any trees", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 6 }), fc.nat(299), (seed, depth, row) => {
        const { model, table } = grown(seed, depth);
        const bins = [...binsOfRow(model, table, row)];
        const { base, effects } = treeShap(model, table, row);
        expect(base).toBeCloseTo(expectation(model, bins, 0), 9);
        for (const [column, effect] of bruteForce(model, bins).entries()) expect(effects[column]).toBeCloseTo(effect, 9);
      }),
      { numRuns: 25 },
    );
  });

  test('and the base add up to the margin', () => {
    const { model, table } = grown(7, 6);
    const margins = boostedMargins(model, table);
    for (let row = 0; row < 50; row++) {
      const { base, effects } = treeShap(model, table, row);
      expect(effects.reduce((sum, effect) => sum + effect, base)).toBeCloseTo(margins[row] as number, 9);
    }
  });

  test('are zero for a column that no tree asks about', () => {
    const table = featureTable([numberColumn('used', [0, 0, 1, 1]), numberColumn('same', [1, 1, 1, 1])]);
    const model = trainBoosted(table, Uint8Array.of(0, 0, 1, 1), { ...CAREFUL, trees: 5, minHessian: 0 });
    expect(treeShap(model, table, 0).effects[1]).toBe(0);
    expect(treeShap(model, table, 0).effects[0]).toBeLessThan(0);
  });
});
