import { MISSING } from './boosted-trees.ts';

/** Sums of quantised gradients and hessians: of bin b, hessian at 2b and gradient at 2b + 1. */
export type Histogram = Int32Array;

/** Sums of a node, quantised. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
}

export interface Split {
  readonly column: number;
  readonly gain: number;
  readonly upTo: number;
  readonly missingLeft: boolean;
  /** Bins that go left, of a category: 256 bits. */
  readonly set: Uint32Array | null;
  readonly left: NodeSums;
}

/** In quantised units of the hessian; gains then all carry the same factor, which no comparison notices. */
export interface SplitRules {
  readonly lambda: number;
  readonly minHessian: number;
  /** Categories are ordered as if each had seen this much more at the node's own mean: a rare one is then not sent far out. */
  readonly orderPrior: number;
}

/** Where a column's bins lie in the histogram, missing first. */
export interface ColumnBins {
  readonly column: number;
  readonly from: number;
  readonly bins: number;
}

/** A gain smaller than this share of the score is no gain but the last digits of it. */
const ROUNDING = 1e-12;

/** The sums over one column's bins: every row is in just one of them. */
export function sumsOf(histogram: Histogram, { from, bins }: ColumnBins): NodeSums {
  let [gradient, hessian] = [0, 0];
  for (let at = 2 * from; at < 2 * (from + bins); at += 2) {
    hessian += histogram[at] as number;
    gradient += histogram[at + 1] as number;
  }
  return { gradient, hessian };
}

/** What a node explains when it is a leaf: G² ÷ (H + λ) (Chen & Guestrin 2016, eq. 6, twice that). */
function scoreOf(gradient: number, hessian: number, lambda: number): number {
  const penalised = hessian + lambda;
  return penalised > 0 ? (gradient * gradient) / penalised : 0;
}

/**
 * Best cut of a column of numbers that gains more than `least`; missing values are tried on both sides.
 * Gain = score(left) + score(right) − score(node).
 */
export function numberSplit(histogram: Histogram, at: ColumnBins, node: NodeSums, rules: SplitRules, least: number): Split | null {
  const { lambda, minHessian } = rules;
  const { gradient, hessian } = node;
  const whole = scoreOf(gradient, hessian, lambda);
  const [missingH, missingG] = [histogram[2 * at.from] as number, histogram[2 * at.from + 1] as number];
  const most = hessian - minHessian;
  let best = least + whole * (1 + ROUNDING);
  let [upTo, missingLeft] = [-1, false];
  let [bestG, bestH] = [0, 0];
  let [g, h] = [0, 0];
  for (let bin = 1, place = 2 * (at.from + 1); bin < at.bins; bin++, place += 2) {
    h += histogram[place] as number;
    g += histogram[place + 1] as number;
    if (h >= minHessian && h <= most) {
      const score = (g * g) / (h + lambda) + (gradient - g) ** 2 / (hessian - h + lambda);
      if (score > best) {
        best = score;
        [upTo, missingLeft, bestG, bestH] = [bin, false, g, h];
      }
    }
    if (missingH === 0) continue;
    const [withG, withH] = [g + missingG, h + missingH];
    if (withH < minHessian || withH > most) continue;
    const score = scoreOf(withG, withH, lambda) + scoreOf(gradient - withG, hessian - withH, lambda);
    if (score > best) {
      best = score;
      [upTo, missingLeft, bestG, bestH] = [bin, true, withG, withH];
    }
  }
  if (upTo < 0) return null;
  // Where training saw none missing, they will go with the larger side.
  const side = missingH === 0 ? 2 * bestH > hessian : missingLeft;
  return { column: at.column, gain: best - whole, upTo, missingLeft: side, set: null, left: { gradient: bestG, hessian: bestH } };
}

/** Best two groups of categories: ordered by their mean gradient, the best grouping is a cut of that order (Fisher 1958). */
export function categorySplit(histogram: Histogram, at: ColumnBins, node: NodeSums, rules: SplitRules, least: number): Split | null {
  const { lambda, minHessian, orderPrior } = rules;
  const mean = node.hessian > 0 ? node.gradient / node.hessian : 0;
  const hessianOf = (bin: number): number => histogram[2 * (at.from + bin)] as number;
  const gradientOf = (bin: number): number => histogram[2 * (at.from + bin) + 1] as number;
  const orderOf = (bin: number): number => (gradientOf(bin) + orderPrior * mean) / (hessianOf(bin) + orderPrior);
  const present = Array.from({ length: at.bins }, (_, bin) => bin).filter((bin) => hessianOf(bin) > 0);
  const order = present.map((bin) => ({ bin, by: orderOf(bin) })).toSorted((a, b) => a.by - b.by || a.bin - b.bin);
  let best = least + scoreOf(node.gradient, node.hessian, lambda) * (1 + ROUNDING);
  let taken = 0;
  let left: NodeSums = { gradient: 0, hessian: 0 };
  let [g, h] = [0, 0];
  for (let i = 0; i + 1 < order.length; i++) {
    const { bin } = order[i] as { bin: number };
    g += gradientOf(bin);
    h += hessianOf(bin);
    if (h < minHessian || node.hessian - h < minHessian) continue;
    const score = scoreOf(g, h, lambda) + scoreOf(node.gradient - g, node.hessian - h, lambda);
    if (score > best) [best, taken, left] = [score, i + 1, { gradient: g, hessian: h }];
  }
  if (taken === 0) return null;
  const set = new Uint32Array(8);
  for (const { bin } of order.slice(0, taken)) set[bin >>> 5] = (set[bin >>> 5] as number) | (1 << (bin & 31));
  const gain = best - scoreOf(node.gradient, node.hessian, lambda);
  return { column: at.column, gain, upTo: 0, missingLeft: ((set[0] as number) & (1 << MISSING)) !== 0, set, left };
}

/** Larger gain; the earlier column when equal, whoever searched it. */
export function betterSplit(a: Split | null, b: Split | null): Split | null {
  if (a === null || b === null) return a ?? b;
  return b.gain > a.gain || (b.gain === a.gain && b.column < a.column) ? b : a;
}
