import { alwaysValid } from '../../maths/always-valid.ts';
import {
  breslowDay,
  commonDifference,
  commonOdds,
  commonRatio,
  type Homogeneity,
  type Stratum,
  woolf,
} from '../../maths/mantel-haenszel.ts';
import { meanRatio, varianceOfDifference, welch } from '../../maths/means.ts';
import { detectableMean, detectableShare, neededForMean, neededForShare } from '../../maths/power.ts';
import { differenceOf, ownVariance, shareRatio } from '../../maths/proportions.ts';
import type { AlwaysValidView, CommonView, Effect, SideView } from '../../model/comparison.ts';
import { commonMean } from './common-mean.ts';
import type { MetricKind } from '../../model/comparison.ts';
import type { Cell } from './outcome-cells.ts';

/** For a share the mixture is sharpest for one percentage point; for a number, where it would be one for a share of 7 %: .04 of its spread. */
const TAU_SHARE = 0.01;
const TAU_SPREADS = 0.04;

export interface Sides {
  readonly treated: Cell;
  readonly control: Cell;
}

const NOTHING: Effect = { effect: null, low: null, high: null, z: null, p: null, ratio: null, ratio_low: null, ratio_high: null };

export const isShare = (kind: MetricKind): boolean => kind === 'share' || kind === 'rate' || kind === 'events';

/** Two cells compared; without anybody on a side there is no effect, and bare rates have one without an interval. */
export function effectOf(kind: MetricKind, { treated, control }: Sides): Effect {
  if (treated.n === 0 || control.n === 0) return NOTHING;
  if (kind === 'bare') {
    const { mean } = treated.moments;
    const base = control.moments.mean;
    return { ...NOTHING, effect: mean - base, ratio: base > 0 ? mean / base : null };
  }
  if (!isShare(kind) && (treated.n < 2 || control.n < 2)) return { ...NOTHING, effect: treated.moments.mean - control.moments.mean };
  const { effect, low, high, z, p } = isShare(kind) ? differenceOf(treated, control) : welch(treated.moments, control.moments);
  const ratio = isShare(kind) ? shareRatio(treated, control) : meanRatio(treated.moments, control.moments);
  return { effect, low, high, z, p, ratio: ratio.ratio, ratio_low: ratio.low, ratio_high: ratio.high };
}

export function sideOf(kind: MetricKind, { n, events, moments }: Cell): SideView {
  return { n: kind === 'bare' ? 0 : n, events: isShare(kind) ? events : null, value: n === 0 ? null : moments.mean };
}

export interface Stratified {
  readonly effect: Effect;
  readonly variance: number;
  readonly common?: CommonView;
  readonly agree: Homogeneity | null;
}

/** All strata together: Mantel–Haenszel for shares, weighted by size for numbers. */
export function stratified(kind: MetricKind, cells: readonly Sides[]): Stratified {
  if (!isShare(kind)) return commonMean(cells);
  if (!cells.some(({ treated, control }) => treated.n > 0 && control.n > 0)) return { effect: NOTHING, variance: 0, agree: null };
  const strata: readonly Stratum[] = cells;
  const difference = commonDifference(strata);
  const ratio = commonRatio(strata);
  const odds = commonOdds(strata);
  const [w, bd] = [woolf(strata), breslowDay(strata)];
  return {
    effect: { ...pick(difference), ratio: ratio.ratio, ratio_low: ratio.low, ratio_high: ratio.high },
    variance: difference.variance,
    agree: w ?? bd,
    common: {
      odds_ratio: odds?.ratio ?? null,
      low: odds?.low ?? null,
      high: odds?.high ?? null,
      chi2: odds?.chi2 ?? null,
      p: odds?.p ?? null,
      risk_difference: difference.effect,
      risk_difference_low: difference.low,
      risk_difference_high: difference.high,
      woolf: w,
      breslow_day: bd,
    },
  };
}

const pick = ({ effect, low, high, z, p }: { effect: number; low: number; high: number; z: number; p: number }) => ({
  effect,
  low,
  high,
  z,
  p,
});

export function varianceOf(kind: MetricKind, { treated, control }: Sides): number {
  return isShare(kind) ? ownVariance(treated, control) : varianceOfDifference(treated.moments, control.moments);
}

export function alwaysValidOf(kind: MetricKind, sides: Sides, effect: number | null, variance: number): AlwaysValidView {
  if (effect === null || !(variance > 0)) return { low: null, high: null, p: null };
  const spread = Math.sqrt((sides.treated.moments.variance + sides.control.moments.variance) / 2);
  return alwaysValid(effect, variance, isShare(kind) ? TAU_SHARE : TAU_SPREADS * spread);
}

/** What so many can show, and how many would show what was seen. Where nobody differs from anybody nothing tells what could be shown. */
export function sizesOf(
  kind: MetricKind,
  { treated, control }: Sides,
  effect: number | null,
): { detectable: number | null; needed: number | null } {
  const base = control.moments.mean;
  if (kind === 'bare') {
    const isRate = base > 0 && base < 1 && treated.moments.mean > 0 && treated.moments.mean < 1;
    return { detectable: null, needed: isRate && effect !== null && effect !== 0 ? neededForShare(base, effect) : null };
  }
  if (treated.n < 2 || control.n < 2) return { detectable: null, needed: null };
  const plan = { alpha: 0.05, power: 0.8, ratio: treated.n / control.n };
  const spread = Math.sqrt((treated.moments.variance + control.moments.variance) / 2);
  const could = isShare(kind) ? detectableShare(base, control.n, plan) : detectableMean(spread, control.n, plan);
  const detectable = could > 0 ? could : null;
  if (effect === null || effect === 0) return { detectable, needed: null };
  return { detectable, needed: isShare(kind) ? neededForShare(base, effect) : neededForMean(spread, effect) };
}
