import { chiSquareTail, twoSided } from './distributions.ts';
import { type Moments, varianceOfDifference } from './means.ts';
import { differenceOf, type Share, shareOf } from './proportions.ts';

export interface SampleRatio {
  readonly chi2: number;
  readonly p: number;
}

/** Do the arms hold as many as they should? Pearson's χ² of the counts against the expected shares (made to sum to 1). */
export function sampleRatio(counts: readonly number[], shares: readonly number[] = counts.map(() => 1)): SampleRatio {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return { chi2: 0, p: 1 };
  const chi2 = counts.reduce((sum, n, i) => {
    const expected = (total * (shares[i] ?? 0)) / whole;
    return sum + (n - expected) ** 2 / expected;
  }, 0);
  return { chi2, p: chiSquareTail(chi2, counts.length - 1) };
}

/** Were both sides alike? Difference ÷ the root of the mean variance, which does not grow with n, beside the z, which does. */
export interface Alike {
  readonly smd: number;
  readonly z: number;
  readonly p: number;
}

export function sharesAlike(treated: Share, control: Share): Alike {
  const { z, p } = differenceOf(treated, control);
  const [p1, p0] = [shareOf(treated), shareOf(control)];
  return { smd: standardised(p1 - p0, p1 * (1 - p1), p0 * (1 - p0)), z, p };
}

export function meansAlike(treated: Moments, control: Moments): Alike {
  const difference = treated.mean - control.mean;
  const variance = varianceOfDifference(treated, control);
  const z = variance === 0 ? 0 : difference / Math.sqrt(variance);
  return { smd: standardised(difference, treated.variance, control.variance), z, p: twoSided(z) };
}

const standardised = (difference: number, a: number, b: number): number => {
  const spread = Math.sqrt((a + b) / 2);
  return spread === 0 ? 0 : difference / spread;
};
