import { ofLogOdds } from '../../maths/calibration-of-odds.ts';
import { type FeatureTable, takeRows } from '../../maths/features.ts';
import type { Family, Learner } from './candidate.ts';
import { type Chosen, type Learning, chooseModel, marginsOf, rateOf } from './choose-model.ts';
import type { Split } from './split-rows.ts';

/** Everything foretold on rows that were not learned from, pooled over the splits. */
export interface HeldOut {
  readonly rows: Uint32Array;
  readonly probabilities: Float64Array;
  /** The base rate of the rows that were learned from. */
  readonly base: Float64Array;
  readonly truth: Uint8Array;
  readonly groups: Int32Array;
  readonly champions: readonly Family[];
  readonly factors: readonly Factor[];
}

export interface Factor {
  readonly name: string;
  /** Mean absolute effect on the log odds, over held-out rows. */
  readonly effect: number;
  /** Numbers: does more of it raise or lower the probability? Categories: the value that raises it most. */
  readonly direction: 'raises' | 'lowers' | 'mixed';
  readonly raised_by?: string;
}

/** Rows of each split whose effects are looked at: means need no more, and trees take their time. */
const LOOKED_AT = 200;

export function evaluate(
  learning: Learning,
  learners: readonly Learner[],
  splits: readonly Split[],
  seed: number,
  step: (done: number, of: number) => void = () => {},
  explain = true,
): HeldOut {
  const parts = splits.map((split, i) => {
    const chosen = chooseModel(learning, learners, split.train, seed + i);
    step(i + 1, splits.length);
    return { split, chosen, margins: marginsOf(chosen, learning.table, split.test), rate: rateOf(learning.labels, split.train) };
  });
  const rows = Uint32Array.from(parts.flatMap(({ split }) => [...split.test]));
  return {
    rows,
    probabilities: Float64Array.from(parts.flatMap(({ margins }) => Array.from(margins, ofLogOdds))),
    base: Float64Array.from(parts.flatMap(({ split, rate }) => Array.from(split.test, () => rate))),
    truth: Uint8Array.from(rows, (row) => learning.labels[row] ?? 0),
    groups: Int32Array.from(rows, (row) => learning.groups[row] ?? 0),
    champions: parts.map(({ chosen }) => chosen.fitted.family),
    factors: explain ? factorsOf(learning.table, parts) : [],
  };
}

/** What each column does to the log odds of held-out rows, strongest first. */
export function factorsOf(table: FeatureTable, parts: readonly { readonly split: Split; readonly chosen: Chosen }[]): readonly Factor[] {
  const looked = parts.flatMap(({ split, chosen }) => {
    const every = Math.max(1, Math.floor(split.test.length / LOOKED_AT));
    const rows = Array.from(split.test).filter((_, i) => i % every === 0);
    const scale = chosen.line?.slope ?? 1;
    const small = takeRows(table, rows);
    return rows.map((row, i) => ({ row, effects: chosen.fitted.effects(small, i).effects.map((x) => x * scale) }));
  });
  return table.columns
    .map((column, c): Factor => {
      const pairs = looked.map(({ row, effects }) => ({ row, effect: effects[c] ?? 0 }));
      const effect = pairs.reduce((sum, one) => sum + Math.abs(one.effect), 0) / Math.max(1, pairs.length);
      if (column.kind === 'number') {
        return { name: column.name, effect, direction: directionOf(pairs.map(({ row, effect: y }) => [column.values[row] ?? NaN, y])) };
      }
      const raised = raisedBy(pairs.map(({ row, effect: y }) => [column.codes[row] ?? -1, y]));
      return { name: column.name, effect, direction: 'mixed', ...(raised < 0 ? {} : { raised_by: column.levels[raised] ?? '' }) };
    })
    .filter(({ effect }) => effect > 0)
    .toSorted((a, b) => b.effect - a.effect);
}

/** By the correlation of value and effect; weaker than .5 is mixed. */
function directionOf(pairs: readonly (readonly [number, number])[]): Factor['direction'] {
  const given = pairs.filter(([x]) => !Number.isNaN(x));
  const mean = (at: 0 | 1): number => given.reduce((sum, pair) => sum + pair[at], 0) / Math.max(1, given.length);
  const [mx, my] = [mean(0), mean(1)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of given) {
    xy += (x - mx) * (y - my);
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
  }
  const r = xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
  return r > 0.5 ? 'raises' : r < -0.5 ? 'lowers' : 'mixed';
}

function raisedBy(pairs: readonly (readonly [number, number])[]): number {
  const sums = new Map<number, { sum: number; rows: number }>();
  for (const [code, effect] of pairs) {
    const one = sums.get(code) ?? { sum: 0, rows: 0 };
    sums.set(code, { sum: one.sum + effect, rows: one.rows + 1 });
  }
  const [most] = [...sums].filter(([code]) => code >= 0).toSorted(([, a], [, b]) => b.sum / b.rows - a.sum / a.rows);
  return most === undefined || most[1].sum <= 0 ? -1 : most[0];
}
