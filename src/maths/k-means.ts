import type { Points } from './points.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export interface KMeansOptions {
  readonly clusters: number;
  /** Starts of which the best is kept. */
  readonly starts: number;
  readonly seed: number;
  /** Rounds of one start at most; default 300. */
  readonly rounds?: number;
  /** Told after each start; answering false ends the work with what there is. */
  readonly onStart?: (done: number) => boolean;
}

export interface KMeans {
  /** clusters × width. */
  readonly centroids: Float64Array;
  readonly labels: Int32Array;
  /** Sum of squared distances to the own centroid. */
  readonly inertia: number;
  readonly sizes: Int32Array;
}

/**
 * Lloyd's k-means from greedy k-means++ starts (Arthur & Vassilvitskii 2007: of 2 + ln K candidates the one that lowers the
 * inertia most). Rounds skip points whose centroid cannot have changed, by Hamerly's (2010) two bounds; the result is the same.
 * A cluster that runs empty takes the point farthest from its own centroid.
 */
export function kMeans(points: Points, options: KMeansOptions): KMeans {
  const k = Math.max(1, Math.min(options.clusters, points.rows));
  let best: KMeans | null = null;
  for (let start = 0; start < Math.max(1, options.starts); start++) {
    const random = seededRandom(options.seed, `k-means ${k} ${start}`);
    const one = lloyd(points, plusPlus(points, k, random), k, options.rounds ?? 300);
    if (best === null || one.inertia < best.inertia) best = one;
    if (options.onStart?.(start + 1) === false) break;
  }
  return best as KMeans;
}

/** The nearest of these centroids for each point. */
export function nearestCentroids(points: Points, centroids: Float64Array): Int32Array {
  const { rows, width, values } = points;
  const k = centroids.length / Math.max(1, width);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let c = 0; c < k; c++) {
      const far = squared(values, row * width, centroids, c * width, width);
      if (far < least) [nearest, least] = [c, far];
    }
    labels[row] = nearest;
  }
  return labels;
}

export function squared(a: Float64Array, atA: number, b: Float64Array, atB: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const away = (a[atA + i] as number) - (b[atB + i] as number);
    sum += away * away;
  }
  return sum;
}

function plusPlus({ rows, width, values }: Points, k: number, random: SeededRandom): Float64Array {
  const centroids = new Float64Array(k * width);
  const least = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const place = (c: number, row: number): void => {
    centroids.set(values.subarray(row * width, row * width + width), c * width);
    for (let i = 0; i < rows; i++) {
      const far = squared(values, i * width, values, row * width, width);
      if (far < (least[i] as number)) least[i] = far;
    }
  };
  place(0, random.int(rows));
  const tries = 2 + Math.floor(Math.log(k));
  for (let c = 1; c < k; c++) {
    let total = 0;
    for (let i = 0; i < rows; i++) total += least[i] as number;
    const targets = Float64Array.from({ length: tries }, () => random.next() * total).toSorted();
    let [chosen, lowest] = [-1, Number.POSITIVE_INFINITY];
    for (const candidate of drawn(least, targets, random)) {
      let sum = 0;
      for (let i = 0; i < rows && sum < lowest; i++) {
        const far = squared(values, i * width, values, candidate * width, width);
        const now = least[i] as number;
        sum += far < now ? far : now;
      }
      if (sum < lowest) [chosen, lowest] = [candidate, sum];
    }
    place(c, chosen < 0 ? random.int(rows) : chosen);
  }
  return centroids;
}

/** Rows drawn with probability proportional to `weights`: one pass over the ascending targets. */
function drawn(weights: Float64Array, targets: Float64Array, random: SeededRandom): readonly number[] {
  const rows: number[] = [];
  let [sum, row] = [0, -1];
  for (const target of targets) {
    while (row < weights.length - 1 && (row < 0 || sum <= target)) {
      row += 1;
      sum += weights[row] as number;
    }
    rows.push(row < 0 ? random.int(weights.length) : row);
  }
  return rows;
}

