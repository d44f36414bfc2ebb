import { type RawBuilder, sql } from 'kysely';
import type { WarningRule } from '../model/alarm.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { ruleFieldOf } from './voice-fields.ts';
import { fieldSql, VOICES_READ, whereSql } from './voice-where.sql.ts';

/** Transactions whose readings are looked at: at or above `from`, below `before`. Texts, since they exceed 2^53 in principle. */
export interface Changes {
  readonly fromTx: string;
  readonly beforeTx: string;
}

/** An entity with the first and last time at which a voice of it that changed was said. */
export interface Touched {
  readonly value: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface SaidAts {
  readonly value: string;
  readonly saidAts: readonly number[];
}

const milliseconds = (column: RawBuilder<unknown>): RawBuilder<number> => sql<number>`floor(extract(epoch from ${column}) * 1000)::float8`;

/** The entity's value in SQL; a dimension that a rule may not have gives none, so such a rule sees nothing. */
function entitySql(rule: WarningRule, zone: string): RawBuilder<string | null> {
  const field = ruleFieldOf(rule.dimension);
  return field === undefined ? sql<string | null>`null::text` : fieldSql(field, zone);
}

/**
 * Entities that changed readings belong to, now or before: all readings of a changed voice count here, not only the
 * newest, because a voice that was read anew leaves one entity for another and both must be looked at.
 */
export async function touchedEntities(db: Db, rule: WarningRule, zone: string, changes: Changes): Promise<readonly Touched[]> {
  const value = entitySql(rule, zone);
  return rowsOf(db, sql<Touched>`
    select ${value} as value, ${milliseconds(sql`min(v.said_at)`)} as "firstMs", ${milliseconds(sql`max(v.said_at)`)} as "lastMs"
    from (select distinct voice_id from readings where changed_tx >= ${changes.fromTx}::xid8 and changed_tx < ${changes.beforeTx}::xid8) d
    join voices v on v.id = d.voice_id
    join readings r on r.voice_id = v.id
    where ${value} is not null and ${whereSql(rule.where, zone)}
    group by 1`);
}

/** Which voices of which entities to load: said within [fromMs, beforeMs). */
export interface Wanted {
  readonly value: string;
  readonly fromMs: number;
  readonly beforeMs: number;
}

/**
 * Said-at times per entity, ascending. Entities that never reach the threshold are left out (`lag` finds them inside
 * Postgres, so a bulk import brings over only the few that matter), unless `always` names them. `wanted` null: all entities, all time.
 */
export async function saidAtsOf(
  db: Db, rule: WarningRule, zone: string, wanted: readonly Wanted[] | null, always: readonly string[],
): Promise<readonly SaidAts[]> {
  const value = entitySql(rule, zone);
  return rowsOf(db, sql<SaidAts>`
    with m as materialized (
      select ${value} as value, v.said_at, lag(v.said_at, ${sql.lit(rule.threshold - 1)}) over (partition by ${value} order by v.said_at) as nth_before
      from ${VOICES_READ} ${wantedSql(value, wanted)} and ${value} is not null and ${whereSql(rule.where, zone)}),
    hot as (
      select value from m where said_at - nth_before < make_interval(mins => ${rule.windowMinutes}) group by value
      union select unnest(${always}::text[]))
    select value, array_agg(${milliseconds(sql`said_at`)} order by said_at) as "saidAts" from m join hot using (value) group by value`);
}

function wantedSql(value: RawBuilder<string | null>, wanted: readonly Wanted[] | null): RawBuilder<unknown> {
  if (wanted === null) return sql`where true`;
  const instants = (ms: number): string => new Date(ms).toISOString();
  const froms = wanted.map((one) => instants(one.fromMs));
  const befores = wanted.map((one) => instants(one.beforeMs));
  // The outer bounds let a live evaluation use the index on said_at; per entity they are narrowed by the join.
  const [first, last] = [froms.reduce((a, b) => (a < b ? a : b)), befores.reduce((a, b) => (a > b ? a : b))];
  return sql`join unnest(${wanted.map((one) => one.value)}::text[], ${froms}::timestamptz[], ${befores}::timestamptz[]) w (value, said_from, said_before)
    on w.value = ${value} and v.said_at >= w.said_from and v.said_at < w.said_before
    where v.said_at >= ${first}::timestamptz and v.said_at < ${last}::timestamptz`;
}
