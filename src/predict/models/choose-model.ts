import { type OddsLine, fitOddsLine, logOdds, ofLogOdds, onLine } from '../../maths/calibration-of-odds.ts';
import type { FeatureTable } from '../../maths/features.ts';
import { type Gain, logLoss, pairedGain } from '../../maths/probability-scores.ts';
import { blendedModel } from './blended.ts';
import { type Family, type Fitted, type Learner, constantModel } from './candidate.ts';
import { type Split, foldSplits, timeSplit } from './split-rows.ts';

/** What a model learns from: columns, labels (0 or 1), groups of copies, and times where order matters. */
export interface Learning {
  readonly table: FeatureTable;
  readonly labels: Uint8Array;
  readonly groups: Int32Array;
  readonly times: Float64Array | null;
  /** How long after a row its outcome is known, in the unit of `times`. */
  readonly horizon: number;
}

export interface Chosen {
  readonly fitted: Fitted;
  /** Applied to the log odds; null: they held as they were. */
  readonly line: Pick<OddsLine, 'intercept' | 'slope'> | null;
  /** Log loss of each candidate on the inner validation rows. */
  readonly inner: readonly { readonly family: Family; readonly logLoss: number }[];
}

const INNER_FOLDS = 3;
/** Above this one inner split says enough. */
const MANY = 30_000;
/** Less than half a standard error better than the base rate is not learned at all: such a model only adds noise. */
const LEAST_Z = 0.5;

/** Chooses the family and how long it learns by rows inside `rows` alone, then learns from all of them. */
export function chooseModel(learning: Learning, learners: readonly Learner[], rows: Uint32Array, seed: number): Chosen {
  const splits = innerSplits(learning, rows, seed);
  const base = constantModel(logOdds(rateOf(learning.labels, rows)));
  const fitting = learners.filter((learner) => learner.fits(rows.length));
  const single = splits.length === 0 ? [] : fitting.map((learner) => tryLearner(learning, learner, splits));
  const tried = [...single, ...blendOf(single)];
  const [first] = tried.toSorted((a, b) => a.logLoss - b.logLoss);
  const inner = [...tried.map(({ family, logLoss: loss }) => ({ family, logLoss: loss })), ...(first === undefined ? [] : [first.base])];
  if (first === undefined || first.gain.z < LEAST_Z) return { fitted: base, line: null, inner };
  const growth = rows.length / Math.max(1, splits[0]?.train.length ?? 1);
  const fits = first.parts.map(({ learner, sizes }) =>
    learner.learn(learning.table, learning.labels, rows, { size: learner.sizeOf(sizes, growth) }),
  );
  const [one, other] = fits;
  const fitted = one === undefined ? base : other === undefined ? one : blendedModel(one, other);
  return { fitted, line: mended(first.margins, first.truth), inner };
}

interface Tried {
  readonly family: Family;
  readonly parts: readonly { readonly learner: Learner; readonly sizes: readonly number[] }[];
  readonly margins: readonly number[];
  readonly truth: readonly number[];
  readonly rates: readonly number[];
  readonly groups: readonly number[];
  readonly gain: Gain;
  readonly logLoss: number;
  readonly base: { readonly family: Family; readonly logLoss: number };
}

function blendOf([a, b]: readonly Tried[]): readonly Tried[] {
  if (a === undefined || b === undefined) return [];
  const margins = a.margins.map((margin, i) => (margin + (b.margins[i] ?? 0)) / 2);
  return [judged({ ...a, family: 'blended', parts: [...a.parts, ...b.parts], margins })];
}

function judged(tried: Omit<Tried, 'gain' | 'logLoss' | 'base'>): Tried {
  const probabilities = tried.margins.map(ofLogOdds);
  const { rates, truth, groups } = tried;
  return {
    ...tried,
    gain: pairedGain(probabilities, rates, truth, groups),
    logLoss: logLoss(probabilities, truth),
    base: { family: 'constant', logLoss: logLoss(rates, truth) },
  };
}

/** Rows whose outcome takes time are moments of customers' lives: whole customers are set aside, because a second hold-out by time with its wait would leave hardly any rows. */
function innerSplits({ labels, groups, times, horizon }: Learning, rows: Uint32Array, seed: number): readonly Split[] {
  if (times !== null && horizon === 0) {
    const split = timeSplit(rows, times, groups, 0.25);
    if (split !== null) return [split];
  }
  const folds = foldSplits(rows, labels, groups, rows.length > MANY ? 4 : INNER_FOLDS, seed + 7919);
  return rows.length > MANY ? folds.slice(0, 1) : folds;
}

function tryLearner(learning: Learning, learner: Learner, splits: readonly Split[]): Tried {
  const [margins, truth, rates, groups, sizes]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  for (const { train, test } of splits) {
    const fitted = learner.learn(learning.table, learning.labels, train, { stop: test });
    sizes.push(fitted.size);
    const rate = rateOf(learning.labels, train);
    fitted.margins(learning.table, test).forEach((margin, i) => {
      const row = test[i] ?? 0;
      margins.push(margin);
      truth.push(learning.labels[row] ?? 0);
      rates.push(rate);
      groups.push(learning.groups[row] ?? 0);
    });
  }
  return judged({ family: learner.family, parts: [{ learner, sizes }], margins, truth, rates, groups });
}

/** Platt's line, where the inner rows show that the log odds are too bold or too timid. */
function mended(margins: readonly number[], truth: readonly number[]): Chosen['line'] {
  const line = fitOddsLine(margins, truth);
  if (line.slopeLow <= 1 && line.slopeHigh >= 1) return null;
  return line.slope > 0 ? { intercept: line.intercept, slope: line.slope } : null;
}

/** Drawn a little towards one half, so that rows without any event still have a rate. */
export function rateOf(labels: Uint8Array, rows: Uint32Array): number {
  let yes = 0;
  for (const row of rows) yes += labels[row] ?? 0;
  return (yes + 0.5) / (rows.length + 1);
}

/** Log odds after the mending. */
export const marginsOf = ({ fitted, line }: Chosen, table: FeatureTable, rows: Uint32Array): Float64Array =>
  fitted.margins(table, rows).map((margin) => onLine(line, margin));
