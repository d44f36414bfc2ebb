import { clusterStability, type Stability } from './cluster-stability.ts';
import { kMeans } from './k-means.ts';
import { type Points, pickedPoints } from './points.ts';
import { seededRandom } from './seeded-random.ts';
import { shuffled } from './shuffle.ts';
import { sampledSilhouette } from './silhouette.ts';

export interface ClusterOptions {
  readonly fewest: number;
  readonly most: number;
  /** Rows on which numbers of clusters are tried; default 2,000. */
  readonly sample?: number;
  readonly bootstraps?: number;
  readonly starts?: number;
  readonly seed: number;
  /** A number to stay with while it is as stable as the best: identity from month to month is worth more than a shade of silhouette. */
  readonly keep?: number;
  /** Coordinates that belong to one column, in their order: they stay together when columns are shuffled. */
  readonly columnWidths: readonly number[];
  /** 0 … 1; answering false ends the work. */
  readonly onProgress?: (share: number) => boolean;
}

export interface TriedNumber {
  readonly clusters: number;
  readonly ari: number;
  readonly ariError: number;
  readonly silhouette: number;
}

export interface ClusterChoice {
  readonly clusters: number;
  readonly tried: readonly TriedNumber[];
  /** Silhouette of the chosen number on the same columns, each shuffled on its own: what single columns give without belonging together. */
  readonly shuffledSilhouette: number;
}

/** Below this bootstrap Rand index, clusters are not to be relied on. */
export const STABLE = 0.75;

/**
 * The number of clusters: the most stable over bootstraps; among those within one standard error (at least .02) of it, the one with
 * the best silhouette, and the larger number where that is equal to .005. Undefined: stopped.
 */
export function chooseClusters(points: Points, options: ClusterOptions): ClusterChoice | undefined {
  const { fewest, most, sample = 2000, bootstraps = 12, starts = 3, seed } = options;
  const few = pickedPoints(points, shuffled(points.rows, seed).subarray(0, sample));
  const highest = Math.min(most, few.rows - 1);
  const tried: TriedNumber[] = [];
  let isStopped = false;
  const steps = (highest - fewest + 1) * bootstraps + 3;
  for (let clusters = fewest; clusters <= highest; clusters++) {
    const { labels } = kMeans(few, { clusters, starts: 10, seed });
    const onBootstrap = (done: number): boolean => {
      isStopped ||= options.onProgress?.(((clusters - fewest) * bootstraps + done) / steps) === false;
      return !isStopped;
    };
    const { ari, ariError } = clusterStability(few, labels, { clusters, bootstraps, starts, seed, onBootstrap });
    if (isStopped) return undefined;
    tried.push({ clusters, ari, ariError, silhouette: sampledSilhouette(few, labels, 1000, seed) ?? 0 });
  }
  const { clusters } = chosenOf(tried, options.keep);
  return { clusters, tried, shuffledSilhouette: silhouetteWithout(few, clusters, options) };
}

function chosenOf(tried: readonly TriedNumber[], keep: number | undefined): TriedNumber {
  const best = tried.reduce((a, b) => (b.ari > a.ari ? b : a));
  const near = tried.filter((one) => one.ari >= best.ari - Math.max(0.02, best.ariError));
  return near.find((one) => one.clusters === keep) ?? near.reduce((a, b) => (b.silhouette > a.silhouette - 0.005 ? b : a));
}

/** Mean over three shuffles. */
function silhouetteWithout(points: Points, clusters: number, { columnWidths, seed }: ClusterOptions): number {
  const all = [1, 2, 3].map((turn) => {
    const shuffle = shuffledColumns(points, columnWidths, seed + turn);
    const { labels } = kMeans(shuffle, { clusters, starts: 5, seed });
    return sampledSilhouette(shuffle, labels, 1000, seed) ?? 0;
  });
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

/** Every column in another order of rows: its own shape stays, what columns have to do with each other goes. */
export function shuffledColumns(points: Points, columnWidths: readonly number[], seed: number): Points {
  const { rows, width } = points;
  const values = new Float64Array(points.values.length);
  const random = seededRandom(seed, 'columns');
  let at = 0;
  for (const columns of columnWidths) {
    const order = shuffled(rows, random.int(2 ** 31));
    for (let row = 0; row < rows; row++) {
      const from = (order[row] as number) * width + at;
      values.set(points.values.subarray(from, from + columns), row * width + at);
    }
    at += columns;
  }
  return { rows, width, values };
}

/** Stability of a final division, on a sample of the points. */
export function finalStability(
  points: Points,
  labels: Int32Array,
  options: {
    readonly clusters: number;
    readonly sample: number;
    readonly bootstraps: number;
    readonly seed: number;
    readonly onBootstrap?: (done: number) => boolean;
  },
): Stability {
  const rows = shuffled(points.rows, options.seed).subarray(0, options.sample);
  const own = Int32Array.from(rows, (row) => labels[row] as number);
  return clusterStability(pickedPoints(points, rows), own, { ...options, starts: 3 });
}
