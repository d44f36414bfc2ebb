import { type RawBuilder, sql } from 'kysely';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import { scopeOf } from '../../model/scope.ts';
import { TEMPERAMENTS, USAGE_GROUPS } from '../../model/segment.ts';
import type { MemberRow, SchemeId, SegmentRunRow } from '../../model/segment-views.ts';
import type { Pack } from '../../model/pack.ts';
import { placeScope, scopeSql } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { SchemeReport } from './evaluate-scheme.ts';
import type { SegmentFacts } from './segment-facts.ts';

/** The sums of a run that the viewer may see. */
export const factsOf = (db: Db, viewer: Viewer, run: string): Promise<readonly SegmentFacts[]> =>
  rowsOf(
    db,
    sql<SegmentFacts>`
    select f.segment, coalesce(f.city, '') as city, coalesce(f.district, '') as district, f.customers, f.numbers, f.categories
    from segment_facts f where f.run_id = ${run} and ${scopeSql(scopeOf(viewer), placeScope('f'))}`,
  );

export interface Move {
  readonly from: string | null;
  readonly to: string | null;
  readonly customers: number;
}

export const movesOf = (db: Db, viewer: Viewer, from: string, to: string): Promise<readonly Move[]> =>
  rowsOf(
    db,
    sql<Move>`
    select m.from_segment as "from", m.to_segment as "to", sum(m.customers)::bigint as customers
    from segment_moves m where m.from_run = ${from} and m.to_run = ${to} and ${scopeSql(scopeOf(viewer), placeScope('m'))}
    group by 1, 2 order by 1, 2`,
  );

export interface RunFound {
  readonly report: SchemeReport | null;
  readonly left_out: Readonly<Record<string, number>>;
}
/** What a run found about its whole population: stability and reasons, no customers. */
export const foundOf = (db: Db, run: string): Promise<RunFound | undefined> =>
  rowOf(db, sql<RunFound>`select report, left_out from segment_runs where id = ${run}`);

/** What the segments of a scheme are called. */
export async function segmentNames(db: Db, pack: Pick<Pack, 'segments'>, scheme: SchemeId): Promise<ReadonlyMap<string, Names>> {
  switch (scheme) {
    case 'temperament':
      return new Map(TEMPERAMENTS.map(({ id, names }) => [id, names]));
    case 'usage':
      return new Map(USAGE_GROUPS.map(({ id, names }) => [id, names]));
    case 'rules':
    case 'clusters': {
      const rows = await rowsOf(
        db,
        sql<{ segment: string; zh: string; en: string }>`
        select segment, name_zh as zh, name_en as en from segments where scheme = ${scheme} order by segment`,
      );
      const stored = new Map(rows.map(({ segment, zh, en }) => [segment, { zh, en }]));
      if (scheme === 'rules') for (const { id, names } of pack.segments) stored.set(id, names);
      return stored;
    }
  }
}

const PAGE = 50;

/** Customers of a segment within the scope, with what speaks for it, after a customer. */
export async function membersOf(
  db: Db,
  viewer: Viewer,
  run: Pick<SegmentRunRow, 'id'>,
  segment: string,
  after: string,
): Promise<{ readonly rows: readonly MemberRow[]; readonly next: string | null }> {
  const rows = await rowsOf(
    db,
    sql<MemberRow>`
    select m.customer, m.segment, coalesce(m.why, '[]') as reasons
    from segment_members m left join customers c on c.customer = m.customer
    where m.run_id = ${run.id} and m.segment = ${segment} and m.customer > ${after} and ${scopeSql(scopeOf(viewer), placeScope('c'))}
    order by m.customer limit ${PAGE + 1}`,
  );
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? (shown.at(-1)?.customer ?? null) : null };
}

/** Customers within the scope who went from a segment of one run to a segment of the other; null: in none of that run. */
export async function moversOf(
  db: Db,
  viewer: Viewer,
  runs: { readonly from: string; readonly to: string },
  segments: { readonly from: string | null; readonly to: string | null },
  after: string,
): Promise<{ readonly rows: readonly { readonly customer: string }[]; readonly next: string | null }> {
  const inRun = (run: string, segment: string | null): RawBuilder<unknown> =>
    sql`select m.customer from segment_members m where m.run_id = ${run} and m.customer > ${after} ${segment === null ? sql`` : sql`and m.segment = ${segment}`}`;
  const { from, to } = segments;
  // Who is in no segment of a run has no row there.
  const moved =
    from === null
      ? sql`${inRun(runs.to, to)} except ${inRun(runs.from, null)}`
      : to === null
        ? sql`${inRun(runs.from, from)} except ${inRun(runs.to, null)}`
        : sql`${inRun(runs.from, from)} intersect ${inRun(runs.to, to)}`;
  const rows = await rowsOf(
    db,
    sql<{ customer: string }>`
    select k.customer from (${moved}) k left join customers c on c.customer = k.customer
    where ${scopeSql(scopeOf(viewer), placeScope('c'))} order by k.customer limit ${PAGE + 1}`,
  );
  const shown = rows.slice(0, PAGE);
  return { rows: shown, next: rows.length > PAGE ? (shown.at(-1)?.customer ?? null) : null };
}
