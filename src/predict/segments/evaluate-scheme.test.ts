import { describe, expect, test } from 'vitest';
import type { FeatureTable } from '../../maths/features.ts';
import { adjustedRand } from '../../maths/partitions.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { CLUSTER_SETTINGS, type KnownClusters, NONE_KNOWN } from './clusters.ts';
import { type Evaluated, evaluateScheme } from './evaluate-scheme.ts';
import { clusterNames } from './cluster-names.ts';
import { addedUp, segmentFacts } from './segment-facts.ts';
import { stabilityIndex } from './segment-cards.ts';
import { whatSetsApart } from './what-sets-apart.ts';

const BRANDS = ['畅想', '家享', '商务'];

/** Customers of three kinds that differ in brand, bill, tenure and how often they speak; `apart` 0: all alike. */
function customers(rows: number, apart: number, seed: number): { table: FeatureTable; truth: Int32Array } {
  const random = seededRandom(seed, 'customers');
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const truth = Int32Array.from({ length: rows }, () => random.int(3));
  const number = (name: string, shifts: readonly number[]) => ({
    name,
    kind: 'number' as const,
    values: Float64Array.from(truth, (kind) => 50 + 10 * (apart * (shifts[kind] ?? 0) + normal())),
  });
  const brand = Int32Array.from(truth, (kind) => (random.chance(apart > 0 ? 0.9 : 0) ? kind : random.int(3)));
  return {
    truth,
    table: {
      rows,
      columns: [
        number('bill', [0, 1, 2]),
        number('tenure_months', [0, 2, 0]),
        number('voices', [2, 0, 0]),
        number('megabytes', [0, 0, 2]),
        { name: 'brand', kind: 'category', codes: brand, levels: BRANDS },
      ],
    },
  };
}

const SETTINGS = { ...CLUSTER_SETTINGS, fewest: 2, most: 5 };
const run = (table: FeatureTable, known: KnownClusters = NONE_KNOWN): Evaluated => {
  const found = evaluateScheme({ scheme: 'clusters', clusters: SETTINGS, known }, table, [], () => true);
  if (found === undefined) throw new Error('stopped');
  return found;
};
const near = ({ model }: Evaluated, isEarlier = true): KnownClusters => {
  if (model === null) throw new Error('no clusters');
  return { nearest: { model, isEarlier }, given: [] };
};
const numbered = (segments: readonly (string | null)[]): Int32Array => {
  const ids = [...new Set(segments)];
  return Int32Array.from(segments, (segment) => ids.indexOf(segment));
};

