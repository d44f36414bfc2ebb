import { type RawBuilder, sql } from 'kysely';
import type { AlarmState, Entity, Severity } from '../model/alarm.ts';
import type { AlarmCount, AlarmRow, AnnouncementRow } from '../model/alarm-views.ts';
import type { CountedPage } from '../model/page.ts';
import type { Viewer } from '../model/people.ts';
import type { Filter } from '../model/question.ts';
import { scopeOf } from '../model/scope.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { publish } from '../people/live.sql.ts';
import { type ScopeColumns, scopeSql } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched } from '../platform/postgres/db.ts';
import { type Cursor, cursorOf, cursorText } from './cursor.ts';
import { entityNames } from './entity-names.sql.ts';

export interface AlarmFilter {
  /** Any of these. */
  readonly states?: readonly AlarmState[] | undefined;
  readonly severity?: Severity | undefined;
  readonly historical?: boolean | undefined;
  readonly rule?: string | undefined;
  readonly department?: string | undefined;
  /** A region: alarms there, and those of all that lies in it. */
  readonly place?: string | undefined;
  /** Days of the product's calendar, half-open, by when the alarm fired (a pending one: began). */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** An alarm of an entity without a place (a plan, a product) counts voices of the whole province: seen with province scope only. */
const ALARM_SCOPE: ScopeColumns = { city: 'a.city', district: 'a.district', unitPath: 'a.unit_path', unitId: null, agent: null };

interface Stored extends Omit<AlarmRow, 'entity' | 'where'> {
  readonly dimension: string;
  readonly value: string;
  readonly conditions: readonly Filter[];
  readonly window_from: string;
  readonly said_before: string;
  readonly listed_at: string;
}

const COLUMNS = sql`
  a.id, jsonb_build_object('id', r.id, 'names', jsonb_build_object('zh', r.name_zh, 'en', r.name_en), 'severity', r.severity,
    'department', r.department, 'window_minutes', a.window_minutes, 'threshold', a.threshold) as rule,
  a.dimension, a.value, a.state, a.began_at, a.fired_at, a.resolved_at, a.resolved_because, a.voices, a.historical, a.known_at, a.version,
  case when a.acknowledged_at is not null then jsonb_build_object('at', to_char(a.acknowledged_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'by', a.acknowledged_by, 'reason', a.acknowledged_reason) end as acknowledged,
  a.conditions, a.window_from, a.last_said_at + interval '1 millisecond' as said_before, coalesce(a.fired_at, a.began_at) as listed_at,
  (select jsonb_build_object('id', w.id, 'state', w.state) from work_orders w join alarms m on m.id = w.alarm_id
    where m.id = a.id or m.merged_into = a.id order by w.created_at, w.id limit 1) as "order"`;

const IS_PLACE = sql`a.dimension in ('city', 'district', 'community', 'cell')`;

/** Alarms that stand; those of an earlier definition of their rule only where somebody dealt with them. */
const STANDING = sql<boolean>`
  a.merged_into is null and (a.rule_version = r.definition or a.acknowledged_at is not null or exists (select 1 from work_orders w where w.alarm_id = a.id))`;

const dayStart = (day: string, zone: string) => sql`${day}::date::timestamp at time zone ${zone}`;

function matches(ctx: Pick<Context, 'config'>, viewer: Viewer, filter: AlarmFilter): RawBuilder<boolean> {
  const zone = ctx.config.timeZone;
  const parts = [
    scopeSql(scopeOf(viewer), ALARM_SCOPE),
    STANDING,
    ...(filter.states === undefined ? [] : [sql<boolean>`a.state = any(${filter.states}::text[])`]),
    ...(filter.severity === undefined ? [] : [sql<boolean>`r.severity = ${filter.severity}`]),
    ...(filter.historical === undefined ? [] : [sql<boolean>`a.historical = ${filter.historical}`]),
    ...(filter.rule === undefined ? [] : [sql<boolean>`a.rule_id = ${filter.rule}`]),
    ...(filter.department === undefined ? [] : [sql<boolean>`r.department = ${filter.department}`]),
    ...(filter.place === undefined ? [] : [sql<boolean>`${filter.place} in (a.city, a.district, case when ${IS_PLACE} then a.value end)`]),
    ...(filter.from === undefined ? [] : [sql<boolean>`coalesce(a.fired_at, a.began_at) >= ${dayStart(filter.from, zone)}`]),
    ...(filter.before === undefined ? [] : [sql<boolean>`coalesce(a.fired_at, a.began_at) < ${dayStart(filter.before, zone)}`]),
  ];
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

/** Newest first. */
export async function alarmsOf(ctx: Context, viewer: Viewer, filter: AlarmFilter): Promise<CountedPage<AlarmRow>> {
  const limit = filter.limit ?? 50;
  const condition = matches(ctx, viewer, filter);
  const after: Cursor | null = cursorOf(filter.cursor);
  const counted = await rowOf(
    ctx.db,
    sql<{ count: number }>`
    select count(*) as count from alarms a join rules r on r.id = a.rule_id where ${condition}`,
  );
  const rows = await rowsOf(
    ctx.db,
    sql<Stored>`
    select ${COLUMNS} from alarms a join rules r on r.id = a.rule_id
    where ${condition} and ${after === null ? sql`true` : sql`(coalesce(a.fired_at, a.began_at), a.id) < (${after.at}::timestamptz, ${after.id})`}
    order by coalesce(a.fired_at, a.began_at) desc, a.id desc limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ at: last.listed_at, id: last.id }) : null;
  return { count: counted?.count ?? 0, rows: await facesOf(ctx, page), next };
}

/** How many alarms there are of each state and severity, and among those over how many were known late. */
export function alarmCounts(ctx: Context, viewer: Viewer, filter: AlarmFilter = {}): Promise<readonly AlarmCount[]> {
  return rowsOf(
    ctx.db,
    sql<AlarmCount>`
    select a.state, r.severity, a.historical, count(*)::int as count from alarms a join rules r on r.id = a.rule_id
    where ${matches(ctx, viewer, filter)} group by 1, 2, 3 order by 1, 2, 3`,
  );
}

/** What needs somebody now: open alarms, the worst first. */
export async function burningAlarms(ctx: Context, viewer: Viewer, filter: AlarmFilter, limit: number): Promise<readonly AlarmRow[]> {
  return facesOf(
    ctx,
    await rowsOf(
      ctx.db,
      sql<Stored>`
    select ${COLUMNS} from alarms a join rules r on r.id = a.rule_id
    where ${matches(ctx, viewer, filter)} and a.state in ('firing', 'acknowledged')
    order by a.state = 'acknowledged', array_position(array['critical', 'serious', 'notice'], r.severity), a.fired_at desc, a.id limit ${limit}`,
    ),
  );
}

export async function alarmOf(ctx: Context, viewer: Viewer, id: string): Promise<AlarmRow | undefined> {
  const stored = await rowOf(
    ctx.db,
    sql<Stored>`
    select ${COLUMNS} from alarms a join rules r on r.id = a.rule_id where a.id = ${id} and ${scopeSql(scopeOf(viewer), ALARM_SCOPE)}`,
  );
  return stored === undefined ? undefined : (await facesOf(ctx, [stored]))[0];
}

async function facesOf(ctx: Context, rows: readonly Stored[]): Promise<readonly AlarmRow[]> {
  const nameOf = await entityNames(ctx.db, ctx.pack, rows);
  return rows.map(({ dimension, value, conditions, window_from, said_before, listed_at: _, ...row }) => ({
    ...row,
    entity: { dimension, value, names: nameOf({ dimension, value }) },
    where: [...conditions, { field: dimension, in: [value] }, { field: 'said_at', from: window_from, before: said_before }],
  }));
}

/** An alarm as the command line prints it. Pending ones have not fired and are not among them. */
export interface AlarmLine {
  readonly rule: string;
  readonly entity: Entity;
  readonly fired_at: string;
  readonly resolved_at: string | null;
  readonly voices: number;
  readonly historical: boolean;
}

export function alarmsJson(ctx: Context, viewer: Viewer): Promise<readonly AlarmLine[]> {
  return rowsOf(
    ctx.db,
    sql<AlarmLine>`
    select a.rule_id as rule, jsonb_build_object('dimension', a.dimension, 'value', a.value) as entity, a.fired_at, a.resolved_at, a.voices, a.historical
    from alarms a join rules r on r.id = a.rule_id
    where a.fired_at is not null and a.resolved_because is distinct from 'superseded' and a.resolved_because is distinct from 'recounted'
      and ${matches(ctx, viewer, {})}
    order by a.fired_at, a.rule_id, a.value`,
  );
}

/**
 * Who was told, also through alarms that were merged into this one when later voices joined their breaches.
 * Addresses show their first letter and their domain. Ask only for an alarm that the viewer may see.
 */
export function announcementsOf(db: Db, alarm: string): Promise<readonly AnnouncementRow[]> {
  return rowsOf(
    db,
    sql<AnnouncementRow>`
    with recursive told (id) as (select ${alarm}::text union select a.id from alarms a join told on a.merged_into = told.id)
    select regexp_replace(recipient, '^(.)[^@]*@', '\\1***@') as recipient, channel, state, sent_at, attempts,
      case when state = 'suppressed' then last_error end as error
    from announcements join told on told.id = alarm_id order by recipient, announcements.id`,
  );
}

export function acknowledgeAlarm(
  ctx: Context,
  viewer: Viewer,
  id: string,
  given: { readonly version?: number | undefined; readonly reason?: string | undefined },
): Promise<AlarmRow> {
  return inTransaction(ctx.db, async (tx) => {
    const reason = given.reason?.trim() ?? '';
    const found = await rowOf(
      tx,
      sql<{ state: AlarmState; version: number; city: string | null; district: string | null; unitPath: string | null }>`
      select a.state, a.version, a.city, a.district, a.unit_path as "unitPath" from alarms a
      where a.id = ${id} and ${scopeSql(scopeOf(viewer), ALARM_SCOPE)} for update`,
    );
    if (found === undefined) throw new Refusal('not-found');
    if (given.version === undefined) throw new Refusal('version-required');
    if (reason === '') throw new Refusal('reason-required');
    if (given.version !== found.version) throw new Refusal('stale-version', { version: found.version });
    if (found.state !== 'firing') throw new Refusal('transition-illegal', { state: found.state });
    await touched(
      tx,
      sql`
      update alarms set state = 'acknowledged', acknowledged_by = ${viewer.member}, acknowledged_at = ${ctx.clock.now()}, acknowledged_reason = ${reason},
        version = version + 1 where id = ${id}`,
    );
    await writeAudit(tx, { ctx, viewer, via: 'web', action: 'alarm.acknowledge', subjectKind: 'alarm', subjectId: id, detail: { reason } });
    const { city, district, unitPath, version } = found;
    await publish(tx, ctx, {
      topic: 'alarm',
      key: `${id}:${version + 1}`,
      city,
      district,
      unitPath,
      department: null,
      payload: { id, state: 'acknowledged' },
    });
    return (await alarmOf({ ...ctx, db: tx }, viewer, id))!;
  });
}
