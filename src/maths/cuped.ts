import { type Moments, momentsOf, welch } from './means.ts';
import type { Difference } from './proportions.ts';

/** Each row's metric and the same metric before the start (NaN: not known then). */
export interface BeforeAfter {
  readonly before: ArrayLike<number>;
  readonly after: ArrayLike<number>;
}

export interface Adjusted extends Difference {
  /** Variance of the adjusted estimate ÷ variance of the plain one: 1 says that looking back did not help. */
  readonly varianceRatio: number;
  readonly theta: number;
  /** Rows that know both times. */
  readonly n: number;
}

/**
 * CUPED (Deng et al. 2013): what a row did before is taken off what it does after, by the slope common to both arms. It sharpens the
 * estimate and changes its mean only by chance. null: fewer than two rows of an arm know both times.
 */
export function cuped(treated: BeforeAfter, control: BeforeAfter): Adjusted | null {
  const [t, c] = [known(treated), known(control)];
  if (t.after.length < 2 || c.after.length < 2) return null;
  const [bt, bc] = [momentsOf(t.before), momentsOf(c.before)];
  const [at, ac] = [momentsOf(t.after), momentsOf(c.after)];
  const spread = bt.variance * (bt.n - 1) + bc.variance * (bc.n - 1);
  const theta = spread === 0 ? 0 : (products(t, bt, at) + products(c, bc, ac)) / spread;
  const whole = (bt.mean * bt.n + bc.mean * bc.n) / (bt.n + bc.n);
  const off = ({ before, after }: Known): Float64Array => Float64Array.from(after, (y, i) => y - theta * ((before[i] as number) - whole));
  const adjusted = welch(momentsOf(off(t)), momentsOf(off(c)));
  const plain = at.variance / at.n + ac.variance / ac.n;
  const [vt, vc] = [momentsOf(off(t)), momentsOf(off(c))];
  return { ...adjusted, theta, n: bt.n + bc.n, varianceRatio: plain === 0 ? 1 : (vt.variance / vt.n + vc.variance / vc.n) / plain };
}

/**
 * Difference in differences: how much more the treated changed than the control did, each row against itself. It stands where the
 * groups were not alike before, as long as both would have moved alike without the treatment, which data cannot show.
 */
export function differenceInDifferences(treated: BeforeAfter, control: BeforeAfter): (Difference & { readonly n: number }) | null {
  const change = ({ before, after }: Known): Moments => momentsOf(Float64Array.from(after, (y, i) => y - (before[i] as number)));
  const [t, c] = [change(known(treated)), change(known(control))];
  return t.n < 2 || c.n < 2 ? null : { ...welch(t, c), n: t.n + c.n };
}

/** Two samples of one group, mostly of different people. */
export interface TwoTimes {
  readonly before: Moments;
  readonly after: Moments;
  /** Those who are in both, and how their two values go together: it takes its part off the error of the change. Absent: nobody is. */
  readonly both?: { readonly n: number; readonly covariance: number };
}

/** after − before as a mean with its variance, of as many as the smaller sample has. */
export function changeOf({ before, after, both }: TwoTimes): Moments {
  const n = Math.min(before.n, after.n);
  const shared = both === undefined ? 0 : (2 * both.n * both.covariance) / (before.n * after.n);
  return {
    n,
    mean: after.mean - before.mean,
    variance: Math.max(0, before.variance / before.n + after.variance / after.n - shared) * n,
  };
}

/** The same from four groups of different people (before and after asked of others), by their moments. */
export function differenceOfChanges(treated: TwoTimes, control: TwoTimes): Difference {
  return welch(changeOf(treated), changeOf(control));
}

interface Known {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

function known({ before, after }: BeforeAfter): Known {
  const rows = Array.from(after, (_, i) => i).filter((i) => !Number.isNaN(before[i]) && !Number.isNaN(after[i]));
  return {
    before: Float64Array.from(rows, (i) => before[i] as number),
    after: Float64Array.from(rows, (i) => after[i] as number),
  };
}

function products({ before, after }: Known, b: Moments, a: Moments): number {
  let sum = 0;
  for (let i = 0; i < before.length; i++) sum += ((before[i] as number) - b.mean) * ((after[i] as number) - a.mean);
  return sum;
}
