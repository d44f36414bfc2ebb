import { categoryColumn, type FeatureColumn, featureTable, numberColumn } from '../../maths/features.ts';
import { stratifiedFolds } from '../../maths/folds.ts';
import { differenceOf } from '../../maths/proportions.ts';
import { qiniCurve, qiniOrder, qiniWithInterval, type Trial } from '../../maths/qini.ts';
import { crossFittedUplift } from '../../maths/uplift.ts';
import type { Trait } from './balance-of.ts';
import type { UpliftView } from '../../model/comparison.ts';
import type { UpliftHow } from './compare-table.ts';
import { learnersOf } from './uplift-learners.ts';
import type { Laid } from './lay-out.ts';
import { numbersOf } from './trial-table.ts';

const FOLDS = 5;
const FIFTHS = 5;
const LEAST_SHARE = 0.05;
const MOST_LEVELS = 30;
/** Below this an arm has too little to learn from in five folds. */
const LEAST = 100;
const MOST_ROWS = 1_000_000;
/** One-sided 5 %. */
const BEYOND_CHANCE = 1.645;

/** Who gains, cross-fitted. null: the metric is not 0 or 1, or there is too little to learn from, or it came to all or to nobody. */
export function upliftOf(laid: Laid, treatedArm: number, traits: readonly Trait[], how: UpliftHow): UpliftView | null {
  const metric = laid.metrics[0];
  if (metric === undefined || metric.kind !== 'share') return null;
  const there = (rows: readonly number[]): readonly number[] => expanded(rows, laid.counts).filter((i) => !Number.isNaN(metric.values[i]));
  const [treatedRows, controlRows] = [there(laid.rowsOf(treatedArm)), there(laid.rowsOf(0))];
  const rows = [...treatedRows, ...controlRows];
  if (treatedRows.length < LEAST || controlRows.length < LEAST || rows.length > MOST_ROWS) return null;
  const trial: Trial = {
    treated: Uint8Array.from(rows, (_, i) => (i < treatedRows.length ? 1 : 0)),
    outcome: Uint8Array.from(rows, (i) => (metric.direction === 'down' ? 1 - (metric.values[i] as number) : (metric.values[i] as number))),
  };
  if (trial.outcome.every((one) => one === trial.outcome[0])) return null;
  const table = featureTable(traits.map((trait) => featureOf(trait, rows)));
  const classes = rows.map((_, i) => (trial.treated[i] as number) * 2 + (trial.outcome[i] as number));
  const folds = stratifiedFolds(
    classes,
    Int32Array.from(rows, (_, i) => i),
    FOLDS,
    laid.seed,
  );
  const scores = crossFittedUplift(trial, folds, learnersOf(how.learner, table, trial, laid.seed));
  const sure = qiniWithInterval(trial, scores, laid.seed);
  return sure === null ? null : viewOf(trial, scores, sure, traits, how);
}

function expanded(rows: readonly number[], counts: Float64Array | null): readonly number[] {
  if (counts === null) return rows;
  const total = rows.reduce((sum, i) => sum + (counts[i] ?? 0), 0);
  return total > MOST_ROWS ? [] : rows.flatMap((i) => Array.from({ length: counts[i] ?? 0 }, () => i));
}

function featureOf({ name, cells }: Trait, rows: readonly number[]): FeatureColumn {
  const numbers = numbersOf(cells);
  if (numbers.wrong.length === 0)
    return numberColumn(
      name,
      rows.map((i) => numbers.values[i] as number),
    );
  const sizes = new Map<string, number>();
  for (const i of rows) sizes.set(cells[i] ?? '', (sizes.get(cells[i] ?? '') ?? 0) + 1);
  const kept = new Set(
    [...sizes]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, MOST_LEVELS)
      .map(([level]) => level),
  );
  return categoryColumn(
    name,
    rows.map((i) => (kept.has(cells[i] ?? '') ? (cells[i] ?? '').trim() : '…')),
  );
}

function viewOf(
  trial: Trial,
  scores: Float64Array,
  sure: { qini: number; low: number; high: number; randomSd: number },
  traits: readonly Trait[],
  { leftOut, learner }: UpliftHow,
): UpliftView {
  const order = qiniOrder(scores);
  const fifths = Array.from({ length: FIFTHS }, (_, f) => {
    const part = order.rows.slice(Math.floor((f * scores.length) / FIFTHS), Math.floor(((f + 1) * scores.length) / FIFTHS));
    const { effect, low, high } = effectWithin(trial, part);
    return { predicted: part.reduce((sum, row) => sum + (scores[row] as number), 0) / part.length, n: part.length, effect, low, high };
  });
  const best = fifths[0];
  const pays = sure.low > 0 && sure.qini > BEYOND_CHANCE * sure.randomSd && best !== undefined && best.low > 0;
  return {
    qini: sure.qini,
    low: sure.low,
    high: sure.high,
    random_sd: sure.randomSd,
    learner,
    folds: FOLDS,
    features: traits.map(({ name }) => name),
    left_out: leftOut,
    curve: qiniCurve(trial, order),
    fifths,
    targeting: pays ? 'pays' : 'no_signal',
    do_not_disturb: worseOff(trial, order.rows, scores),
  };
}

/** Those whom the models expect to lose, if they are many enough to be a group (else the last fifth): do they? Scores are cross-fitted, so asking is fair. */
function worseOff(trial: Trial, order: Uint32Array, scores: Float64Array): UpliftView['do_not_disturb'] {
  const losing = order.filter((row) => (scores[row] as number) < 0);
  const group = losing.length >= LEAST_SHARE * order.length ? losing : order.slice(Math.floor(((FIFTHS - 1) * order.length) / FIFTHS));
  const { effect, low, high } = effectWithin(trial, group);
  return high >= 0 ? null : { share: group.length / order.length, effect, low, high };
}

function effectWithin({ treated, outcome }: Trial, rows: Uint32Array): { effect: number; low: number; high: number } {
  const side = (arm: number) => {
    let [n, events] = [0, 0];
    for (const row of rows) {
      if (treated[row] !== arm) continue;
      n++;
      events += outcome[row] as number;
    }
    return { n, events };
  };
  const [t, c] = [side(1), side(0)];
  return t.n === 0 || c.n === 0 ? { effect: 0, low: -1, high: 1 } : differenceOf(t, c);
}
