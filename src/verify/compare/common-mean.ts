import { chiSquareTail, twoSided } from '../../maths/distributions.ts';
import { varianceOfDifference } from '../../maths/means.ts';
import { zOf } from '../../maths/proportions.ts';
import type { Sides, Stratified } from './compare-arms.ts';

/** treated − control of a number over strata, weighted by n₁n₀/n as Mantel and Haenszel weight shares; Cochran's Q asks whether they agree. */
export function commonMean(cells: readonly Sides[]): Stratified {
  const parts = cells
    .filter(({ treated, control }) => treated.n > 1 && control.n > 1)
    .map(({ treated, control }) => ({
      weight: (treated.n * control.n) / (treated.n + control.n),
      effect: treated.moments.mean - control.moments.mean,
      variance: varianceOfDifference(treated.moments, control.moments),
    }));
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weight === 0)
    return {
      effect: { effect: null, low: null, high: null, z: null, p: null, ratio: null, ratio_low: null, ratio_high: null },
      variance: 0,
      agree: null,
    };
  const effect = parts.reduce((sum, part) => sum + part.weight * part.effect, 0) / weight;
  const variance = parts.reduce((sum, part) => sum + part.weight ** 2 * part.variance, 0) / weight ** 2;
  const [error, df] = [Math.sqrt(variance), parts.length - 1];
  const sure = parts.filter((part) => part.variance > 0);
  const precision = sure.reduce((sum, part) => sum + 1 / part.variance, 0);
  const mean = sure.reduce((sum, part) => sum + part.effect / part.variance, 0) / precision;
  const chi2 = sure.reduce((sum, part) => sum + (part.effect - mean) ** 2 / part.variance, 0);
  const z = error === 0 ? 0 : effect / error;
  return {
    effect: {
      effect,
      low: effect - zOf(0.95) * error,
      high: effect + zOf(0.95) * error,
      z,
      p: twoSided(z),
      ratio: null,
      ratio_low: null,
      ratio_high: null,
    },
    variance,
    agree: df < 1 ? null : { chi2, df, p: chiSquareTail(chi2, df) },
  };
}
