import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cheapestAssignment } from './assignment.ts';
import { chooseClusters, finalStability, STABLE } from './choose-clusters.ts';
import type { FeatureTable } from './features.ts';
import { kMeans, nearestCentroids, squared } from './k-means.ts';
import { adjustedRand, bestJaccard } from './partitions.ts';
import { axesOf, placed, type Points } from './points.ts';
import { seededRandom } from './seeded-random.ts';
import { sampledSilhouette } from './silhouette.ts';

const normal = (random: ReturnType<typeof seededRandom>): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** `clusters` round clouds whose centres lie `apart` standard deviations from each other and more. */
function mixture(rows: number, width: number, clusters: number, apart: number, seed: number): { points: Points; truth: Int32Array } {
  const random = seededRandom(seed, 'mixture');
  const centres = Array.from({ length: clusters }, (_, c) =>
    Array.from({ length: width }, (_, i) => (i % clusters === c ? (apart / Math.SQRT2) * (1 + Math.floor(c / width)) : 0)),
  );
  const truth = Int32Array.from({ length: rows }, () => random.int(clusters));
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) values[row * width + i] = (centres[truth[row] as number]?.[i] ?? 0) + normal(random);
  return { points: { rows, width, values }, truth };
}
const alone = (width: number): number[] => Array.from({ length: width }, () => 1);

describe('k-means', () => {
  test('finds planted clouds and gives the same for the same seed', () => {
    const { points, truth } = mixture(1500, 6, 5, 7, 1);
    const found = kMeans(points, { clusters: 5, starts: 10, seed: 3 });
    expect(adjustedRand(found.labels, truth)).toBeGreaterThan(0.97);
    expect(kMeans(points, { clusters: 5, starts: 10, seed: 3 }).inertia).toBe(found.inertia);
    expect(nearestCentroids(points, found.centroids)).toEqual(found.labels);
  });

  test('ends where no point lies nearer to another centroid and every centroid is the mean of its points', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 99 }),
        (rows, clusters, seed) => {
          const random = seededRandom(seed, 'few');
          // Small whole numbers: many points coincide, and clusters run empty.
          const values = Float64Array.from({ length: rows * 2 }, () => random.int(4));
          const points = { rows, width: 2, values };
          const { labels, centroids, sizes, inertia } = kMeans(points, { clusters, starts: 2, seed });
          const k = sizes.length;
          let sum = 0;
          for (let row = 0; row < rows; row++) {
            const own = squared(values, row * 2, centroids, (labels[row] as number) * 2, 2);
            sum += own;
            for (let c = 0; c < k; c++)
              if ((sizes[c] as number) > 0) expect(own).toBeLessThanOrEqual(squared(values, row * 2, centroids, c * 2, 2) + 1e-9);
          }
          expect(inertia).toBeCloseTo(sum, 9);
          for (let c = 0; c < k; c++) {
            const mine = [...labels.keys()].filter((row) => labels[row] === c);
            expect(sizes[c]).toBe(mine.length);
            if (mine.length > 0)
              expect(centroids[c * 2]).toBeCloseTo(mine.reduce((a, row) => a + (values[row * 2] as number), 0) / mine.length, 9);
          }
        },
      ),
    );
  });
});

describe('agreement', () => {
  test('is 1 for the same division under other names, and about 0 for chance', () => {
    const random = seededRandom(5, 'labels');
    const a = Int32Array.from({ length: 4000 }, () => random.int(4));
    expect(
      adjustedRand(
        a,
        a.map((label) => 3 - label),
      ),
    ).toBe(1);
    expect(
      Math.abs(
        adjustedRand(
          a,
          Int32Array.from(a, () => random.int(4)),
        ),
      ),
    ).toBeLessThan(0.01);
    expect(
      bestJaccard(
        a,
        a.map((label) => (label + 1) % 4),
        4,
      ),
    ).toEqual([1, 1, 1, 1]);
  });

  test('is what scikit-learn calls it on a small example', () => {
    expect(adjustedRand(Int32Array.of(0, 0, 1, 1, 2, 2), Int32Array.of(0, 0, 1, 2, 2, 2))).toBeCloseTo(0.444444, 5);
  });

  test('the cheapest assignment is that of trying all', () => {
    const permutations = (n: number): number[][] =>
      n === 0 ? [[]] : permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => rest.toSpliced(at, 0, n - 1)));
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 5 })
          .chain((n) =>
            fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }),
          ),
        (cost) => {
          const total = (columns: readonly number[]): number => columns.reduce((sum, column, row) => sum + (cost[row]?.[column] ?? 0), 0);
          const found = cheapestAssignment(cost);
          expect(new Set(found).size).toBe(cost.length);
          expect(total(found)).toBe(Math.min(...permutations(cost.length).map(total)));
        },
      ),
    );
    expect(
      cheapestAssignment([
        [5, 1],
        [1, 5],
        [0, 0],
      ]).filter((column) => column < 0),
    ).toHaveLength(1);
  });
});

