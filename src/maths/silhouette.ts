import { squared } from './k-means.ts';
import { type Points, pickedPoints } from './points.ts';
import { shuffled } from './shuffle.ts';

/**
 * Mean silhouette (Rousseeuw 1987) of a sample of the points among themselves: (b − a) ÷ max(a, b) with the mean distance a to the
 * own cluster and b to the next. −1 … 1; 0 for a point that is alone in its cluster. null with fewer than two clusters in the sample.
 */
export function sampledSilhouette(points: Points, labels: Int32Array, sample: number, seed: number): number | null {
  const rows = shuffled(points.rows, seed).subarray(0, sample);
  const { width, values } = pickedPoints(points, rows);
  const own = Int32Array.from(rows, (row) => labels[row] as number);
  const k = own.reduce((most, label) => Math.max(most, label), -1) + 1;
  const sizes = new Int32Array(k);
  for (const label of own) sizes[label] = (sizes[label] as number) + 1;
  if (sizes.filter((size) => size > 0).length < 2) return null;
  const sums = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < own.length; i++) {
    sums.fill(0);
    for (let j = 0; j < own.length; j++) {
      const label = own[j] as number;
      sums[label] = (sums[label] as number) + Math.sqrt(squared(values, i * width, values, j * width, width));
    }
    total += silhouetteOf(sums, sizes, own[i] as number);
  }
  return total / own.length;
}

function silhouetteOf(sums: Float64Array, sizes: Int32Array, own: number): number {
  const size = sizes[own] as number;
  if (size < 2) return 0;
  const a = (sums[own] as number) / (size - 1);
  let b = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sizes.length; c++)
    if (c !== own && (sizes[c] as number) > 0) b = Math.min(b, (sums[c] as number) / (sizes[c] as number));
  return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
}
