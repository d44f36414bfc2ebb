import { cheapestAssignment } from '../../maths/assignment.ts';
import { chooseClusters, finalStability, STABLE, type TriedNumber } from '../../maths/choose-clusters.ts';
import type { FeatureTable } from '../../maths/features.ts';
import { kMeans, nearestCentroids, squared } from '../../maths/k-means.ts';
import { type Axis, axesOf, pickedPoints, placed } from '../../maths/points.ts';
import { shuffled } from '../../maths/shuffle.ts';
import { type ClusterModel, inSpace } from './centroid-space.ts';
import { FEATURES } from './feature-columns.ts';

export interface ClusterSettings {
  readonly fewest: number;
  readonly most: number;
  readonly starts: number;
  readonly seed: number;
}
export const CLUSTER_SETTINGS: ClusterSettings = { fewest: 3, most: 8, starts: 10, seed: 1 };
/** Below so many customers nothing is divided. */
export const FEWEST_CUSTOMERS = 200;

export interface ClusterReport {
  readonly clusters: number;
  readonly tried: readonly TriedNumber[];
  readonly ari: number;
  readonly ariError: number;
  readonly silhouette: number;
  /** Silhouette that the same columns give when each is shuffled on its own. */
  readonly shuffledSilhouette: number;
  /** Both the clusters come back and there is more to them than single columns. */
  readonly verdict: 'stable' | 'not-stable' | 'single-columns';
  readonly inertia: number;
  readonly perCluster: Readonly<Record<string, { readonly jaccard: number; readonly stable: boolean; readonly moved: number | null }>>;
}
export interface Clustered {
  readonly labels: readonly string[];
  readonly model: ClusterModel;
  readonly report: ClusterReport;
}

/** What other runs of clusters left. */
export interface KnownClusters {
  /** Of the nearest run: the one before, or where there is none the one after. */
  readonly nearest: { readonly model: ClusterModel; readonly isEarlier: boolean } | null;
  /** Every id that was ever given: a new cluster takes none of them, or it would be taken for one that has gone. */
  readonly given: readonly string[];
}
export const NONE_KNOWN: KnownClusters = { nearest: null, given: [] };

/** Customers on whom k-means looks for its centroids; beyond, the others join the nearest, after some rounds over all of them. */
const MOST_ROWS = 200_000;

/** Clusters of customers, under the ids of the nearest run where they are the same ones. Undefined: stopped, or too few customers. */
export function clustersOf(
  table: FeatureTable,
  settings: ClusterSettings,
  known: KnownClusters,
  onProgress: (share: number) => boolean,
): Clustered | undefined {
  const columns = table.columns.filter((column) => FEATURES.some((feature) => feature.clusters && feature.name === column.name));
  const axes = axesOf({ rows: table.rows, columns });
  if (table.rows < FEWEST_CUSTOMERS || axes.length === 0) return undefined;
  const points = placed({ rows: table.rows, columns }, axes);
  const { seed } = settings;
  const columnWidths = axes.map((axis) => (axis.kind === 'number' ? 1 : axis.levels.length));
  const choice = chooseClusters(points, {
    ...settings,
    columnWidths,
    ...(known.nearest === null ? {} : { keep: known.nearest.model.ids.length }),
    onProgress: (share) => onProgress(share * 0.6),
  });
  if (choice === undefined) return undefined;
  const few = points.rows > MOST_ROWS ? pickedPoints(points, shuffled(points.rows, seed).subarray(0, MOST_ROWS)) : points;
  const found = kMeans(few, {
    clusters: choice.clusters,
    starts: settings.starts,
    seed,
    onStart: (done) => onProgress(0.6 + (0.25 * done) / settings.starts),
  });
  const labels = few === points ? found.labels : nearestCentroids(points, found.centroids);
  const stability = finalStability(points, labels, {
    clusters: choice.clusters,
    sample: 3000,
    bootstraps: 20,
    seed,
    onBootstrap: (done) => onProgress(0.85 + (0.15 * done) / 20),
  });
  const matched = sameAsKnown(found.centroids, axes, known, points.width);
  const silhouette = choice.tried.find((one) => one.clusters === choice.clusters)?.silhouette ?? 0;
  return {
    labels: Array.from(labels, (label) => matched.ids[label] as string),
    model: { axes, centroids: rowsOf(found.centroids, points.width), ids: matched.ids },
    report: {
      clusters: choice.clusters,
      tried: choice.tried,
      ari: stability.ari,
      ariError: stability.ariError,
      silhouette,
      shuffledSilhouette: choice.shuffledSilhouette,
      verdict: stability.ari < STABLE ? 'not-stable' : silhouette < choice.shuffledSilhouette + LEAST_GAIN ? 'single-columns' : 'stable',
      inertia: found.inertia,
      perCluster: Object.fromEntries(
        matched.ids.map((id, i) => {
          const jaccard = stability.jaccards[i] ?? 0;
          return [id, { jaccard, stable: jaccard >= STABLE, moved: matched.moved[i] ?? null }];
        }),
      ),
    },
  };
}

/** What the silhouette must gain over shuffled columns for clusters to be more than these columns one by one. */
export const LEAST_GAIN = 0.02;

const rowsOf = (centroids: Float64Array, width: number): readonly (readonly number[])[] =>
  Array.from({ length: centroids.length / width }, (_, c) => [...centroids.subarray(c * width, c * width + width)]);

/**
 * Hungarian matching of the centroids with those of the nearest run, in the new space. A match counts where the centroid moved
 * less than the way to its nearest neighbour of now; any other gets a new id, so that no history is made up. How far it moved is told
 * of a run before only.
 */
function sameAsKnown(
  centroids: Float64Array,
  axes: readonly Axis[],
  { nearest: known, given }: KnownClusters,
  width: number,
): { readonly ids: readonly string[]; readonly moved: readonly (number | null)[] } {
  const k = centroids.length / width;
  const old = known === null ? [] : inSpace(known.model.centroids, known.model.axes, axes);
  const away = (i: number, one: Float64Array): number => squared(centroids, i * width, one, 0, width);
  const cost = Array.from({ length: k }, (_, i) => old.map((one) => away(i, one)));
  const match = cheapestAssignment(cost);
  let next = Math.max(0, ...[...given, ...(known?.model.ids ?? [])].map((id) => Number(id.slice(1))));
  const pairs = Array.from({ length: k }, (_, i) => {
    const j = match[i] ?? -1;
    const far = j < 0 ? Number.POSITIVE_INFINITY : (cost[i]?.[j] ?? Number.POSITIVE_INFINITY);
    let nearest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) if (c !== i) nearest = Math.min(nearest, squared(centroids, i * width, centroids, c * width, width));
    if (far >= nearest) return { id: `k${(next += 1)}`, moved: null };
    return { id: known?.model.ids[j] as string, moved: known?.isEarlier === true ? Math.sqrt(far) : null };
  });
  return { ids: pairs.map((pair) => pair.id), moved: pairs.map((pair) => pair.moved) };
}
