import { kMeans, nearestCentroids } from './k-means.ts';
import { adjustedRand, bestJaccard } from './partitions.ts';
import { type Points, pickedPoints } from './points.ts';
import { seededRandom } from './seeded-random.ts';

export interface StabilityOptions {
  readonly clusters: number;
  readonly bootstraps: number;
  /** Starts of k-means per bootstrap sample. */
  readonly starts: number;
  readonly seed: number;
  /** Told after each bootstrap; answering false ends early with what there is. */
  readonly onBootstrap?: (done: number) => boolean;
}

export interface Stability {
  /** Mean adjusted Rand index between the division of the points and those that bootstrap samples of them give. */
  readonly ari: number;
  /** Its standard error over the bootstraps. */
  readonly ariError: number;
  /** Per cluster, the mean over the bootstraps of the best Jaccard similarity (Hennig 2007, `clusterboot`). */
  readonly jaccards: readonly number[];
}

/**
 * How much of a division of the points comes back when other customers of the same kind are drawn: each bootstrap draws as many points
 * with repeats and divides them; its centroids divide all points for the Rand index, and each cluster's share that is found again is
 * measured among the points that were drawn.
 */
export function clusterStability(points: Points, labels: Int32Array, options: StabilityOptions): Stability {
  const { clusters, seed } = options;
  const random = seededRandom(seed, `bootstrap ${clusters}`);
  const aris: number[] = [];
  const found = Array.from({ length: clusters }, () => ({ sum: 0, times: 0 }));
  for (let b = 0; b < options.bootstraps; b++) {
    const drawn = Int32Array.from({ length: points.rows }, () => random.int(points.rows));
    const once = kMeans(pickedPoints(points, drawn), { clusters, starts: options.starts, seed: seed + 1 + b });
    aris.push(adjustedRand(labels, nearestCentroids(points, once.centroids)));
    const own = Int32Array.from(drawn, (row) => labels[row] as number);
    bestJaccard(own, once.labels, clusters).forEach((jaccard, i) => {
      const one = found[i];
      if (one === undefined || jaccard === null) return;
      one.sum += jaccard;
      one.times += 1;
    });
    if (options.onBootstrap?.(b + 1) === false) break;
  }
  const ari = aris.reduce((sum, one) => sum + one, 0) / aris.length;
  const variance = aris.reduce((sum, one) => sum + (one - ari) ** 2, 0) / Math.max(1, aris.length - 1);
  return { ari, ariError: Math.sqrt(variance / aris.length), jaccards: found.map(({ sum, times }) => (times === 0 ? 0 : sum / times)) };
}