function lloyd(points: Points, centroids: Float64Array, k: number, rounds: number): KMeans {
  const { rows, width, values } = points;
  const labels = new Int32Array(rows);
  const upper = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const lower = new Float64Array(rows);
  const sums = new Float64Array(k * width);
  const sizes = new Int32Array(k);
  const moved = new Float64Array(k);
  const half = new Float64Array(k);
  let isFirst = true;
  for (let round = 0; round < rounds; round++) {
    halfToNearest(centroids, k, width, half);
    let changes = 0;
    for (let row = 0; row < rows; row++) {
      const own = labels[row] as number;
      const bound = Math.max(half[own] as number, lower[row] as number);
      if (!isFirst && (upper[row] as number) <= bound) continue;
      const tight = Math.sqrt(squared(values, row * width, centroids, own * width, width));
      upper[row] = tight;
      if (!isFirst && tight <= bound) continue;
      let [nearest, least, second] = [own, tight * tight, Number.POSITIVE_INFINITY];
      for (let c = 0; c < k; c++) {
        if (c === own) continue;
        const far = squared(values, row * width, centroids, c * width, width);
        if (far < least) [second, least, nearest] = [least, far, c];
        else if (far < second) second = far;
      }
      upper[row] = Math.sqrt(least);
      lower[row] = Math.sqrt(second);
      if (isFirst || nearest !== own) {
        changes += 1;
        shift(values, row * width, width, sums, sizes, isFirst ? -1 : own, nearest);
        labels[row] = nearest;
      }
    }
    if (changes === 0) break;
    if (fillEmpty(points, centroids, labels, sums, sizes, upper, lower)) changes += 1;
    let [most, runnerUp, farthest] = [0, 0, 0];
    for (let c = 0; c < k; c++) {
      const size = Math.max(1, sizes[c] as number);
      let far = 0;
      for (let i = 0; i < width; i++) {
        const next = (sums[c * width + i] as number) / size;
        const away = next - (centroids[c * width + i] as number);
        far += away * away;
        centroids[c * width + i] = next;
      }
      moved[c] = Math.sqrt(far);
      if ((moved[c] as number) > most) [runnerUp, most, farthest] = [most, moved[c] as number, c];
      else if ((moved[c] as number) > runnerUp) runnerUp = moved[c] as number;
    }
    for (let row = 0; row < rows; row++) {
      const own = labels[row] as number;
      upper[row] = (upper[row] as number) + (moved[own] as number);
      lower[row] = (lower[row] as number) - (own === farthest ? runnerUp : most);
    }
    isFirst = false;
  }
  let inertia = 0;
  for (let row = 0; row < rows; row++) inertia += squared(values, row * width, centroids, (labels[row] as number) * width, width);
  return { centroids, labels, inertia, sizes };
}

/** A point nearer to its centroid than half the way to the next centroid belongs there without further look. */
function halfToNearest(centroids: Float64Array, k: number, width: number, half: Float64Array): void {
  for (let a = 0; a < k; a++) {
    let least = Number.POSITIVE_INFINITY;
    for (let b = 0; b < k; b++) if (a !== b) least = Math.min(least, squared(centroids, a * width, centroids, b * width, width));
    half[a] = Math.sqrt(least) / 2;
  }
}

function shift(values: Float64Array, at: number, width: number, sums: Float64Array, sizes: Int32Array, from: number, to: number): void {
  for (let i = 0; i < width; i++) {
    const value = values[at + i] as number;
    sums[to * width + i] = (sums[to * width + i] as number) + value;
    if (from >= 0) sums[from * width + i] = (sums[from * width + i] as number) - value;
  }
  sizes[to] = (sizes[to] as number) + 1;
  if (from >= 0) sizes[from] = (sizes[from] as number) - 1;
}

function fillEmpty(
  { rows, width, values }: Points,
  centroids: Float64Array,
  labels: Int32Array,
  sums: Float64Array,
  sizes: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): boolean {
  let filled = false;
  for (let c = 0; c < sizes.length; c++) {
    if ((sizes[c] as number) > 0) continue;
    let [chosen, most] = [-1, -1];
    for (let row = 0; row < rows; row++) {
      const own = labels[row] as number;
      if ((sizes[own] as number) < 2) continue;
      const far = squared(values, row * width, centroids, own * width, width);
      if (far > most) [chosen, most] = [row, far];
    }
    if (chosen < 0) continue;
    shift(values, chosen * width, width, sums, sizes, labels[chosen] as number, c);
    labels[chosen] = c;
    upper[chosen] = Number.POSITIVE_INFINITY;
    lower[chosen] = 0;
    filled = true;
  }
  if (filled) {
    // Bounds of the others speak of a centroid that jumped.
    upper.fill(Number.POSITIVE_INFINITY);
    lower.fill(0);
  }
  return filled;
}
