import { chiSquareTail } from './distributions.ts';
import { type Interval, zOf } from './proportions.ts';

/** One span of time of one group: how many were there when it began, and to how many it happened within. */
export interface AtRisk {
  readonly atRisk: number;
  readonly events: number;
}

export interface SurvivalPoint extends Interval {
  readonly time: number;
  readonly survival: number;
  readonly atRisk: number;
  readonly events: number;
}

/** Kaplan and Meier's curve (1958) with Greenwood's variance on the log(−log) scale, so that the interval stays within 0 and 1. */
export function kaplanMeier(spans: readonly AtRisk[], confidence = 0.95): readonly SurvivalPoint[] {
  let [survival, greenwood] = [1, 0];
  return spans.map(({ atRisk, events }, time) => {
    if (atRisk > 0) survival *= 1 - events / atRisk;
    if (atRisk > events) greenwood += events / (atRisk * (atRisk - events));
    return { time: time + 1, survival, atRisk, events, ...around(survival, greenwood, confidence) };
  });
}

function around(survival: number, greenwood: number, confidence: number): Interval {
  if (survival <= 0 || survival >= 1 || greenwood === 0) return { low: survival, high: survival };
  const half = (zOf(confidence) * Math.sqrt(greenwood)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(half), high: survival ** Math.exp(-half) };
}

export interface LogRank {
  readonly chi2: number;
  readonly z: number;
  readonly p: number;
  readonly observed: number;
  readonly expected: number;
}

/** Mantel's log-rank test (1966) of two groups over the same spans. z < 0: it happened less often among the treated. */
export function logRank(treated: readonly AtRisk[], control: readonly AtRisk[]): LogRank {
  let [observed, expected, variance] = [0, 0, 0];
  treated.forEach((one, t) => {
    const other = control[t] ?? { atRisk: 0, events: 0 };
    const n = one.atRisk + other.atRisk;
    const d = one.events + other.events;
    if (n < 2 || one.atRisk === 0 || other.atRisk === 0) return;
    observed += one.events;
    expected += (d * one.atRisk) / n;
    variance += (d * (one.atRisk / n) * (other.atRisk / n) * (n - d)) / (n - 1);
  });
  const z = variance === 0 ? 0 : (observed - expected) / Math.sqrt(variance);
  return { chi2: z * z, z, p: chiSquareTail(z * z, 1), observed, expected };
}

/** Rates of each span applied to one cohort that shrinks: what repeated months of the same people really are. */
export function cohortOf(n: number, rates: readonly number[]): readonly AtRisk[] {
  let left = n;
  return rates.map((rate) => {
    const span = { atRisk: left, events: left * rate };
    left -= span.events;
    return span;
  });
}
