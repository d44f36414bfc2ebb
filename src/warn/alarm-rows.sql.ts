import { type RawBuilder, sql } from 'kysely';
import type { AlarmId } from '../model/ids.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import type { AlarmChange, AlarmFace, KnownAlarm } from './alarm-lifecycle.ts';
import type { StoredRule } from './rules.sql.ts';
import { momentText, type Part, wantedSql } from './said-ats.sql.ts';

/** Where an alarm is seen: from its entity's place in the region tree or the organisation. */
export interface AlarmPlace {
  readonly id: AlarmId;
  readonly city: string | null;
  readonly district: string | null;
  readonly unitPath: string | null;
}

const ms = (column: string): RawBuilder<number> => sql<number>`floor(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
const instant = (value: number | null): string | null => (value === null ? null : new Date(value).toISOString());

/** Alarms of the rule's present definition that still stand, per entity, where they meet what is looked at. */
export async function standingAlarms(db: Db, rule: StoredRule, part: Part): Promise<ReadonlyMap<string, readonly KnownAlarm[]>> {
  const narrowed =
    part.kind === 'all'
      ? sql`where a.ends_at > ${momentText(part.span.fromMs)}::timestamptz and a.began_at < ${momentText(part.span.beforeMs)}::timestamptz`
      : sql`join ${wantedSql(part.wanted)} on w.value = a.value and a.ends_at > w.from_at and a.began_at < w.before_at where true`;
  const rows = await rowsOf(
    db,
    sql<KnownAlarm & { value: string }>`
    select a.id, a.value, a.state, ${ms('a.began_at')} as "beganMs", ${ms('a.fired_at')} as "firedMs", ${ms('a.ends_at')} as "endsMs",
      ${ms('a.window_from')} as "windowFromMs", ${ms('a.last_said_at')} as "lastSaidMs", a.voices, a.historical,
      a.acknowledged_at is not null as acknowledged
    from alarms a ${narrowed}
      and a.rule_id = ${rule.id} and a.rule_version = ${rule.definition} and (a.resolved_because is null or a.resolved_because = 'passed')`,
  );
  return Map.groupBy(rows, (row) => row.value);
}

/** What was decided about the alarms of one entity. */
export interface EntityChanges {
  readonly value: string;
  readonly changes: readonly AlarmChange[];
}

/** Writes all changes of one rule; gives back where each alarm that people may see changed, and which are to be announced. */
export async function writeChanges(
  tx: Db,
  ctx: Context,
  rule: StoredRule,
  entities: readonly EntityChanges[],
): Promise<{ readonly places: readonly AlarmPlace[]; readonly announce: ReadonlySet<AlarmId> }> {
  const all = entities.flatMap(({ value, changes }) => changes.map((change) => ({ value, change })));
  const ended = await endAlarms(
    tx,
    ctx,
    all.map(({ change }) => change),
  );
  const announce = new Set<AlarmId>();
  const opened = all.flatMap(({ value, change }) => {
    if (change.kind !== 'open') return [];
    const id = ctx.ids.text('alarm', `${rule.id}:${rule.definition}:${value}:${change.face.beganMs}`) as AlarmId;
    if (change.announce) announce.add(id);
    return [{ id, value, ...columnsOf(change.face) }];
  });
  const updated = all.flatMap(({ change }) => {
    if (change.kind !== 'update') return [];
    if (change.announce) announce.add(change.id);
    return [{ id: change.id, acknowledgement_of: change.acknowledgementOf, ...columnsOf(change.face) }];
  });
  return { places: [...ended, ...(await updateAlarms(tx, updated)), ...(await openAlarms(tx, ctx, rule, opened))], announce };
}

function columnsOf(face: AlarmFace): object {
  return {
    state: face.state,
    began_at: instant(face.beganMs),
    fired_at: instant(face.firedMs),
    resolved_at: instant(face.resolvedMs),
    ends_at: instant(face.endsMs),
    due_at: instant(face.dueMs),
    window_from: instant(face.windowFromMs),
    last_said_at: instant(face.lastSaidMs),
    voices: face.voices,
    historical: face.historical,
  };
}

const FACE_COLUMNS = sql`state text, began_at timestamptz, fired_at timestamptz, resolved_at timestamptz, ends_at timestamptz, due_at timestamptz,
  window_from timestamptz, last_said_at timestamptz, voices integer, historical boolean`;
const PLACE = sql`a.id, a.city, a.district, a.unit_path as "unitPath"`;

async function openAlarms(tx: Db, ctx: Context, rule: StoredRule, opened: readonly object[]): Promise<readonly AlarmPlace[]> {
  if (opened.length === 0) return [];
  return rowsOf(
    tx,
    sql<AlarmPlace>`
    insert into alarms as a (id, rule_id, rule_version, conditions, window_minutes, threshold, dimension, value, city, district, unit_path, state,
      began_at, fired_at, resolved_at, resolved_because, ends_at, due_at, window_from, last_said_at, voices, historical, known_at)
    select n.id, ${rule.id}, ${rule.definition}, ${JSON.stringify(rule.where)}::jsonb, ${rule.windowMinutes}, ${rule.threshold}, ${rule.dimension}, n.value,
      coalesce(g.city, case when g.level = 'city' then g.code end, u.city), coalesce(g.district, case when g.level = 'district' then g.code end, u.district),
      u.path, n.state, n.began_at, n.fired_at, n.resolved_at, case when n.state = 'resolved' then 'passed' end, n.ends_at, n.due_at, n.window_from,
      n.last_said_at, n.voices, n.historical, ${ctx.clock.now()}
    from json_to_recordset(${JSON.stringify(opened)}::json) as n (id text, value text, ${FACE_COLUMNS})
    left join regions g on ${isRegion(rule.dimension)} and g.code = n.value
    left join org_units u on ${rule.dimension === 'unit'} and u.id = n.value
    returning ${PLACE}`,
  );
}

/** Where these entities lie, as alarms of them would say; an entity without a place has nothing but nulls. */
export function placesOf(db: Db, dimension: string, values: readonly string[]): Promise<readonly Omit<AlarmPlace, 'id'>[]> {
  return rowsOf(
    db,
    sql<Omit<AlarmPlace, 'id'>>`
    select distinct coalesce(g.city, case when g.level = 'city' then g.code end, u.city) as city,
      coalesce(g.district, case when g.level = 'district' then g.code end, u.district) as district, u.path as "unitPath"
    from unnest(${values}::text[]) as n (value)
    left join regions g on ${isRegion(dimension)} and g.code = n.value
    left join org_units u on ${dimension === 'unit'} and u.id = n.value`,
  );
}

const isRegion = (dimension: string): boolean => ['city', 'district', 'community', 'cell'].includes(dimension);

async function updateAlarms(tx: Db, updated: readonly object[]): Promise<readonly AlarmPlace[]> {
  if (updated.length === 0) return [];
  return rowsOf(
    tx,
    sql<AlarmPlace>`
    update alarms a set state = n.state, began_at = n.began_at, fired_at = n.fired_at, resolved_at = n.resolved_at,
      resolved_because = case when n.state = 'resolved' then 'passed' end, ends_at = n.ends_at, due_at = n.due_at, window_from = n.window_from,
      last_said_at = n.last_said_at, voices = n.voices, historical = n.historical, version = a.version + 1,
      acknowledged_by = coalesce(a.acknowledged_by, o.acknowledged_by), acknowledged_at = coalesce(a.acknowledged_at, o.acknowledged_at),
      acknowledged_reason = coalesce(a.acknowledged_reason, o.acknowledged_reason)
    from json_to_recordset(${JSON.stringify(updated)}::json) as n (id text, acknowledgement_of text, ${FACE_COLUMNS})
    left join alarms o on o.id = n.acknowledgement_of
    where a.id = n.id
    returning ${PLACE}`,
  );
}

/** Withdrawn ones were never shown as alarms and go; merged and recounted ones stay on record. */
async function endAlarms(tx: Db, ctx: Context, changes: readonly AlarmChange[]): Promise<readonly AlarmPlace[]> {
  const withdrawn = changes.flatMap((change) => (change.kind === 'withdraw' ? [change.id] : []));
  const ended = changes.flatMap((change): readonly { id: AlarmId; because: string; into: AlarmId | null }[] => {
    if (change.kind === 'merge') return [{ id: change.id, because: 'merged', into: change.into }];
    return change.kind === 'recount' ? [{ id: change.id, because: 'recounted', into: null }] : [];
  });
  const gone =
    withdrawn.length === 0 ? [] : await rowsOf(tx, sql<AlarmPlace>`delete from alarms a where a.id = any(${withdrawn}) returning ${PLACE}`);
  if (ended.length === 0) return gone;
  const kept = await rowsOf(
    tx,
    sql<AlarmPlace>`
    update alarms a set state = 'resolved', resolved_at = coalesce(a.resolved_at, ${ctx.clock.now()}::timestamptz), resolved_because = e.because,
      merged_into = e.into, due_at = null, version = a.version + 1
    from json_to_recordset(${JSON.stringify(ended)}::json) as e (id text, because text, "into" text)
    where a.id = e.id returning ${PLACE}`,
  );
  return [...gone, ...kept];
}

/** The open alarms of earlier definitions of a rule end with them. Pending ones go without a trace, as when the count falls. */
export async function supersedeAlarms(tx: Db, ctx: Context, rule: StoredRule): Promise<void> {
  await sql`delete from alarms where rule_id = ${rule.id} and rule_version <> ${rule.definition} and state = 'pending'`.execute(tx);
  await sql`
    update alarms set state = 'resolved', resolved_at = ${ctx.clock.now()}, resolved_because = 'superseded', due_at = null, version = version + 1
    where rule_id = ${rule.id} and rule_version <> ${rule.definition} and state <> 'resolved'`.execute(tx);
}
