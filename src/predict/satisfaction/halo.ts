import { pearson } from '../../maths/correlation.ts';
import { symmetricEigen } from '../../maths/symmetric-eigen.ts';

/** All ratings of one customer move together when they rate the company and not its parts. */
export interface Halo {
  readonly ratings: readonly string[];
  /** Share of the ratings' joint variance on their first principal component. */
  readonly share: number;
  /** What the share would be if ratings had nothing to do with one another. */
  readonly apart: number;
  readonly warning: boolean;
}

export interface RatingColumn {
  readonly name: string;
  /** NaN = not given. */
  readonly values: Float64Array;
}

const WARN = 0.6;
const LEAST_ROWS = 30;

/** Ratings on the score's own scale: whole numbers within it that use at least half of it (and three values). */
export function ratingsLike(score: RatingColumn, others: readonly RatingColumn[]): readonly RatingColumn[] {
  const { from, to } = scaleOf(score.values);
  const steps = to - from;
  return others.filter(({ values }) => {
    const given = values.filter((value) => !Number.isNaN(value));
    if (given.length < 0.5 * values.length || given.length === 0) return false;
    const kinds = new Set(given);
    const [low, high] = rangeOf(given);
    return low >= from && high <= to && kinds.size >= Math.max(3, Math.ceil(steps / 2)) && given.every(Number.isInteger);
  });
}

/** null with fewer than two ratings beside the score or too few rows that have them all. */
export function haloOf(score: RatingColumn, ratings: readonly RatingColumn[]): Halo | null {
  const all = [score, ...ratings];
  if (ratings.length < 2) return null;
  const rows = Array.from(score.values.keys()).filter((row) => all.every(({ values }) => !Number.isNaN(values[row])));
  if (rows.length < LEAST_ROWS) return null;
  const columns = all.map(({ values }) => Float64Array.from(rows, (row) => values[row] ?? 0));
  const size = all.length;
  const matrix = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) matrix[a * size + b] = a === b ? 1 : (pearson(columns[a] ?? [], columns[b] ?? []) ?? 0);
  const share = (symmetricEigen(matrix, size).values[0] ?? 0) / size;
  return { ratings: all.map(({ name }) => name), share, apart: 1 / size, warning: share >= WARN };
}

/** 1–5, 1–10 or 0–100 (0–5 and 0–10 where a 0 was given): the smallest scale that holds every score. */
export function scaleOf(values: Float64Array): { readonly from: number; readonly to: number } {
  const [low, high] = rangeOf(values);
  if (high > 10) return { from: 0, to: 100 };
  return { from: low < 1 ? 0 : 1, to: high > 5 ? 10 : 5 };
}

function rangeOf(values: Float64Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
