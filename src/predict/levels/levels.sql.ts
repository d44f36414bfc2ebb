import { sql } from 'kysely';
import { type GradedVoice, type Level, LEVELS, type LevelDistribution, type LevelSettings } from '../../model/levels.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { VOICE_SCOPE, scopeSql } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { distributionOf } from './distribution.ts';
import { factsAt } from './facts.sql.ts';
import { gradeOf } from './grade.ts';
import { levelVersions } from './settings.sql.ts';
import { standingAssociations } from './strengths.sql.ts';

const SAMPLE = 5_000;

/**
 * Levels of some grievances as of a time, with their reasons, computed from the facts of then. Voices that are no grievances have none.
 * The caller has made sure that the viewer may see these voices.
 */
export async function levelsOf(
  ctx: Pick<Context, 'db' | 'clock' | 'pack'>,
  voices: readonly number[],
  at = ctx.clock.now(),
): Promise<readonly GradedVoice[]> {
  if (voices.length === 0) return [];
  const [{ settings, version }] = await levelVersions(ctx.db);
  const associations = await standingAssociations(ctx.db);
  const facts = await factsAt(
    ctx.db,
    ctx.pack,
    sql<boolean>`v.id = any(${voices}::bigint[]) and v.said_at <= ${at}::timestamptz`,
    sql`${at}::timestamptz`,
    associations,
  );
  return facts.map((one) => ({ voice: one.voice, ...gradeOf(one, settings), at, version }));
}

/** The grievances of the last days within scope under some settings; of many, a sample that is the same for the same hour. */
export async function distributionWithin(ctx: Context, viewer: Viewer, settings: LevelSettings, days: number): Promise<LevelDistribution> {
  const now = ctx.clock.now();
  const within = sql<boolean>`
    v.said_at >= ${now}::timestamptz - make_interval(days => ${days}) and v.said_at <= ${now}::timestamptz and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`;
  const total = await rowOf(
    ctx.db,
    sql<{ n: number }>`select count(*) as n from voices v where v.kind in ('grievance', 'fault') and ${within}`,
  );
  const of = total?.n ?? 0;
  const every = Math.max(1, Math.ceil(of / SAMPLE));
  const associations = await standingAssociations(ctx.db);
  const facts = await factsAt(
    ctx.db,
    ctx.pack,
    sql<boolean>`${within} and (${every}::int = 1 or mod(hashint8(v.id) & 2147483647, ${every}::int) = 0)`,
    sql`${now}::timestamptz`,
    associations,
  );
  return distributionOf(facts, settings, { days, of });
}

const standingWithin = (viewer: Viewer, now: string, days: number) => sql`
  grievance_levels l join voices v on v.id = l.voice_id
  where v.said_at >= ${now}::timestamptz - make_interval(days => ${days}) and v.said_at <= ${now}::timestamptz and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`;

/** Grievances of the last days within scope by the level that was written down last. */
export async function standingLevels(
  ctx: Context,
  viewer: Viewer,
  days: number,
): Promise<readonly { readonly level: Level; readonly n: number }[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<{ level: Level; n: number }>`select l.level, count(*) as n from ${standingWithin(viewer, ctx.clock.now(), days)} group by l.level`,
  );
  return LEVELS.map((level) => ({ level, n: rows.find((row) => row.level === level)?.n ?? 0 }));
}

/** One page of the grievances that stand on a level, newest first, and how many there are. */
export async function voicesOnLevel(
  ctx: Context,
  viewer: Viewer,
  asked: { readonly level: Level; readonly days: number; readonly limit: number; readonly offset: number },
): Promise<{ readonly ids: readonly number[]; readonly count: number }> {
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: number; total: number }>`
      select v.id, count(*) over () as total from ${standingWithin(viewer, ctx.clock.now(), asked.days)} and l.level = ${asked.level}
      order by v.said_at desc, v.id desc limit ${asked.limit} offset ${asked.offset}`,
  );
  return { ids: rows.map((row) => row.id), count: rows[0]?.total ?? 0 };
}

/** Pages of grievances to grade anew: the last days, by id. */
export const grievancesAfter = (
  db: Db,
  since: string,
  until: string,
  after: number,
  limit: number,
): Promise<readonly { readonly id: number }[]> =>
  rowsOf(
    db,
    sql<{ id: number }>`
      select v.id from voices v where v.kind in ('grievance', 'fault') and v.said_at >= ${since}::timestamptz and v.said_at <= ${until}::timestamptz
        and v.id > ${after} order by v.id limit ${limit}`,
  );

/** Stores what changed, and the change itself. How many levels are others than they were. */
export async function storeLevels(ctx: Context, graded: readonly GradedVoice[]): Promise<number> {
  if (graded.length === 0) return 0;
  const json = JSON.stringify(
    graded.map(({ voice, level, score, reasons, at, version }) => ({ voice, level, score, reasons, at, version })),
  );
  const GIVEN = sql`json_to_recordset(${json}::json) as g(voice bigint, level smallint, score real, reasons jsonb, at timestamptz, version integer)
    join voices v on v.id = g.voice`;
  return inTransaction(ctx.db, async (tx) => {
    const changed = await rowsOf(
      tx,
      sql<{ id: number }>`
        insert into grievance_level_changes (voice_id, at, level, settings_version)
        select g.voice, g.at, g.level, g.version from ${GIVEN} left join grievance_levels l on l.voice_id = g.voice
        where l.level is distinct from g.level on conflict do nothing returning voice_id as id`,
    );
    await sql`
      insert into grievance_levels (voice_id, level, score, reasons, settings_version, facts_at)
      select g.voice, g.level, g.score, g.reasons, g.version, g.at from ${GIVEN}
      on conflict (voice_id) do update set level = excluded.level, score = excluded.score, reasons = excluded.reasons,
        settings_version = excluded.settings_version, facts_at = excluded.facts_at
      where (grievance_levels.score, grievance_levels.level, grievance_levels.settings_version)
        is distinct from (excluded.score, excluded.level, excluded.settings_version)`.execute(tx);
    return changed.length;
  });
}
