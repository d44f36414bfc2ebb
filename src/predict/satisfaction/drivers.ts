import { jointMoments, type JointMoments } from '../../maths/joint-moments.ts';
import { relativeWeights } from '../../maths/relative-weights.ts';
import { solveDefinite } from '../../maths/cholesky.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import type { DesignColumn } from './driver-design.ts';

/** How much of what is explained of a score comes from a column, and what it does to the score. */
export interface Driver {
  readonly name: string;
  /** The value of a category that moves the score most; null for numbers. */
  readonly value: string | null;
  /** Share of the explained variance (relative weights), with a 95 % bootstrap interval. */
  readonly weight: number;
  readonly low: number;
  readonly high: number;
  /** Points of the score: yes against no, or per standard deviation, the other columns held equal. */
  readonly effect: number;
  readonly effect_low: number;
  readonly effect_high: number;
  readonly unit: 'yes' | 'sd';
  /** Correlation with the score by itself. */
  readonly r: number;
  /** Share of the resamples in which it is among the ten heaviest. */
  readonly top_ten: number;
}

export interface Drivers {
  readonly r2: number;
  readonly drivers: readonly Driver[];
  readonly resamples: number;
}

const RESAMPLES = 100;
/** Of standardised columns: enough to hold apart what hardly differs. */
const PENALTY = 0.02;
const TOP = 10;

/** Relative weights and adjusted effects of columns on a score, resampled by rows. Columns of one title share one place in the list. */
export function driversOf(columns: readonly DesignColumn[], score: Float64Array, seed: number, resamples = RESAMPLES): Drivers {
  if (columns.length === 0 || score.length < 30) return { r2: 0, drivers: [], resamples: 0 };
  const values = columns.map((column) => column.values);
  const whole = partsOf(columns, jointMoments(values, score, new Float64Array(score.length).fill(1)));
  const random = seededRandom(seed, 'drivers');
  const drawn = Array.from({ length: resamples }, () => {
    const times = new Float64Array(score.length);
    for (let i = 0; i < score.length; i++) {
      const at = random.int(score.length);
      times[at] = (times[at] ?? 0) + 1;
    }
    return partsOf(columns, jointMoments(values, score, times));
  });
  const tops = drawn.map((parts) => heaviest(parts.weights));
  const names = [...whole.weights.keys()];
  const drivers = names.map((name): Driver => {
    const at = strongest(columns, name, whole.effects);
    const column = columns[at];
    const weights = drawn.map((parts) => parts.weights.get(name) ?? 0);
    const effects = drawn.map((parts) => parts.effects[at] ?? 0);
    return {
      name,
      value: column?.level ?? null,
      weight: whole.weights.get(name) ?? 0,
      ...named(weights),
      effect: whole.effects[at] ?? 0,
      effect_low: quantile(effects, 0.025),
      effect_high: quantile(effects, 0.975),
      unit: column?.unit ?? 'sd',
      r: whole.rs[at] ?? 0,
      top_ten: tops.filter((top) => top.has(name)).length / Math.max(1, tops.length),
    };
  });
  return { r2: whole.r2, drivers: drivers.toSorted((a, b) => b.weight - a.weight), resamples };
}

interface Parts {
  readonly r2: number;
  /** By title, shares that sum to 1. */
  readonly weights: ReadonlyMap<string, number>;
  readonly effects: Float64Array;
  readonly rs: Float64Array;
}

function partsOf(columns: readonly DesignColumn[], moments: JointMoments): Parts {
  const { weights, r2 } = relativeWeights(moments.correlations, moments.withOutcome);
  const byName = new Map<string, number>();
  columns.forEach((column, c) => byName.set(column.of, (byName.get(column.of) ?? 0) + (r2 <= 0 ? 0 : (weights[c] ?? 0) / r2)));
  return { r2, weights: byName, effects: effectsOf(columns, moments), rs: moments.withOutcome };
}

/** Ridge on standardised columns; then in points of the score, yes against no or per standard deviation. */
function effectsOf(columns: readonly DesignColumn[], { correlations, withOutcome, sds, outcomeSd }: JointMoments): Float64Array {
  const size = columns.length;
  const matrix = Float64Array.from(correlations);
  for (let c = 0; c < size; c++) matrix[c * size + c] = (matrix[c * size + c] ?? 0) + PENALTY;
  const slopes = solveDefinite(matrix, withOutcome);
  return slopes.map((slope, c) => {
    const sd = sds[c] ?? 0;
    return columns[c]?.unit === 'yes' ? (sd <= 1e-9 ? 0 : (slope * outcomeSd) / sd) : slope * outcomeSd;
  });
}

function strongest(columns: readonly DesignColumn[], name: string, effects: Float64Array): number {
  let best = -1;
  columns.forEach((column, c) => {
    if (column.of === name && (best < 0 || Math.abs(effects[c] ?? 0) > Math.abs(effects[best] ?? 0))) best = c;
  });
  return best;
}

const heaviest = (weights: ReadonlyMap<string, number>): ReadonlySet<string> =>
  new Set(
    [...weights]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, TOP)
      .map(([name]) => name),
  );

const named = (values: readonly number[]): { readonly low: number; readonly high: number } => ({
  low: quantile(values, 0.025),
  high: quantile(values, 0.975),
});

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0;
}
