import { type RawBuilder, sql } from 'kysely';
import type { WarningRule } from '../model/alarm.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import type { Span } from './breaches.ts';
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
  return rowsOf(
    db,
    sql<Touched>`
    select ${value} as value, ${milliseconds(sql`min(v.said_at)`)} as "firstMs", ${milliseconds(sql`max(v.said_at)`)} as "lastMs"
    from (select distinct voice_id from readings where changed_tx >= ${changes.fromTx}::xid8 and changed_tx < ${changes.beforeTx}::xid8) d
    join voices v on v.id = d.voice_id
    join readings r on r.voice_id = v.id
    where ${value} is not null and ${whereSql(rule.where, zone)}
    group by 1`,
  );
}

/** The first and last time at which any changed voice was said; undefined: none changed. */
export async function touchedSpan(db: Db, changes: Changes): Promise<{ readonly firstMs: number; readonly lastMs: number } | undefined> {
  const row = await rowOf(
    db,
    sql<{ firstMs: number | null; lastMs: number | null }>`
    select ${milliseconds(sql`min(v.said_at)`)} as "firstMs", ${milliseconds(sql`max(v.said_at)`)} as "lastMs"
    from readings d join voices v on v.id = d.voice_id where d.changed_tx >= ${changes.fromTx}::xid8 and d.changed_tx < ${changes.beforeTx}::xid8`,
  );
  return row === undefined || row.firstMs === null || row.lastMs === null ? undefined : { firstMs: row.firstMs, lastMs: row.lastMs };
}

/** Which voices of an entity to load: said within [fromMs, beforeMs). */
export interface Wanted extends Span {
  readonly value: string;
}

/** Voices of these entities, each within its own span, or of all entities within one span. */
export type Part = { readonly kind: 'entities'; readonly wanted: readonly Wanted[] } | { readonly kind: 'all'; readonly span: Span };

/** Before all voices and after them. */
export const ALL_TIME: Span = { fromMs: -Infinity, beforeMs: Infinity };

/** Postgres has both infinities, ISO text has none. */
export function momentText(ms: number): string {
  if (Number.isFinite(ms)) return new Date(ms).toISOString();
  return ms < 0 ? '-infinity' : 'infinity';
}

/**
 * Said-at times per entity, ascending. Entities that never reach the threshold are left out (`lag` finds them inside
 * Postgres, so a bulk import brings over only the few that matter), unless `always` names them. `seen`: only these voices, for who asks.
 */
export async function saidAtsOf(
  db: Db,
  rule: WarningRule,
  zone: string,
  part: Part,
  always: readonly string[],
  seen: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<readonly SaidAts[]> {
  const value = entitySql(rule, zone);
  return rowsOf(
    db,
    sql<SaidAts>`
    with m as materialized (
      select ${value} as value, v.said_at, lag(v.said_at, ${sql.lit(rule.threshold - 1)}) over (partition by ${value} order by v.said_at) as nth_before
      from ${VOICES_READ} ${partSql(value, part)} and ${value} is not null and ${whereSql(rule.where, zone)} and ${seen}),
    hot as (
      select value from m where said_at - nth_before < make_interval(mins => ${rule.windowMinutes}) group by value
      union select unnest(${always}::text[]))
    select value, array_agg(${milliseconds(sql`said_at`)} order by said_at) as "saidAts" from m join hot using (value) group by value`,
  );
}

function partSql(value: RawBuilder<string | null>, part: Part): RawBuilder<unknown> {
  const within = (span: Span): RawBuilder<unknown> =>
    sql`where v.said_at >= ${momentText(span.fromMs)}::timestamptz and v.said_at < ${momentText(span.beforeMs)}::timestamptz`;
  if (part.kind === 'all') return within(part.span);
  const { wanted } = part;
  // The outer bounds let a live evaluation use the index on said_at; per entity they are narrowed by the join.
  const outer = {
    fromMs: wanted.reduce((a, b) => Math.min(a, b.fromMs), Infinity),
    beforeMs: wanted.reduce((a, b) => Math.max(a, b.beforeMs), -Infinity),
  };
  return sql`join ${wantedSql(wanted)} on w.value = ${value} and v.said_at >= w.from_at and v.said_at < w.before_at ${within(outer)}`;
}

/** The wanted entities as rows `w (value, from_at, before_at)`. */
export function wantedSql(wanted: readonly Wanted[]): RawBuilder<unknown> {
  return sql`unnest(${wanted.map((one) => one.value)}::text[], ${wanted.map((one) => momentText(one.fromMs))}::timestamptz[],
    ${wanted.map((one) => momentText(one.beforeMs))}::timestamptz[]) w (value, from_at, before_at)`;
}
