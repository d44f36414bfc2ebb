import type { Arena } from './arena.ts';
import type { BoostOptions } from './boost-options.ts';
import type { NodeSums, SplitRules } from './find-split.ts';
import { drawAt, saltOf } from './seeded-draws.ts';

/** Log odds of the share of ones, half a row added to either side so that it stays finite. */
export function baseMargin(labels: Uint8Array): number {
  let ones = 0;
  for (const label of labels) ones += label;
  return Math.log((ones + 0.5) / (labels.length - ones + 0.5));
}

/** Steps per unit of the gradient, four times as many of the hessian: as fine as sums over all rows allow in 32 bits (|gradient| ≤ 1, hessian ≤ ¼). */
export function stepsFor(rows: number): number {
  return Math.min(2 ** 20, Math.floor((2 ** 31 - 1) / rows) - 1);
}

/** Hessian that a category is thought to have seen before: ten rows of even odds. */
const ORDER_PRIOR = 2.5;

export function rulesOf(steps: number, { lambda, minHessian }: BoostOptions): SplitRules {
  return { lambda: lambda * 4 * steps, minHessian: minHessian * 4 * steps, orderPrior: ORDER_PRIOR * 4 * steps };
}

/** Value of a leaf: −rate × G ÷ (H + λ), one Newton step. */
export function leafValue({ gradient, hessian }: NodeSums, steps: number, { rate, lambda }: BoostOptions): number {
  const penalised = hessian / (4 * steps) + lambda;
  return penalised > 0 ? (-rate * (gradient / steps)) / penalised : 0;
}

/**
 * Gradient p − y and hessian p (1 − p) of the log loss for rows [from, before), rounded to whole steps up or down by chance, so that sums
 * are unbiased. Whole numbers add up to the same in any order: one thread or two make the same trees. Rows that the tree does not draw weigh nothing.
 */
export function writeGradients(
  { plan, kernels, gradients }: Arena,
  from: number,
  before: number,
  steps: number,
  options: BoostOptions,
  tree: number,
): void {
  const { seed, rowShare } = options;
  const { margins, labels, gradients: into } = plan.at;
  kernels.gradients(margins + 8 * from, margins + 8 * before, labels + from, into + 8 * from, from, saltOf(seed ^ 0x2545f491, tree), steps);
  if (rowShare === 1) return;
  for (let row = from; row < before; row++) if (drawAt(seed, tree, row) >= rowShare) gradients.fill(0, 2 * row, 2 * row + 2);
}
