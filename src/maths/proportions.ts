import { normalQuantile, twoSided } from './distributions.ts';

/** Events among n, as whole numbers. */
export interface Share {
  readonly events: number;
  readonly n: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const shareOf = ({ events, n }: Share): number => events / n;

/** Wilson's score interval of one share (1927). */
export function wilson({ events, n }: Share, confidence = 0.95): Interval {
  const z = zOf(confidence);
  const p = events / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: events === 0 ? 0 : (middle - half) / scale, high: events === n ? 1 : (middle + half) / scale };
}

export interface Difference extends Interval {
  readonly effect: number;
  readonly z: number;
  readonly p: number;
}

/**
 * treated − control: Newcombe's hybrid score interval (1998, method 10) around the difference, and the z of equal shares with the
 * pooled variance. Without any event, or with nothing but events, z is 0.
 */
export function differenceOf(treated: Share, control: Share, confidence = 0.95): Difference {
  const [p1, p0] = [shareOf(treated), shareOf(control)];
  const [w1, w0] = [wilson(treated, confidence), wilson(control, confidence)];
  const effect = p1 - p0;
  const z = pooledZ(treated, control);
  return {
    effect,
    low: effect - Math.hypot(p1 - w1.low, w0.high - p0),
    high: effect + Math.hypot(w1.high - p1, p0 - w0.low),
    z,
    p: twoSided(z),
  };
}

/** Variance of the difference under equal shares. */
function pooledVariance(treated: Share, control: Share): number {
  const p = (treated.events + control.events) / (treated.n + control.n);
  return p * (1 - p) * (1 / treated.n + 1 / control.n);
}

/** Variance of the difference with each side's own share, as the interval of an estimate needs it. */
export function ownVariance(treated: Share, control: Share): number {
  const [p1, p0] = [shareOf(treated), shareOf(control)];
  return (p1 * (1 - p1)) / treated.n + (p0 * (1 - p0)) / control.n;
}

function pooledZ(treated: Share, control: Share): number {
  const variance = pooledVariance(treated, control);
  return variance === 0 ? 0 : (shareOf(treated) - shareOf(control)) / Math.sqrt(variance);
}

export interface Ratio {
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** treated ÷ control with Katz's interval of the logarithm (1978); all null where either side has no event. */
export function shareRatio(treated: Share, control: Share, confidence = 0.95): Ratio {
  if (treated.events === 0 || control.events === 0) return { ratio: null, low: null, high: null };
  const log = Math.log(shareOf(treated) / shareOf(control));
  const half = zOf(confidence) * Math.sqrt(1 / treated.events - 1 / treated.n + 1 / control.events - 1 / control.n);
  return { ratio: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half) };
}

/** 1.96 for 95 %. */
export const zOf = (confidence: number): number => normalQuantile((1 + confidence) / 2);
