import { sql } from 'kysely';
import { type Db, type Tx, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { StatedSums } from '../../maths/calibration-of-odds.ts';
import type { VoiceOdds } from '../../model/complaint-odds.ts';
import { newestKnown } from '../newest-known.sql.ts';
import type { Score } from './score-moments.ts';

export interface StoredScore extends VoiceOdds {
  readonly scored_at: string;
  readonly complained30: boolean | null;
}

/** Scoring again with the same version gives the same row. */
export async function saveScores(tx: Db, version: string, now: string, scores: readonly Score[]): Promise<void> {
  if (scores.length === 0) return;
  const records = scores.map((score) => ({
    voice: score.voice,
    category: score.category,
    p7: score.week.p,
    p7_low: score.week.low,
    p7_high: score.week.high,
    p30: score.month.p,
    p30_low: score.month.low,
    p30_high: score.month.high,
    factors: score.factors,
  }));
  await sql`
    insert into grievance_scores (voice_id, version, scored_at, said_at, category, p7, p7_low, p7_high, p30, p30_low, p30_high, factors)
    select r.voice, ${version}, ${now}::timestamptz, v.said_at, r.category, r.p7, r.p7_low, r.p7_high, r.p30, r.p30_low, r.p30_high, r.factors
    from json_to_recordset(${JSON.stringify(records)}::json) as r(voice bigint, category text, p7 float8, p7_low float8, p7_high float8,
      p30 float8, p30_low float8, p30_high float8, factors jsonb)
    join voices v on v.id = r.voice
    on conflict (voice_id, version) do update set scored_at = excluded.scored_at, category = excluded.category, p7 = excluded.p7,
      p7_low = excluded.p7_low, p7_high = excluded.p7_high, p30 = excluded.p30, p30_low = excluded.p30_low, p30_high = excluded.p30_high,
      factors = excluded.factors`.execute(tx);
}

export const scoreOf = (db: Db, voice: number, version: string): Promise<StoredScore | undefined> =>
  rowOf(
    db,
    sql<StoredScore>`
      select voice_id as voice, version, scored_at, category, p7, p7_low, p7_high, p30, p30_low, p30_high, factors, complained30
      from grievance_scores where voice_id = ${voice} and version = ${version}`,
  );

/** What the version that scores now says of these grievances: the chance of a complaint within 30 days, where it was scored. */
export async function probabilitiesOf(db: Db, voices: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (voices.length === 0) return new Map();
  const rows = await rowsOf(
    db,
    sql<{ voice: number; p30: number }>`
      select s.voice_id as voice, s.p30 from grievance_scores s join model_versions m on m.id = s.version and m.state = 'champion'
      where s.voice_id = any(${voices}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.voice, row.p30]));
}

/** Adds counts to the day's bins; scored again, a grievance counts again, which moves nothing that matters to shares. */
export async function addDrift(
  tx: Db,
  version: string,
  counts: readonly { readonly day: string; readonly name: string; readonly counts: readonly number[] }[],
): Promise<void> {
  if (counts.length === 0) return;
  await sql`
    insert into score_drift (version, day, name, counts)
    select ${version}, r.day, r.name, array(select json_array_elements_text(r.counts)::integer)
    from json_to_recordset(${JSON.stringify(counts)}::json) as r(day date, name text, counts json)
    on conflict (version, day, name) do update set counts = array(
      select coalesce(a, 0) + coalesce(b, 0) from unnest(score_drift.counts, excluded.counts) as t(a, b))`.execute(tx);
}

export interface DriftCounts {
  readonly name: string;
  readonly counts: readonly number[];
}

/** Bins of the newest `days` days on which anything was scored, summed. */
export const driftCounts = (db: Db, version: string, days: number): Promise<readonly DriftCounts[]> =>
  rowsOf(
    db,
    sql<DriftCounts>`
      with recent as (select * from score_drift where version = ${version} and day > (select max(day) from score_drift where version = ${version}) - ${days}::integer),
      cells as (select name, i, sum(n)::float8 as n from recent, unnest(counts) with ordinality as t(n, i) group by name, i)
      select name, array_agg(n order by i) as counts from cells group by name`,
  );

/** Stated and happened over the newest `days` of scores whose thirty days have passed; a customer's grievances are a group. */
export const largeOf = (db: Db, version: string, days: number): Promise<StatedSums | undefined> =>
  rowOf(
    db,
    sql<StatedSums>`
      with known as not materialized (
        select voice_id, p30, complained30::int as came, said_at from grievance_scores where version = ${version} and complained30 is not null
      ), customers as (
        select count(*) as rows, sum(p30) as stated, sum(came) as happened, sum(p30 * (1 - p30)) as alone
        from known s join voices v on v.id = s.voice_id
        where s.said_at > (select max(said_at) from known) - make_interval(days => ${days}::integer)
          and s.said_at >= (select trained_at from model_versions where id = ${version})
        group by v.customer
      )
      select coalesce(sum(rows), 0)::float8 as rows, coalesce(sum(stated), 0)::float8 as stated, coalesce(sum(happened), 0)::float8 as happened,
        coalesce(sum(alone), 0)::float8 as alone, coalesce(sum((happened - stated) ^ 2), 0)::float8 as "grouped"
      from customers`,
  );

export interface DueScore {
  readonly voice: number;
  readonly version: string;
  readonly category: string | null;
}

/** Scores whose thirty days are over by what was heard since, without an outcome yet. */
export const dueScores = (db: Db, now: string, limit: number): Promise<readonly DueScore[]> =>
  rowsOf(
    db,
    sql<DueScore>`
      select voice_id as voice, version, category from grievance_scores
      where complained30 is null and said_at <= ${newestKnown(now)} - interval '30 days'
      order by said_at limit ${limit}`,
  );

/** A complaint that arrives late may be what came of a grievance: where none was noted, it is asked again. */
export async function reopenOutcomes(db: Db, complaints: readonly number[]): Promise<void> {
  if (complaints.length === 0) return;
  await sql`
    update grievance_scores s set complained30 = null
    from voices c join voices g on g.customer = c.customer and g.said_at <= c.said_at and g.said_at > c.said_at - interval '30 days'
    where c.id = any(${complaints}::bigint[]) and s.voice_id = g.id and not s.complained30`.execute(db);
}

export async function saveOutcomes(
  tx: Tx,
  outcomes: readonly { readonly voice: number; readonly version: string; readonly complained: boolean }[],
): Promise<void> {
  await sql`
    update grievance_scores s set complained30 = r.complained
    from json_to_recordset(${JSON.stringify(outcomes)}::json) as r(voice bigint, version text, complained boolean)
    where s.voice_id = r.voice and s.version = r.version`.execute(tx);
}
