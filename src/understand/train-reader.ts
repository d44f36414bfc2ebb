import { fitSharpness, softmax, softmaxLoss } from '../maths/calibration.ts';
import { classificationScore, signalOf } from '../maths/classification.ts';
import { groupsOf, stratifiedFolds } from '../maths/folds.ts';
import { reliabilityOf, rightAtLeast, type ReliabilityBin } from '../maths/reliability.ts';
import { scoreText, trainClassifier, Vectors, type Fold, type TextClassifier } from '../maths/text-classifier.ts';
import { foldInto, newFoldBuffer } from '../model/fold-text.ts';
import type { ReaderModel } from './reader-model.ts';

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

export interface TrainOptions {
  readonly seed: number;
  /** The caller's clock, for `seconds`. */
  readonly nowMs: () => number;
  /** One of the three; 20 % of the rows are held out when none is given. */
  readonly testShare?: number;
  readonly folds?: number;
  readonly test?: readonly LabelledText[];
}

export interface TrainReport {
  /** Rows with a text and a label (training and test). */
  readonly rows: number;
  readonly tested: number;
  readonly classes: number;
  /** Rows whose text stood in an earlier row. */
  readonly duplicates: number;
  /** Training rows left out of what is measured, because their text stands in a test row that was given. */
  readonly in_test: number;
  readonly accuracy: number;
  readonly macro_f1: number;
  readonly per_class: Readonly<
    Record<string, { readonly rows: number; readonly precision: number; readonly recall: number; readonly f1: number }>
  >;
  readonly majority_share: number;
  readonly log_loss: number;
  readonly base_log_loss: number;
  /** Distance of stated confidence and accuracy, and how what was said at .8 or above came out. */
  readonly ece: number;
  readonly reliability: readonly ReliabilityBin[];
  readonly confident: { readonly rows: number; readonly right: number };
  /** How sure it is that the model says more than the base rates do. */
  readonly gain_z: number;
  readonly seconds: number;
  readonly verdict: 'usable signal' | 'no usable signal';
}

const buffer = newFoldBuffer();
export const foldCodes: Fold = (text) => foldInto(text, buffer);

interface Rows {
  readonly texts: readonly string[];
  readonly labels: Int32Array;
  readonly groups: Int32Array;
  readonly classes: number;
}

/** Learns from all rows; measures on rows that the measured model has not seen. Equal texts never stand on both sides. */
export function trainReader(
  rows: readonly LabelledText[],
  options: TrainOptions,
): { readonly report: TrainReport; readonly model: ReaderModel } {
  const started = options.nowMs();
  const usable = (list: readonly LabelledText[]): LabelledText[] =>
    list.map(({ text, label }) => ({ text, label: label.trim() })).filter(({ text, label }) => text.trim() !== '' && label !== '');
  const training = usable(rows);
  const test = usable(options.test ?? []);
  const all = [...training, ...test];
  const names = [...new Set(all.map((r) => r.label))].sort();
  const numbers = new Map(names.map((name, i) => [name, i]));
  const texts = all.map((r) => r.text);
  const data: Rows = {
    texts,
    labels: Int32Array.from(all, (r) => numbers.get(r.label) ?? 0),
    groups: groupsOf(texts),
    classes: names.length,
  };
  const parts = partsOf(data, training.length, test.length, options);
  const measured = parts.map((part) => measure(data, part, options.seed));
  const trainRows = Array.from(training.keys());
  const classifier = fit(data, trainRows, options.seed, mostFrequent(measured.map((m) => m.cost)));
  const model = { labels: names, classifier, sharpness: pooledSharpness(measured, names.length), rows: training.length };
  const inTest = test.length === 0 ? 0 : training.length - (parts[0]?.train.length ?? 0);
  return { report: { ...reportOf(data, names, measured, options, started), in_test: inTest }, model };
}

