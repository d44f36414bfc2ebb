import type { Axis } from '../../maths/points.ts';
import { widthOf } from '../../maths/points.ts';

/** What a run of clusters leaves for the next one and for reading: the space, the centroids in it, and their ids. */
export interface ClusterModel {
  readonly axes: readonly Axis[];
  /** One per cluster, in the coordinates of `axes`. */
  readonly centroids: readonly (readonly number[])[];
  /** Ids that last from run to run. */
  readonly ids: readonly string[];
}

/** Centroids of one space in the coordinates of another: means and shares stay what they are, columns that it lacks lie at the mean. */
export function inSpace(centroids: ClusterModel['centroids'], from: readonly Axis[], to: readonly Axis[]): readonly Float64Array[] {
  return centroids.map((centroid) => {
    const moved = new Float64Array(widthOf(to));
    let at = 0;
    for (const axis of to) {
      place(axis, centroid, from, moved, at);
      at += axis.kind === 'number' ? 1 : axis.levels.length;
    }
    return moved;
  });
}

function place(axis: Axis, centroid: readonly number[], from: readonly Axis[], into: Float64Array, at: number): void {
  let start = 0;
  for (const old of from) {
    if (old.name === axis.name) {
      if (old.kind === 'number' && axis.kind === 'number') {
        const mean = (centroid[start] ?? 0) * old.deviation + old.mean;
        const plain = old.log ? Math.expm1(mean) : mean;
        into[at] = ((axis.log ? Math.log1p(Math.max(0, plain)) : plain) - axis.mean) / axis.deviation;
      }
      if (old.kind === 'category' && axis.kind === 'category')
        axis.levels.forEach((level, i) => {
          const k = old.levels.indexOf(level);
          const share = k < 0 ? 0 : (centroid[start + k] ?? 0) / old.scale + (old.shares[k] ?? 0);
          into[at + i] = (share - (axis.shares[i] ?? 0)) * axis.scale;
        });
      return;
    }
    start += old.kind === 'number' ? 1 : old.levels.length;
  }
}