describe('how many clusters', () => {
  test('six planted clouds are found: six, stable, and more than single columns give', () => {
    const { points, truth } = mixture(3000, 8, 6, 6, 11);
    const choice = chooseClusters(points, { fewest: 2, most: 8, sample: 800, bootstraps: 6, starts: 2, seed: 1, columnWidths: alone(8) });
    expect(choice?.clusters).toBe(6);
    const { labels } = kMeans(points, { clusters: 6, starts: 10, seed: 1 });
    expect(adjustedRand(labels, truth)).toBeGreaterThan(0.95);
    const { ari, jaccards } = finalStability(points, labels, { clusters: 6, sample: 1000, bootstraps: 6, seed: 1 });
    expect(ari).toBeGreaterThan(0.9);
    expect(Math.min(...jaccards)).toBeGreaterThan(STABLE);
    const silhouette = sampledSilhouette(points, labels, 800, 1) ?? 0;
    expect(silhouette).toBeGreaterThan((choice?.shuffledSilhouette ?? 1) + 0.1);
  });

  test('noise is not stable at any number, and its silhouette is that of shuffled columns', () => {
    const { points } = mixture(1500, 8, 1, 0, 4);
    const choice = chooseClusters(points, { fewest: 2, most: 8, sample: 800, bootstraps: 6, starts: 2, seed: 1, columnWidths: alone(8) });
    expect(Math.max(...(choice?.tried.map((one) => one.ari) ?? [1]))).toBeLessThan(STABLE);
    const chosen = choice?.tried.find((one) => one.clusters === choice.clusters);
    expect(Math.abs((chosen?.silhouette ?? 1) - (choice?.shuffledSilhouette ?? 0))).toBeLessThan(0.03);
  });

  test('stops when asked to', () => {
    const { points } = mixture(300, 3, 2, 5, 4);
    expect(chooseClusters(points, { fewest: 2, most: 5, seed: 1, columnWidths: alone(3), onProgress: () => false })).toBeUndefined();
  });
});

describe('mixed types', () => {
  const table: FeatureTable = {
    rows: 6,
    columns: [
      { name: 'bill', kind: 'number', values: Float64Array.of(10, 20, 30, 40, 50, Number.NaN) },
      { name: 'brand', kind: 'category', codes: Int32Array.of(0, 0, 1, 1, 2, -1), levels: ['a', 'b', 'c'] },
      { name: 'same', kind: 'number', values: new Float64Array(6).fill(3) },
    ],
  };

  test('every column has the total variance 1, what is missing lies at the mean, and a constant column says nothing', () => {
    const axes = axesOf(table);
    expect(axes.map((axis) => axis.name)).toEqual(['bill', 'brand']);
    const { values, width } = placed(table, axes);
    expect(width).toBe(4);
    const variance = (from: number, to: number): number => {
      let sum = 0;
      for (let row = 0; row < 5; row++) for (let i = from; i < to; i++) sum += (values[row * width + i] as number) ** 2;
      return sum / 5;
    };
    expect(variance(0, 1)).toBeCloseTo(1, 9);
    expect(variance(1, 4)).toBeCloseTo(1, 9);
    expect([...values.subarray(20)]).toEqual([0, 0, 0, 0]);
  });
});