interface Part {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function partsOf(data: Rows, training: number, test: number, options: TrainOptions): readonly Part[] {
  const own = Array.from({ length: training }, (_, i) => i);
  if (test > 0) {
    const tested = new Set(data.groups.subarray(training));
    return [{ train: own.filter((i) => !tested.has(data.groups[i] ?? -1)), test: Array.from({ length: test }, (_, i) => training + i) }];
  }
  if (training < 4) return [{ train: own, test: own }];
  const folds = Math.max(2, Math.min(options.folds ?? Math.round(1 / Math.min(0.5, Math.max(0.02, options.testShare ?? 0.2))), training));
  const fold = stratifiedFolds(data.labels, data.groups, folds, options.seed);
  const parts = Array.from({ length: folds }, (_, f) => ({
    train: own.filter((i) => fold[i] !== f),
    test: own.filter((i) => fold[i] === f),
  }));
  const filled = parts.filter((p) => p.train.length > 0 && p.test.length > 0);
  return options.folds === undefined ? filled.slice(0, 1) : filled;
}

function fit(data: Rows, rows: readonly number[], seed: number, cost: number): TextClassifier {
  const texts = rows.map((i) => data.texts[i] ?? '');
  return trainClassifier(
    texts,
    Int32Array.from(rows, (i) => data.labels[i] ?? 0),
    data.classes,
    foldCodes,
    { seed, cost },
  );
}

function scoresOf(model: TextClassifier, data: Rows, rows: readonly number[]): Float32Array {
  const vectors = new Vectors();
  const scores = new Float32Array(rows.length * data.classes);
  rows.forEach((i, at) => {
    const { codes, length } = foldCodes(data.texts[i] ?? '');
    scoreText(model, vectors, codes, length, scores.subarray(at * data.classes, (at + 1) * data.classes));
  });
  return scores;
}

/** How dear a training row on the wrong side is: noisy labels want little, few rows with many classes want much. */
const COSTS = [0.25, 1, 4] as const;

interface Choice {
  readonly cost: number;
  readonly sharpness: number;
}

/** Cost and sharpness from inner folds of the training rows: the test rows must neither choose nor calibrate what is measured on them. */
function innerChoice(data: Rows, rows: readonly number[], seed: number): Choice {
  const labels = Int32Array.from(rows, (i) => data.labels[i] ?? 0);
  const folds = rows.length > 2000 ? 5 : 3;
  const fold = stratifiedFolds(
    labels,
    rows.map((i) => data.groups[i] ?? 0),
    folds,
    seed + 1,
  );
  const parts = Array.from({ length: rows.length > 2000 ? 1 : folds }, (_, f) => ({
    train: rows.filter((_row, at) => fold[at] !== f),
    test: rows.filter((_row, at) => fold[at] === f),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
  const truth = parts.flatMap(({ test }) => test.map((i) => data.labels[i] ?? 0));
  if (truth.length === 0) return { cost: 1, sharpness: 1 };
  const tried = COSTS.map((cost) => {
    const scores = joined(parts.map(({ train, test }) => scoresOf(fit(data, train, seed, cost), data, test)));
    const sharpness = fitSharpness(scores, data.classes, truth);
    return { cost, sharpness, loss: softmaxLoss(scores, data.classes, truth, sharpness) };
  });
  return tried.reduce((best, one) => (one.loss < best.loss ? one : best));
}

function mostFrequent(costs: readonly number[]): number {
  const count = (cost: number): number => costs.filter((c) => c === cost).length;
  return costs.reduce((best, cost) => (count(cost) > count(best) ? cost : best), costs[0] ?? 1);
}

interface Measured {
  readonly cost: number;
  readonly rows: readonly number[];
  readonly truth: readonly number[];
  readonly guess: readonly number[];
  /** Probability of the guess. */
  readonly confidences: readonly number[];
  readonly scores: Float32Array;
  readonly losses: readonly number[];
  readonly baseLosses: readonly number[];
  readonly groups: readonly number[];
}

function measure(data: Rows, part: Part, seed: number): Measured {
  const { cost, sharpness } = innerChoice(data, part.train, seed);
  const scores = scoresOf(fit(data, part.train, seed, cost), data, part.test);
  const base = new Float64Array(data.classes).fill(0.5);
  for (const i of part.train) base[data.labels[i] ?? 0] = (base[data.labels[i] ?? 0] ?? 0) + 1;
  const total = base.reduce((a, b) => a + b, 0);
  const truth = part.test.map((i) => data.labels[i] ?? 0);
  const losses: number[] = [];
  const confidences: number[] = [];
  const guess = truth.map((label, at) => {
    const row = scores.slice(at * data.classes, (at + 1) * data.classes);
    const best = row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity));
    softmax(row, sharpness);
    losses.push(-Math.log(Math.max(row[label] ?? 0, 1e-9)));
    confidences.push(row[best] ?? 0);
    return best;
  });
  const baseLosses = truth.map((label) => -Math.log((base[label] ?? 1) / total));
  return {
    cost,
    rows: part.test,
    truth,
    guess,
    confidences,
    scores,
    losses,
    baseLosses,
    groups: part.test.map((i) => data.groups[i] ?? 0),
  };
}

function pooledSharpness(measured: readonly Measured[], classes: number): number {
  return fitSharpness(
    joined(measured.map((m) => m.scores)),
    classes,
    measured.flatMap((m) => m.truth),
  );
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function reportOf(
  data: Rows,
  names: readonly string[],
  measured: readonly Measured[],
  options: TrainOptions,
  started: number,
): Omit<TrainReport, 'in_test'> {
  const truth = measured.flatMap((m) => m.truth);
  const guess = measured.flatMap((m) => m.guess);
  const score = classificationScore(truth, guess, names.length);
  const confidences = measured.flatMap((m) => m.confidences);
  const right = truth.map((label, i) => label === guess[i]);
  const { ece, bins } = reliabilityOf(confidences, right);
  const losses = measured.flatMap((m) => m.losses);
  const base = measured.flatMap((m) => m.baseLosses);
  const signal = signalOf(
    losses.map((loss, i) => (base[i] ?? 0) - loss),
    measured.flatMap((m) => m.groups),
  );
  const counts = new Int32Array(names.length);
  for (const label of data.labels) counts[label] = (counts[label] ?? 0) + 1;
  const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length);
  return {
    rows: data.texts.length,
    tested: truth.length,
    classes: names.length,
    duplicates: data.texts.length - new Set(data.groups).size,
    accuracy: score.accuracy,
    macro_f1: score.macroF1,
    per_class: Object.fromEntries(names.map((name, i) => [name, score.perClass[i] ?? { rows: 0, precision: 0, recall: 0, f1: 0 }])),
    majority_share: data.texts.length === 0 ? 0 : counts.reduce((a, b) => Math.max(a, b), 0) / data.texts.length,
    log_loss: mean(losses),
    base_log_loss: mean(base),
    ece,
    reliability: bins,
    confident: rightAtLeast(0.8, confidences, right),
    gain_z: signal.z,
    seconds: (options.nowMs() - started) / 1000,
    verdict: signal.usable && names.length > 1 ? 'usable signal' : 'no usable signal',
  };
}
