import { type RawBuilder, sql } from 'kysely';
import type { ValueTiers } from '../../model/handling.ts';
import type { Pack } from '../../model/pack.ts';
import type { PeakCell, PeakSettings } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { likely, segmentNow } from '../../predict/read.sql.ts';
import { tierSql } from '../handling/tier.sql.ts';
import { gainOf, STEP, TIE_WORTH, TIES } from './rate.ts';

export interface MapAsk {
  readonly days: number;
  readonly now: string;
  /** By which segments customers are told apart. */
  readonly scheme: SchemeId;
  /** null: all; '': those in no segment. */
  readonly segment: string | null;
  readonly effect: number;
  readonly values: PeakSettings['values'];
  readonly tiers: ValueTiers;
  readonly pack: Pick<Pack, 'categories'>;
}

/** What a prevented complaint of a customer of this tier is worth. */
export const worthSql = (tier: RawBuilder<unknown>, { high, usual, low }: PeakSettings['values']): RawBuilder<number> =>
  sql<number>`case ${tier} when 'high' then ${high}::float8 when 'low' then ${low}::float8 else ${usual}::float8 end`;

/**
 * The grievances of the last days within scope, each with its field of the map and whether it stands above its city's newest line. Every
 * figure of the map counts rows of this, and what it opens lists them.
 */
const onMap = (viewer: Viewer, { days, now, scheme, effect, values, tiers, pack }: MapAsk): RawBuilder<unknown> => sql`(
  select t.voice, t.said_at, t.level, ${segmentNow(scheme, sql`t.customer`, sql`t.segment`)} as segment, t.scored, t.category, split_part(t.category, '/', 1) as branch,
    coalesce(t.p * ${gainOf(1, 'usual', { effect, values: { high: 1, usual: 1, low: 1 } })}::float8
      * ${worthSql(tierSql(sql`t.value_tier`, tiers), values)}
      * (1 + ${TIE_WORTH}::float8 * ((t.voice % ${TIES}::bigint * ${STEP}::bigint) % ${TIES}::bigint) / ${TIES}::float8)
      > line.line, false) as above
  from ${likely(
    pack,
    sql<boolean>`v.said_at > ${now}::timestamptz - make_interval(days => ${days}) and v.said_at <= ${now}::timestamptz
    and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  )} t
  left join (select distinct on (city) city, line from peak_lines where line is not null order by city, day desc) line on line.city = t.city)`;

const ofSegment = (segment: string | null): RawBuilder<boolean> =>
  segment === null ? sql<boolean>`true` : segment === '' ? sql<boolean>`x.segment is null` : sql<boolean>`x.segment = ${segment}`;

export interface MapFound {
  readonly cells: readonly PeakCell[];
  readonly segments: readonly { readonly segment: string | null; readonly n: number; readonly above: number }[];
  readonly scored: number;
}

export async function mapOf(db: Db, viewer: Viewer, ask: MapAsk): Promise<MapFound> {
  const rows = await rowsOf(
    db,
    sql<{ branch: string | null; level: number | null; segment: string | null; n: number; above: number; scored: number }>`
    select x.branch, x.level, x.segment, count(*)::int as n, count(*) filter (where x.above)::int as above, count(*) filter (where x.scored)::int as scored
    from ${onMap(viewer, ask)} x group by 1, 2, 3`,
  );
  const mine = rows.filter((row) => ask.segment === null || (row.segment ?? '') === ask.segment);
  const all = rows.reduce((sum, row) => sum + row.n, 0);
  return {
    cells: summed(mine, (row) => `${row.branch} ${row.level}`).map(({ branch, level, n, above }) => ({ branch, level, n, above })),
    segments: summed(rows, (row) => String(row.segment))
      .map(({ segment, n, above }) => ({ segment, n, above }))
      .toSorted((a, b) => b.n - a.n),
    scored: all === 0 ? 0 : rows.reduce((sum, row) => sum + row.scored, 0) / all,
  };
}

function summed<T extends { readonly n: number; readonly above: number }>(rows: readonly T[], keyOf: (row: T) => string): readonly T[] {
  return [...Map.groupBy(rows, keyOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ ...first, n: group.reduce((sum, row) => sum + row.n, 0), above: group.reduce((sum, row) => sum + row.above, 0) }];
  });
}

export interface FieldAsk {
  /** '': unmapped. Not said: any. */
  readonly branch?: string | undefined;
  /** 0: not graded. */
  readonly level?: number | undefined;
  readonly above?: boolean | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** One page of the voices in a field of the map, newest first, each with the category that it is counted under, and how many there are. */
export async function voicesInField(
  db: Db,
  viewer: Viewer,
  ask: MapAsk,
  field: FieldAsk,
): Promise<{ readonly categories: ReadonlyMap<number, string | null>; readonly count: number }> {
  const { branch, level, above, limit, offset } = field;
  const within = [
    ofSegment(ask.segment),
    branch === undefined ? sql`true` : branch === '' ? sql`x.branch is null` : sql`x.branch = ${branch}`,
    level === undefined ? sql`true` : level === 0 ? sql`x.level is null` : sql`x.level = ${level}`,
    above === undefined ? sql`true` : sql`x.above = ${above}`,
  ];
  const from = sql`${onMap(viewer, ask)} x where ${sql.join(within, sql` and `)}`;
  const rows = await rowsOf(
    db,
    sql<{ id: number; category: string | null; total: number }>`
    select x.voice as id, x.category, (count(*) over ())::int as total from ${from} order by x.said_at desc, x.voice desc limit ${limit} offset ${offset}`,
  );
  const total = rows[0]?.total ?? (await rowOf(db, sql<{ n: number }>`select count(*)::int as n from ${from}`))?.n ?? 0;
  return { categories: new Map(rows.map((row) => [row.id, row.category])), count: total };
}
