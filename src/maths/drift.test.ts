import { describe, expect, test } from 'vitest';
import { countsByEdges, quantileEdges, stabilityByChance, stabilityIndex } from './drift.ts';
import { seededRandom } from './seeded-random.ts';

describe('drift', () => {
  test('the same shares have not moved, however many rows', () => {
    expect(stabilityIndex([100, 200, 300], [1000, 2000, 3000])).toBeLessThan(1e-4);
  });

  test('a shift of one standard deviation is an alarm', () => {
    const random = seededRandom(1, 'drift');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const then = Array.from({ length: 5000 }, normal);
    const edges = quantileEdges(then, 10);
    expect(edges).toHaveLength(9);
    const moved = Array.from({ length: 5000 }, () => normal() + 1);
    expect(stabilityIndex(countsByEdges(then, edges), countsByEdges(moved, edges))).toBeGreaterThan(0.25);
    const same = Array.from({ length: 5000 }, normal);
    expect(stabilityIndex(countsByEdges(then, edges), countsByEdges(same, edges))).toBeLessThan(3 * stabilityByChance(10, 5000, 5000));
  });

  test('missing values have a bin of their own', () => {
    expect(countsByEdges([1, 2, 3, NaN], [2])).toEqual([1, 2, 1]);
  });
});
