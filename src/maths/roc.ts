/** Area under the ROC curve: how often a row with the event was given a higher score than one without; ties count half. */
import type { Interval } from './proportions.ts';

/** 97.5 % of the standard normal distribution lies below. */
const Z95 = 1.959963984540054;

export interface Area extends Interval {
  /** 0–1; .5 where one of both classes is missing. */
  readonly auc: number;
  /** Standard error by DeLong, DeLong & Clarke-Pearson (1988), from the midranks as Sun & Xu (2014) compute them. */
  readonly error: number;
}

/** AUC with its 95 % interval, formed on log odds so that it stays within 0–1. `labels`: 0 or 1 a row. */
export function rocArea(scores: ArrayLike<number>, labels: ArrayLike<number>): Area {
  const { positives, negatives } = split(scores, labels);
  const [m, n] = [positives.length, negatives.length];
  if (m === 0 || n === 0) return { auc: 0.5, error: 0.5, low: 0, high: 1 };
  const all = new Float64Array(m + n);
  all.set(positives);
  all.set(negatives, m);
  const [ranks, own, others] = [midranks(all), midranks(positives), midranks(negatives)];
  let sum = 0;
  for (let i = 0; i < m; i++) sum += ranks[i] ?? 0;
  const auc = (sum - (m * (m + 1)) / 2) / (m * n);
  const ofPositives = variance(m, (i) => ((ranks[i] ?? 0) - (own[i] ?? 0)) / n);
  const ofNegatives = variance(n, (i) => 1 - ((ranks[m + i] ?? 0) - (others[i] ?? 0)) / m);
  const error = Math.sqrt(ofPositives / m + ofNegatives / n);
  return { auc, error, ...onLogOdds(auc, error, m, n) };
}

/** Only the area. */
export const rocAuc = (scores: ArrayLike<number>, labels: ArrayLike<number>): number => {
  let [positives, sum] = [0, 0];
  const ranks = midranks(Float64Array.from(scores));
  for (let i = 0; i < ranks.length; i++) {
    if (labels[i] !== 1) continue;
    positives++;
    sum += ranks[i] ?? 0;
  }
  const negatives = ranks.length - positives;
  return positives === 0 || negatives === 0 ? 0.5 : (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
};

function split(scores: ArrayLike<number>, labels: ArrayLike<number>): { positives: Float64Array; negatives: Float64Array } {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (let i = 0; i < scores.length; i++) (labels[i] === 1 ? positives : negatives).push(scores[i] ?? 0);
  return { positives: Float64Array.from(positives), negatives: Float64Array.from(negatives) };
}

/** 1-based ranks; equal values share the mean of their ranks. */
export function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let before = from + 1;
    while (before < order.length && values[order[before] ?? 0] === values[order[from] ?? 0]) before++;
    for (let i = from; i < before; i++) ranks[order[i] ?? 0] = (from + before + 1) / 2;
    from = before;
  }
  return ranks;
}

function variance(n: number, at: (i: number) => number): number {
  if (n < 2) return 0;
  let [mean, sum] = [0, 0];
  for (let i = 0; i < n; i++) {
    const step = at(i) - mean;
    mean += step / (i + 1);
    sum += step * (at(i) - mean);
  }
  return sum / (n - 1);
}

/** A perfect order has no variance left to estimate: the least share of misplaced pairs that n rows can show stands in (rule of three). */
function onLogOdds(auc: number, error: number, m: number, n: number): Interval {
  if (error === 0 || auc <= 0 || auc >= 1) {
    const unseen = Math.min(1, 3 / Math.min(m, n));
    return auc >= 1 ? { low: 1 - unseen, high: 1 } : auc <= 0 ? { low: 0, high: unseen } : { low: auc, high: auc };
  }
  const logit = Math.log(auc / (1 - auc));
  const half = (Z95 * error) / (auc * (1 - auc));
  const back = (x: number): number => 1 / (1 + Math.exp(-x));
  return { low: back(logit - half), high: back(logit + half) };
}
