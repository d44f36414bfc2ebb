/** Do stated probabilities hold, and how are they mended? */
import { type Interval, wilson } from './proportions.ts';

/** 97.5 % of the standard normal distribution lies below. */
const Z95 = 1.959963984540054;

export interface CalibrationBin extends Interval {
  readonly rows: number;
  readonly events: number;
  /** Mean stated probability, and what happened: events ÷ rows with Wilson's interval. */
  readonly stated: number;
  readonly happened: number;
}

/** Rows in the order of their probability, cut into bins of equal frequency; equal probabilities are never parted. */
export function calibrationBins(probabilities: ArrayLike<number>, labels: ArrayLike<number>, bins = 10): readonly CalibrationBin[] {
  const rows = probabilities.length;
  const order = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  const found: CalibrationBin[] = [];
  let from = 0;
  for (let bin = 1; bin <= bins && from < rows; bin++) {
    let before = Math.max(from, Math.round((rows * bin) / bins));
    while (before > from && before < rows && probabilities[order[before] ?? 0] === probabilities[order[before - 1] ?? 0]) before++;
    if (before === from) continue;
    found.push(binOf(order.subarray(from, before), probabilities, labels));
    from = before;
  }
  return found;
}

function binOf(members: Uint32Array, probabilities: ArrayLike<number>, labels: ArrayLike<number>): CalibrationBin {
  let [events, sum] = [0, 0];
  for (const i of members) {
    events += labels[i] === 1 ? 1 : 0;
    sum += probabilities[i] ?? 0;
  }
  const rows = members.length;
  return { rows, events, stated: sum / rows, happened: events / rows, ...wilson({ events, n: rows }) };
}

/** Expected calibration error: mean distance of stated and happened over the bins, weighted by rows. */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return rows === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.rows * Math.abs(bin.stated - bin.happened), 0) / rows;
}

export const logOdds = (probability: number): number => {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
};
export const ofLogOdds = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** log odds of what happens = intercept + slope × stated log odds (Cox 1958). */
export interface OddsLine {
  readonly intercept: number;
  /** 1: neither too bold (below 1) nor too timid (above). */
  readonly slope: number;
  readonly slopeError: number;
  readonly slopeLow: number;
  readonly slopeHigh: number;
}

/** By Newton's method on the log likelihood, with a trace of ridge so that a perfect order ends. Without any spread: slope 1. */
export function fitOddsLine(margins: ArrayLike<number>, labels: ArrayLike<number>): OddsLine {
  let [a, b] = [0, 1];
  let errorOfSlope = Infinity;
  for (let step = 0; step < 50; step++) {
    const s = sumsAt(margins, labels, a, b);
    const det = s.h00 * s.h11 - s.h01 * s.h01;
    if (!(det > 1e-9)) return { intercept: a, slope: 1, slopeError: Infinity, slopeLow: -Infinity, slopeHigh: Infinity };
    const da = (s.h11 * s.g0 - s.h01 * s.g1) / det;
    const db = (s.h00 * s.g1 - s.h01 * s.g0) / det;
    const limit = Math.min(1, 4 / (Math.abs(da) + Math.abs(db) + 1e-300));
    [a, b] = [a + limit * da, b + limit * db];
    errorOfSlope = Math.sqrt(s.h00 / det);
    if (Math.abs(da) + Math.abs(db) < 1e-10) break;
  }
  return { intercept: a, slope: b, slopeError: errorOfSlope, slopeLow: b - Z95 * errorOfSlope, slopeHigh: b + Z95 * errorOfSlope };
}

function sumsAt(margins: ArrayLike<number>, labels: ArrayLike<number>, a: number, b: number) {
  const ridge = 1e-3;
  let [g0, g1, h00, h01, h11] = [0, -ridge * (b - 1), 1e-9, 0, ridge];
  for (let i = 0; i < margins.length; i++) {
    const x = margins[i] ?? 0;
    const p = ofLogOdds(a + b * x);
    const [left, weight] = [(labels[i] ?? 0) - p, p * (1 - p)];
    g0 += left;
    g1 += left * x;
    h00 += weight;
    h01 += weight * x;
    h11 += weight * x * x;
  }
  return { g0, g1, h00, h01, h11 };
}

/** Platt's scaling (1999): a line on the log odds; null leaves them as they are. Log odds in, log odds out. */
export const onLine = (line: Pick<OddsLine, 'intercept' | 'slope'> | null, margin: number): number =>
  line === null ? margin : line.intercept + line.slope * margin;

/** Sums over rows whose probability p was stated, and of which it is known whether (y = 1) it happened. */
export interface StatedSums {
  readonly rows: number;
  readonly stated: number;
  readonly happened: number;
  /** Σ p(1 − p): right if each row happens by itself. */
  readonly alone: number;
  /** Σ over groups of (Σ (y − p) within the group)²: right if only groups do. */
  readonly grouped: number;
}

/**
 * Mean stated and mean happened, with z under "all stated probabilities are right": calibration in the large. Of both variances the larger
 * counts: rows of one group happen together, and where hardly anything happened the groups show too little.
 */
export function calibrationInTheLarge({ rows, stated, happened, alone, grouped }: StatedSums): {
  readonly stated: number;
  readonly happened: number;
  readonly z: number;
} {
  const variance = Math.max(alone, grouped);
  return { stated: stated / rows, happened: happened / rows, z: variance === 0 ? 0 : (happened - stated) / Math.sqrt(variance) };
}
