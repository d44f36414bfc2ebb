import { nonNegativeRidge } from '../../maths/ridge.ts';
import type { ServiceCell } from './service-cells.ts';

/**
 * The grievance index 抱怨指数 of a service item, 0–100: Σ weight × pressure over its grievance points.
 * pressure of a point = 100 × its grievances per 1,000 customers ÷ the 95th percentile of that rate in the reference cells, at most 100.
 * 0: nobody grieved; 100: every point at or above what only one earlier cell in twenty reached. Weights are ≥ 0 and sum to 1.
 */
export interface IndexModel {
  /** Per point. */
  readonly weights: readonly number[];
  /** Rate that counts as 100, per point. */
  readonly full: readonly number[];
  /** Who gave the weights: learned from the reference cells, set by a person (or the pack), or all alike for want of cells. */
  readonly weightsFrom: 'learned' | 'set' | 'equal';
  /** Reference cells with an answer. */
  readonly cells: number;
}

/** Cells by which equal weights outweigh learned ones: 20 cells count half. */
const EQUAL_CELLS = 20;
const LEAST_CELLS = 12;
const TOP = 0.95;

/** Learns from `reference`, which must lie before the cells that the index is used on. `set`: weights that somebody gave. */
export function indexModel(reference: readonly ServiceCell[], points: number, set: readonly number[] | null): IndexModel {
  const full = Array.from({ length: points }, (_, p) => topRate(reference.map((cell) => cell.rates[p] ?? 0)));
  const answered = reference.filter((cell) => cell.satisfaction !== null);
  if (set !== null) return { weights: normalised(set), full, weightsFrom: 'set', cells: answered.length };
  const equal = Array.from({ length: points }, () => 1 / points);
  if (answered.length < LEAST_CELLS) return { weights: equal, full, weightsFrom: 'equal', cells: answered.length };
  const learned = learnedWeights(answered, full);
  if (learned === null) return { weights: equal, full, weightsFrom: 'equal', cells: answered.length };
  const share = answered.length / (answered.length + EQUAL_CELLS);
  const weights = learned.map((weight, p) => share * weight + (1 - share) * (equal[p] ?? 0));
  return { weights, full, weightsFrom: 'learned', cells: answered.length };
}

export function indexOf(model: IndexModel, rates: readonly number[]): number {
  return model.weights.reduce((sum, weight, p) => sum + weight * pressure(rates[p] ?? 0, model.full[p] ?? 0), 0);
}

export const pressure = (rate: number, full: number): number => (full <= 0 ? (rate > 0 ? 100 : 0) : Math.min(100, (100 * rate) / full));

/** What each point takes from satisfaction, by regression with slopes ≥ 0 weighted by answers; null where none takes anything. */
function learnedWeights(cells: readonly ServiceCell[], full: readonly number[]): readonly number[] | null {
  const columns = full.map((top, p) => cells.map((cell) => pressure(cell.rates[p] ?? 0, top)));
  const lost = cells.map((cell) => -(cell.satisfaction ?? 0));
  const answers = cells.map((cell) => cell.answers);
  const total = answers.reduce((sum, n) => sum + n, 0);
  // A tenth of the spread that pressures have at most (50²), per answer: enough to keep two points that move together from sharing by chance.
  const fit = nonNegativeRidge(columns, lost, 0.1 * 2500 * total * 0.1, answers);
  const sum = fit.slopes.reduce((all, slope) => all + slope, 0);
  return sum <= 0 ? null : [...fit.slopes].map((slope) => slope / sum);
}

function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

/** 95th percentile among the cells in which it happened at all: a rare point would else have no scale. */
function topRate(rates: readonly number[]): number {
  const happened = rates.filter((rate) => rate > 0).toSorted((a, b) => a - b);
  if (happened.length === 0) return 0;
  return happened[Math.min(happened.length - 1, Math.floor(TOP * happened.length))] ?? 0;
}
