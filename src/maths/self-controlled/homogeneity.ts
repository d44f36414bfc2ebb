import { chiSquareTail } from '../distributions.ts';

export interface LogRatio {
  readonly log: number;
  readonly error: number;
}

/** Cochran's Q: are all these log ratios one and the same, but for chance? χ² with one degree of freedom fewer than there are ratios. */
export function homogeneity(ratios: readonly LogRatio[]): { readonly q: number; readonly df: number; readonly p: number } {
  const weights = ratios.map(({ error }) => 1 / (error * error));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = ratios.reduce((sum, { log }, i) => sum + (weights[i] ?? 0) * log, 0) / total;
  const q = ratios.reduce((sum, { log }, i) => sum + (weights[i] ?? 0) * (log - mean) ** 2, 0);
  const df = Math.max(0, ratios.length - 1);
  return df === 0 ? { q: 0, df, p: 1 } : { q, df, p: chiSquareTail(q, df) };
}

/**
 * Empirical Bayes: how far the true log ratios of a family spread around 0, from the data (Paule and Mandel, 1982: the spread at which
 * Σ log²/(spread² + error²) is the number of ratios), and every log ratio drawn towards 0 by the share of its variance that is chance.
 * So a large ratio of few events does not stand above a certain one.
 */
export function shrunkLogs(ratios: readonly LogRatio[]): readonly number[] {
  const variance = spreadOf(ratios);
  return ratios.map(({ log, error }) => (variance === 0 ? 0 : (log * variance) / (variance + error * error)));
}

function spreadOf(ratios: readonly LogRatio[]): number {
  const excess = (variance: number): number =>
    ratios.reduce((sum, { log, error }) => sum + (log * log) / (variance + error * error), 0) - ratios.length;
  if (ratios.length === 0 || excess(0) <= 0) return 0;
  let high = 1;
  while (excess(high) > 0) high *= 2;
  let low = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
