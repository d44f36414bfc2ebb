import { studentTwoSided, studentWithin } from './distributions.ts';
import { type Difference, type Interval, type Ratio, zOf } from './proportions.ts';

/** How many, their mean, and their variance (n − 1). */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** One pass (Welford), each value as often as its weight says; NaN is left out. */
export function momentsOf(values: ArrayLike<number>, weights?: ArrayLike<number>): Moments {
  let [n, mean, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const weight = weights === undefined ? 1 : (weights[i] as number);
    if (Number.isNaN(value) || weight === 0) continue;
    n += weight;
    const before = value - mean;
    mean += (weight / n) * before;
    squares += weight * before * (value - mean);
  }
  return { n, mean, variance: n > 1 ? squares / (n - 1) : 0 };
}

/** One mean against 0: its interval and test by Student's t. Without any spread there is only the mean. */
export function meanInterval({ n, mean, variance }: Moments, confidence = 0.95): Interval & { readonly p: number | null } {
  if (n < 2 || variance === 0) return { low: mean, high: mean, p: null };
  const error = Math.sqrt(variance / n);
  const half = studentWithin(confidence, n - 1) * error;
  return { low: mean - half, high: mean + half, p: studentTwoSided(mean / error, n - 1) };
}

export const varianceOfDifference = (treated: Moments, control: Moments): number =>
  treated.variance / treated.n + control.variance / control.n;

/** Welch's test of treated − control (1947), its interval by Student's t with Satterthwaite's degrees of freedom. */
export function welch(treated: Moments, control: Moments, confidence = 0.95): Difference & { readonly df: number } {
  const effect = treated.mean - control.mean;
  const [a, b] = [treated.variance / treated.n, control.variance / control.n];
  if (a + b === 0) return { effect, low: effect, high: effect, z: 0, p: effect === 0 ? 1 : 0, df: treated.n + control.n - 2 };
  const error = Math.sqrt(a + b);
  const df = (a + b) ** 2 / (a ** 2 / (treated.n - 1) + b ** 2 / (control.n - 1));
  const half = studentWithin(confidence, df) * error;
  return { effect, low: effect - half, high: effect + half, z: effect / error, p: studentTwoSided(effect / error, df), df };
}

/** treated ÷ control with the delta method's interval of the logarithm; all null unless both means are above 0. */
export function meanRatio(treated: Moments, control: Moments, confidence = 0.95): Ratio {
  if (treated.mean <= 0 || control.mean <= 0) return { ratio: null, low: null, high: null };
  const log = Math.log(treated.mean / control.mean);
  const half =
    zOf(confidence) * Math.sqrt(treated.variance / treated.n / treated.mean ** 2 + control.variance / control.n / control.mean ** 2);
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) };
}
