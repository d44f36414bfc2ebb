import { chiSquareTail, twoSided } from './distributions.ts';
import { type Difference, type Ratio, type Share, zOf } from './proportions.ts';

/** One stratum of a fourfold table. */
export interface Stratum {
  readonly treated: Share;
  readonly control: Share;
}

export interface Homogeneity {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
}

export interface CommonOdds {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Cochran–Mantel–Haenszel without continuity correction, one degree of freedom. */
  readonly chi2: number;
  readonly p: number;
}

/** The common odds ratio (Mantel and Haenszel 1959) with the interval of Robins, Breslow and Greenland (1986). null: nothing to compare. */
export function commonOdds(strata: readonly Stratum[], confidence = 0.95): CommonOdds | null {
  let [r, s, pr, mixed, qs, observed, variance] = [0, 0, 0, 0, 0, 0, 0];
  for (const stratum of strata) {
    const { a, b, c, d, n } = cells(stratum);
    if (n < 2) continue;
    const [ri, si, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
    r += ri;
    s += si;
    pr += p * ri;
    mixed += p * si + q * ri;
    qs += q * si;
    observed += a - ((a + b) * (a + c)) / n;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  if (r === 0 || s === 0) return null;
  const half = zOf(confidence) * Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
  const chi2 = variance === 0 ? 0 : (observed * observed) / variance;
  const log = Math.log(r / s);
  return { ratio: r / s, low: Math.exp(log - half), high: Math.exp(log + half), chi2, p: chiSquareTail(chi2, 1) };
}

/** treated − control with Mantel–Haenszel weights and Sato's variance (1989), which holds for few large and many small strata. */
export function commonDifference(strata: readonly Stratum[], confidence = 0.95): Difference & { readonly variance: number } {
  let [sum, weight, p, q] = [0, 0, 0, 0];
  for (const stratum of strata) {
    const { a, b, c, d, n } = cells(stratum);
    const [n1, n0] = [a + b, c + d];
    if (n1 === 0 || n0 === 0) continue;
    sum += (a * n0 - c * n1) / n;
    weight += (n1 * n0) / n;
    p += (n1 * n1 * c - n0 * n0 * a + (n1 * n0 * (n0 - n1)) / 2) / (n * n);
    q += (a * (n0 - c) + c * (n1 - a)) / (2 * n);
  }
  const effect = sum / weight;
  const variance = (effect * p + q) / (weight * weight);
  const z = variance <= 0 ? 0 : effect / Math.sqrt(variance);
  const half = zOf(confidence) * Math.sqrt(Math.max(0, variance));
  return { effect, low: effect - half, high: effect + half, z, p: twoSided(z), variance };
}

/** The common ratio of shares with the variance of Greenland and Robins (1985). */
export function commonRatio(strata: readonly Stratum[], confidence = 0.95): Ratio {
  let [r, s, v] = [0, 0, 0];
  for (const stratum of strata) {
    const { a, b, c, d, n } = cells(stratum);
    if (n === 0) continue;
    r += (a * (c + d)) / n;
    s += (c * (a + b)) / n;
    v += ((a + b) * (c + d) * (a + c) - a * c * n) / (n * n);
  }
  if (r === 0 || s === 0) return { ratio: null, low: null, high: null };
  const half = zOf(confidence) * Math.sqrt(v / (r * s));
  const log = Math.log(r / s);
  return { ratio: r / s, low: Math.exp(log - half), high: Math.exp(log + half) };
}

/** Is the log odds ratio the same everywhere? Woolf's test (1955); strata with an empty cell carry no log odds and are left out. */
export function woolf(strata: readonly Stratum[]): Homogeneity | null {
  const parts = strata.flatMap((stratum) => {
    const { a, b, c, d } = cells(stratum);
    if (a === 0 || b === 0 || c === 0 || d === 0) return [];
    return [{ log: Math.log((a * d) / (b * c)), weight: 1 / (1 / a + 1 / b + 1 / c + 1 / d) }];
  });
  return spread(parts);
}

/** The same question with the expected cells of the common odds ratio: Breslow and Day (1980) with Tarone's correction (1985). */
export function breslowDay(strata: readonly Stratum[]): Homogeneity | null {
  const common = commonOdds(strata);
  if (common === null) return null;
  let [chi2, used, gap, total] = [0, 0, 0, 0];
  for (const stratum of strata) {
    const { a, b, c, d, n } = cells(stratum);
    const [n1, n0, m] = [a + b, c + d, a + c];
    if (n1 === 0 || n0 === 0 || m === 0 || m === n) continue;
    const fit = fittedCell(n1, n0, m, common.ratio);
    const variance = 1 / (1 / fit + 1 / (n1 - fit) + 1 / (m - fit) + 1 / (n0 - m + fit));
    chi2 += (a - fit) ** 2 / variance;
    gap += a - fit;
    total += variance;
    used++;
  }
  if (used < 2) return null;
  const corrected = Math.max(0, chi2 - (gap * gap) / total);
  return { chi2: corrected, df: used - 1, p: chiSquareTail(corrected, used - 1) };
}

function spread(parts: readonly { readonly log: number; readonly weight: number }[]): Homogeneity | null {
  if (parts.length < 2) return null;
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const mean = parts.reduce((sum, part) => sum + part.weight * part.log, 0) / weight;
  const chi2 = parts.reduce((sum, part) => sum + part.weight * (part.log - mean) ** 2, 0);
  return { chi2, df: parts.length - 1, p: chiSquareTail(chi2, parts.length - 1) };
}

/** The count of treated events that margins and an odds ratio imply: the root of a quadratic. */
function fittedCell(n1: number, n0: number, m: number, odds: number): number {
  const least = Math.max(0, m - n0);
  const most = Math.min(n1, m);
  if (Math.abs(odds - 1) < 1e-9) return (n1 * m) / (n1 + n0);
  const b = n0 - m + odds * (n1 + m);
  const root = Math.sqrt(b * b - 4 * (odds - 1) * odds * n1 * m);
  const fit = (b - root) / (2 * (odds - 1));
  return Math.min(most, Math.max(least, fit));
}

function cells({ treated, control }: Stratum) {
  const [a, c] = [treated.events, control.events];
  return { a, b: treated.n - a, c, d: control.n - c, n: treated.n + control.n };
}
