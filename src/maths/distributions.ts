import { incompleteBeta, logGamma } from './rate-ratio.ts';

/** Tails of the distributions that tests need, right to about 12 digits and far out: p = 10⁻³⁰ is told from 0. */

/** P(X > x) of a χ² with `df` degrees of freedom. */
export const chiSquareTail = (x: number, df: number): number => (x <= 0 ? 1 : upperGamma(df / 2, x / 2));

/** P(Z > z) of a standard normal. */
export function normalTail(z: number): number {
  const half = upperGamma(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}

export const normalCdf = (z: number): number => normalTail(-z);

/** P(|Z| > |z|). */
export const twoSided = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** z with P(Z ≤ z) = p, by Acklam's approximation and one step of Halley's method (about 15 digits). */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  const rough = acklam(p);
  const error = (normalTail(-rough) - p) * Math.sqrt(2 * Math.PI) * Math.exp((rough * rough) / 2);
  return rough - error / (1 + (rough * error) / 2);
}

function acklam(p: number): number {
  const fold = (list: readonly number[], x: number): number => list.reduce((sum, c) => sum * x + c, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return (
      fold([-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783], q) /
      fold([7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1], q)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    (fold([-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239], r) * q) /
    fold([-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1], r)
  );
}

/** P(|T| > |t|) of Student's t. */
export const studentTwoSided = (t: number, df: number): number => incompleteBeta(df / (df + t * t), df / 2, 0.5);

/** t with P(|T| ≤ t) = confidence, by bisection. */
export function studentWithin(confidence: number, df: number): number {
  let [low, high] = [0, 1e3];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, df) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularised upper incomplete gamma Q(a, x): a series below a + 1, Lentz's continued fraction above. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  return x < a + 1 ? 1 - front * gammaSeries(a, x) : front * gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 1000 && Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function gammaFraction(a: number, x: number): number {
  const tiny = 1e-300;
  const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / awayFromZero(b);
  let h = d;
  for (let n = 1; n < 1000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}