describe('clusters of customers', () => {
  const world = customers(1500, 3, 1);
  const first = run(world.table);

  test('that were planted are found, called stable, and named by what sets them apart', () => {
    expect(adjustedRand(numbered(first.segments), world.truth)).toBeGreaterThan(0.9);
    expect(first.report).toMatchObject({ kind: 'clusters', figures: { clusters: 3, verdict: 'stable' } });
    const facts = segmentFacts(world.table, { segments: first.segments, cities: [], districts: [] });
    const lifts = facts.map((one) => [one.segment, whatSetsApart(one, addedUp(facts.filter((other) => other !== one)))] as const);
    const names = [...clusterNames(new Map(lifts)).values()];
    expect(new Set(names.map((name) => name.zh)).size).toBe(3);
    expect(names.some((name) => /商务|流量/.test(name.zh))).toBe(true);
  });

  test('keep their ids in the next month, though other customers come and shares move', () => {
    const next = customers(1200, 3, 2);
    const later = run(next.table, near(first));
    // The same kind of customer has the same id: cross the truth of both worlds.
    const idOf = (found: Evaluated, truth: Int32Array, kind: number): string | null => {
      const counts = new Map<string | null, number>();
      found.segments.forEach((id, row) => truth[row] === kind && counts.set(id, (counts.get(id) ?? 0) + 1));
      return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
    };
    for (const kind of [0, 1, 2]) expect(idOf(later, next.truth, kind)).toBe(idOf(first, world.truth, kind));
    const report = later.report.kind === 'clusters' ? later.report.figures.perCluster : {};
    for (const one of Object.values(report)) expect(one.moved).toBeLessThan(0.6);
  });

  test('of a month that is told after a later one take the ids of the later, and no way that they moved', () => {
    const told = run(customers(1200, 3, 2).table, near(first, false));
    expect(new Set(told.model?.ids)).toEqual(new Set(first.model?.ids));
    const report = told.report.kind === 'clusters' ? told.report.figures.perCluster : {};
    expect(Object.values(report).map((one) => one.moved)).toEqual([null, null, null]);
  });

  test('that are new take a number that nobody ever had, though the run before knows smaller ones only', () => {
    const given = ['k1', 'k2', 'k3', 'k17'];
    expect(run(world.table, { nearest: null, given }).model?.ids.toSorted()).toEqual(['k18', 'k19', 'k20']);
    // Of two kinds before, one more now.
    const { model } = first;
    if (model === null) throw new Error('no clusters');
    const two = { ...model, centroids: model.centroids.slice(0, 2), ids: model.ids.slice(0, 2) };
    const ids = run(world.table, { nearest: { model: two, isEarlier: true }, given }).model?.ids ?? [];
    expect(ids.filter((id) => !two.ids.includes(id)).every((id) => Number(id.slice(1)) > 17)).toBe(true);
  });

  test('of customers who are all alike are called not stable', () => {
    const { table } = customers(1200, 0, 5);
    const found = run(table);
    expect(found.report.kind === 'clusters' ? found.report.figures.verdict : '').not.toBe('stable');
  });

  test('are not made of a handful', () => {
    expect(run(customers(50, 3, 1).table).report).toEqual({ kind: 'none', because: 'too-few-customers' });
  });
});

test('facts of places add up to those of all', () => {
  const { table } = customers(300, 2, 3);
  const segments = Array.from({ length: 300 }, (_, row) => (row % 7 === 0 ? null : `s${row % 2}`));
  const cities = Array.from({ length: 300 }, (_, row) => `c${row % 3}`);
  const facts = segmentFacts(table, { segments, cities, districts: [] });
  expect(facts).toHaveLength(6);
  const all = segmentFacts(table, { segments, cities: [], districts: [] });
  for (const one of all) {
    const sum = addedUp(facts.filter((fact) => fact.segment === one.segment));
    expect(sum.customers).toBe(one.customers);
    expect(sum.categories).toEqual(one.categories);
    expect(sum.numbers['bill']?.[1]).toBeCloseTo(one.numbers['bill']?.[1] ?? 0, 6);
  }
});

test('customers in no segment are counted by reason', () => {
  const { table } = customers(3, 0, 1);
  const byRule = ['business-high', '', ''];
  expect(evaluateScheme({ scheme: 'rules', clusters: SETTINGS, known: NONE_KNOWN }, table, byRule, () => true)).toMatchObject({
    segments: ['business-high', null, null],
    leftOut: { 'no-rule': 2 },
  });
  expect(
    evaluateScheme({ scheme: 'usage', clusters: SETTINGS, known: NONE_KNOWN }, { rows: 3, columns: [] }, byRule, () => true),
  ).toMatchObject({
    leftOut: { 'no-usage': 3 },
    report: { kind: 'none', because: 'no-usage' },
  });
});

test('equal shares have a stability index of 0, and one that halves is far above .1', () => {
  const of = (a: number, b: number): ReadonlyMap<string, number> =>
    new Map([
      ['a', a],
      ['b', b],
    ]);
  expect(stabilityIndex(of(10, 30), of(20, 60))).toBeCloseTo(0, 9);
  expect(stabilityIndex(of(100, 100), of(50, 150))).toBeGreaterThan(0.2);
  expect(stabilityIndex(of(0, 0), of(1, 1))).toBeNull();
});
