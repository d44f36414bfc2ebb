import { type RawBuilder, sql } from 'kysely';
import { maskText } from '../../model/masking.ts';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import { scopeOf } from '../../model/scope.ts';
import { TEMPERAMENTS, USAGE_GROUPS } from '../../model/segment.ts';
import type { MemberRow, MoverRow, SchemeId, SegmentRunRow } from '../../model/segment-views.ts';
import type { Pack } from '../../model/pack.ts';
import { placeScope, scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { SchemeReport } from './evaluate-scheme.ts';
import { windowBefore } from './run-window.ts';
import type { SegmentFacts } from './segment-facts.ts';

/** The sums of a run that the viewer may see. */
export const factsOf = (db: Db, viewer: Viewer, run: string): Promise<readonly SegmentFacts[]> =>
  rowsOf(
    db,
    sql<SegmentFacts>`
    with facts as materialized (
      select f.segment, f.customers, f.numbers, f.categories
      from segment_facts f where f.run_id = ${run} and ${scopeSql(scopeOf(viewer), placeScope('f'))}
    ),
    numbers as (
      select segment, jsonb_object_agg(key, sums) as numbers from (
        select f.segment, e.key, jsonb_build_array(sum((e.value ->> 0)::float8), sum((e.value ->> 1)::float8), sum((e.value ->> 2)::float8)) as sums
        from facts f, jsonb_each(f.numbers) e group by 1, 2) n group by 1
    ),
    categories as (
      select segment, jsonb_object_agg(key, counts) as categories from (
        select segment, key, jsonb_object_agg(level, n) as counts from (
          select f.segment, e.key, l.key as level, sum(l.value::bigint) as n
          from facts f, jsonb_each(f.categories) e, jsonb_each(e.value) l group by 1, 2, 3) l group by 1, 2) c group by 1
    )
    select s.segment, '' as city, '' as district, s.customers, coalesce(n.numbers, '{}') as numbers, coalesce(c.categories, '{}') as categories
    from (select segment, sum(customers)::bigint as customers from facts group by 1) s
      left join numbers n on n.segment = s.segment left join categories c on c.segment = s.segment`,
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
/** Of one customer at most so many voices open from a list, the newest. */
const MOST_VOICES = 100;

type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

/**
 * One page of customers in the order of their numbers, which leave masked: some sources know their customers by phone number. So the voices
 * behind a customer are named by id, and the next page by how many customers come before it.
 */
async function pageOf<Row extends { readonly customer: string }>(
  db: Db,
  viewer: Viewer,
  who: RawBuilder<unknown>,
  { asOf, after }: { readonly asOf: string; readonly after: number },
): Promise<Page<Row>> {
  const { from, before } = windowBefore(asOf);
  const rows = await rowsOf(
    db,
    sql<Row>`
    select p.*, array(
      select v.id from voices v where v.customer = p.customer and v.said_at >= ${from}::timestamptz and v.said_at < ${before}::timestamptz
        and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}
      order by v.said_at desc, v.id desc limit ${MOST_VOICES}) as voices
    from (
      select k.* from (${who}) k left join customers c on c.customer = k.customer
      where ${scopeSql(scopeOf(viewer), placeScope('c'))} order by k.customer limit ${PAGE + 1} offset ${after}) p
    order by p.customer`,
  );
  const shown = rows.slice(0, PAGE).map((row) => ({ ...row, customer: maskText(row.customer) }));
  return { rows: shown, next: rows.length > PAGE ? String(after + PAGE) : null };
}

/** Customers of a segment within the scope, with what speaks for it, after so many of them. */
export const membersOf = (
  db: Db,
  viewer: Viewer,
  run: Pick<SegmentRunRow, 'id' | 'as_of'>,
  segment: string,
  after: number,
): Promise<Page<MemberRow>> =>
  pageOf(
    db,
    viewer,
    sql`select m.customer, m.segment, coalesce(m.why, '[]') as reasons from segment_members m where m.run_id = ${run.id} and m.segment = ${segment}`,
    { asOf: run.as_of, after },
  );

/** Customers within the scope who went from a segment of one run to a segment of the other; null: in none of that run. */
export function moversOf(
  db: Db,
  viewer: Viewer,
  runs: { readonly from: string; readonly to: Pick<SegmentRunRow, 'id' | 'as_of'> },
  segments: { readonly from: string | null; readonly to: string | null },
  after: number,
): Promise<Page<MoverRow>> {
  const inRun = (run: string, segment: string | null): RawBuilder<unknown> =>
    sql`select m.customer from segment_members m where m.run_id = ${run} ${segment === null ? sql`` : sql`and m.segment = ${segment}`}`;
  const { from, to } = segments;
  // Who is in no segment of a run has no row there.
  const moved =
    from === null
      ? sql`${inRun(runs.to.id, to)} except ${inRun(runs.from, null)}`
      : to === null
        ? sql`${inRun(runs.from, from)} except ${inRun(runs.to.id, null)}`
        : sql`${inRun(runs.from, from)} intersect ${inRun(runs.to.id, to)}`;
  return pageOf(db, viewer, moved, { asOf: runs.to.as_of, after });
}
