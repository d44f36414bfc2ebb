import { fitSharpness, softmax } from '../maths/calibration.ts';
import { classificationScore, signalOf } from '../maths/classification.ts';
import { groupsOf, stratifiedFolds } from '../maths/folds.ts';
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
  readonly accuracy: number;
  readonly macro_f1: number;
  readonly per_class: Readonly<
    Record<string, { readonly rows: number; readonly precision: number; readonly recall: number; readonly f1: number }>
  >;
  readonly majority_share: number;
  readonly log_loss: number;
  readonly base_log_loss: number;
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
  const classifier = fit(data, trainRows, options.seed);
  const model = { labels: names, classifier, sharpness: pooledSharpness(measured, names.length), rows: training.length };
  return { report: reportOf(data, names, measured, options, started), model };
}

interface Part {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function partsOf(data: Rows, training: number, test: number, options: TrainOptions): readonly Part[] {
  const own = Array.from({ length: training }, (_, i) => i);
  if (test > 0) return [{ train: own, test: Array.from({ length: test }, (_, i) => training + i) }];
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

function fit(data: Rows, rows: readonly number[], seed: number): TextClassifier {
  const texts = rows.map((i) => data.texts[i] ?? '');
  return trainClassifier(
    texts,
    Int32Array.from(rows, (i) => data.labels[i] ?? 0),
    data.classes,
    foldCodes,
    { seed },
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

/** Sharpness from an inner fold of the training rows: the test rows must not calibrate what is measured on them. */
function innerSharpness(data: Rows, rows: readonly number[], seed: number): number {
  const labels = Int32Array.from(rows, (i) => data.labels[i] ?? 0);
  const folds = rows.length > 2000 ? 5 : 3;
  const fold = stratifiedFolds(
    labels,
    rows.map((i) => data.groups[i] ?? 0),
    folds,
    seed + 1,
  );
  const scores: Float32Array[] = [];
  const truth: number[] = [];
  for (let f = 0; f < (rows.length > 2000 ? 1 : folds); f++) {
    const train = rows.filter((_, at) => fold[at] !== f);
    const held = rows.filter((_, at) => fold[at] === f);
    if (train.length === 0 || held.length === 0) continue;
    scores.push(scoresOf(fit(data, train, seed), data, held));
    truth.push(...held.map((i) => data.labels[i] ?? 0));
  }
  return truth.length === 0 ? 1 : fitSharpness(joined(scores), data.classes, truth);
}

interface Measured {
  readonly rows: readonly number[];
  readonly truth: readonly number[];
  readonly guess: readonly number[];
  readonly scores: Float32Array;
  readonly losses: readonly number[];
  readonly baseLosses: readonly number[];
  readonly groups: readonly number[];
}

function measure(data: Rows, part: Part, seed: number): Measured {
  const sharpness = innerSharpness(data, part.train, seed);
  const scores = scoresOf(fit(data, part.train, seed), data, part.test);
  const base = new Float64Array(data.classes).fill(0.5);
  for (const i of part.train) base[data.labels[i] ?? 0] = (base[data.labels[i] ?? 0] ?? 0) + 1;
  const total = base.reduce((a, b) => a + b, 0);
  const truth = part.test.map((i) => data.labels[i] ?? 0);
  const losses: number[] = [];
  const guess = truth.map((label, at) => {
    const row = scores.slice(at * data.classes, (at + 1) * data.classes);
    const best = row.indexOf(row.reduce((a, b) => Math.max(a, b), -Infinity));
    softmax(row, sharpness);
    losses.push(-Math.log(Math.max(row[label] ?? 0, 1e-9)));
    return best;
  });
  const baseLosses = truth.map((label) => -Math.log((base[label] ?? 1) / total));
  return { rows: part.test, truth, guess, scores, losses, baseLosses, groups: part.test.map((i) => data.groups[i] ?? 0) };
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
): TrainReport {
  const truth = measured.flatMap((m) => m.truth);
  const score = classificationScore(
    truth,
    measured.flatMap((m) => m.guess),
    names.length,
  );
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
    gain_z: signal.z,
    seconds: (options.nowMs() - started) / 1000,
    verdict: signal.usable && names.length > 1 ? 'usable signal' : 'no usable signal',
  };
}
