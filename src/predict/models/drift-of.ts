import { countsByEdges, stabilityByChance, stabilityIndex } from '../../maths/drift.ts';
import type { FeatureTable } from '../../maths/features.ts';
import type { Baseline } from './train-moments.ts';

/** One thing beside its baseline. */
export interface Drift {
  readonly name: string;
  /** Population stability index. */
  readonly index: number;
  readonly rows: number;
  /** moved: above .25 and above twice what chance alone would give; watch: above .1 likewise. */
  readonly state: 'stable' | 'watch' | 'moved' | 'too-few';
}

const [WATCH, MOVED, FEWEST] = [0.1, 0.25, 200];

export function driftOf(
  baseline: readonly Baseline[],
  now: readonly { readonly name: string; readonly counts: readonly number[] }[],
): readonly Drift[] {
  const counted = new Map(now.map((one) => [one.name, one.counts]));
  return baseline
    .map(({ name, counts }): Drift => {
      const recent = counted.get(name) ?? [];
      const [then, rows] = [total(counts), total(recent)];
      const index = stabilityIndex(counts, recent);
      const chance = 2 * stabilityByChance(counts.length, then, rows);
      const state =
        rows < FEWEST ? 'too-few' : index > Math.max(MOVED, chance) ? 'moved' : index > Math.max(WATCH, chance) ? 'watch' : 'stable';
      return { name, index, rows, state };
    })
    .toSorted((a, b) => b.index - a.index);
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/** Where scored moments lie in the bins of the baseline, by day. `days`: yyyy-mm-dd of each row. */
export function binsByDay(
  baseline: readonly Baseline[],
  table: FeatureTable,
  margins: Float64Array,
  days: readonly string[],
): readonly { readonly day: string; readonly name: string; readonly counts: readonly number[] }[] {
  const columns = new Map(table.columns.flatMap((column) => (column.kind === 'number' ? [[column.name, column.values] as const] : [])));
  return [...new Set(days)].flatMap((day) => {
    const on = days.flatMap((one, i) => (one === day ? [i] : []));
    return baseline.flatMap(({ name, edges }) => {
      const values = name === 'score' ? margins : columns.get(name);
      return values === undefined
        ? []
        : [
            {
              day,
              name,
              counts: countsByEdges(
                Float64Array.from(on, (i) => values[i] ?? NaN),
                edges,
              ),
            },
          ];
    });
  });
}
