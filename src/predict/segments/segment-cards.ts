import type { Names } from '../../model/question.ts';
import type { FeatureUnit, LiftView, Migration, SchemeId, SegmentCard, SegmentRunRow, TypicalView } from '../../model/segment-views.ts';
import type { ClusterReport } from './clusters.ts';
import { featureOf } from './feature-columns.ts';
import { addedUp, type FactSums, type SegmentFacts } from './segment-facts.ts';
import type { Lift } from './what-sets-apart.ts';
import { whatSetsApart } from './what-sets-apart.ts';

const LIFTS_SHOWN = 6;
/** What a prototype is described by, where it is known. */
const TYPICAL = [
  'value_tier',
  'brand',
  'age_band',
  'tenure_months',
  'products',
  'voices',
  'complaints',
  'online',
  'bill',
  'megabytes',
  'minutes',
];

/** What a segment is made of does not tell anything about it. */
const BY_DEFINITION: Readonly<Partial<Record<SchemeId, readonly string[]>>> = { rules: ['brand', 'value_tier'] };

/** The cards of a run: what each segment is like among the customers that these facts count. The largest first. */
export function segmentCards(
  scheme: SchemeId,
  facts: readonly SegmentFacts[],
  before: readonly SegmentFacts[] | null,
  names: ReadonlyMap<string, Names>,
  figures: ClusterReport | null,
): readonly SegmentCard[] {
  const all = new Map(groupedBySegment(facts));
  const total = facts.reduce((sum, one) => sum + one.customers, 0);
  const totalBefore = (before ?? []).reduce((sum, one) => sum + one.customers, 0);
  const beforeOf = (id: string): number => (before ?? []).filter((one) => one.segment === id).reduce((sum, one) => sum + one.customers, 0);
  return [...all]
    .map(([id, own]): SegmentCard => {
      const outside = addedUp([...all].filter(([other]) => other !== id).map(([, sums]) => sums));
      const stability = figures?.perCluster[id];
      return {
        id,
        names: names.get(id) ?? { zh: id, en: id },
        customers: own.customers,
        share: own.customers / total,
        typical: typicalOf(own),
        lifts: whatSetsApart(own, outside)
          .filter((lift) => BY_DEFINITION[scheme]?.includes(lift.feature) !== true)
          .slice(0, LIFTS_SHOWN)
          .map(liftView),
        jaccard: stability?.jaccard ?? null,
        stable: stability?.stable ?? null,
        moved: stability?.moved ?? null,
        share_before: totalBefore === 0 ? null : beforeOf(id) / totalBefore,
      };
    })
    .toSorted((a, b) => b.customers - a.customers || (a.id < b.id ? -1 : 1));
}

function groupedBySegment(facts: readonly SegmentFacts[]): readonly (readonly [string, FactSums])[] {
  const ids = [...new Set(facts.map((one) => one.segment))];
  return ids.map((id) => [id, addedUp(facts.filter((one) => one.segment === id))] as const);
}

const told = (feature: string): { readonly feature: string; readonly names: Names; readonly unit: FeatureUnit | null } => {
  const declared = featureOf(feature);
  return { feature, names: declared?.names ?? { zh: feature, en: feature }, unit: declared?.unit ?? null };
};
const liftView = (lift: Lift): LiftView => ({ ...lift, ...told(lift.feature) });

function typicalOf(own: FactSums): readonly TypicalView[] {
  return TYPICAL.flatMap((feature): readonly TypicalView[] => {
    const number = own.numbers[feature];
    if (number !== undefined && number[0] > 0)
      return [{ ...told(feature), mean: number[1] / number[0], level: null, share: null, base: number[0] }];
    const known = Object.entries(own.categories[feature] ?? {}).filter(([level]) => level !== '');
    const base = known.reduce((sum, [, count]) => sum + count, 0);
    const [most] = known.toSorted(([, a], [, b]) => b - a);
    return most === undefined ? [] : [{ ...told(feature), mean: null, level: most[0], share: most[1] / base, base }];
  });
}

interface Move {
  readonly from: string | null;
  readonly to: string | null;
  readonly customers: number;
}

type RunOf = Pick<SegmentRunRow, 'month' | 'scheme_version'>;

export function migrationOf(rows: readonly Move[], earlier: RunOf, run: RunOf): Migration {
  const both = rows.filter((row) => row.from !== null && row.to !== null);
  const base = both.reduce((sum, row) => sum + row.customers, 0);
  const stayed = both.reduce((sum, row) => sum + (row.from === row.to ? row.customers : 0), 0);
  return {
    from_month: earlier.month,
    to_month: run.month,
    same_definition: earlier.scheme_version === run.scheme_version,
    rows,
    stayed: base === 0 ? null : stayed / base,
    base,
    psi: stabilityIndex(totals(rows, 'from'), totals(rows, 'to')),
  };
}

function totals(rows: readonly Move[], side: 'from' | 'to'): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const id = row[side];
    if (id !== null) sums.set(id, (sums.get(id) ?? 0) + row.customers);
  }
  return sums;
}

/** Population stability index Σ (b − a) ln(b ÷ a) of two sets of shares, with half a customer where there is none. */
export function stabilityIndex(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number | null {
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const [totalA, totalB] = [before, after].map((sums) => [...sums.values()].reduce((sum, n) => sum + n, 0)) as [number, number];
  if (totalA === 0 || totalB === 0) return null;
  return ids.reduce((sum, id) => {
    const a = Math.max(before.get(id) ?? 0, 0.5) / totalA;
    const b = Math.max(after.get(id) ?? 0, 0.5) / totalB;
    return sum + (b - a) * Math.log(b / a);
  }, 0);
}
