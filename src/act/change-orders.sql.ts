import { sql } from 'kysely';
import type { Severity } from '../model/alarm.ts';
import type { AlarmRow } from '../model/alarm-views.ts';
import type { OrderDetail, OrderDraft, OrderEvent } from '../model/order-views.ts';
import type { Viewer } from '../model/people.ts';
import type { Filter } from '../model/question.ts';
import type { OrderAction } from '../model/work-order.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { publish } from '../people/live.sql.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, type Tx } from '../platform/postgres/db.ts';
import { alarmOf, leadingCategory } from '../warn/read.sql.ts';
import { lockOrder, orderOf } from './order-rows.sql.ts';
import { orderProblems, withinScope } from './order-draft.ts';
import { departmentFor, departmentOfCategory, type HandlingUnit, handlingUnit } from './routing.ts';
import { stepOrder } from './work-order-lifecycle.ts';
import { addWorkingMinutes } from './working-time.ts';

interface NewOrder extends Omit<OrderDraft, 'department'> {
  readonly key: string;
  readonly alarm: string | null;
  readonly department: string;
}

interface Place {
  readonly city: string | null;
  readonly district: string | null;
}

/** The order of an alarm: made once, however often and by however many it is asked for. */
export function orderFromAlarm(ctx: Context, viewer: Viewer, alarmId: string): Promise<OrderDetail> {
  return inTransaction(ctx.db, async (tx) => {
    const inside = { ...ctx, db: tx };
    // Two who ask at once queue here; the second finds the first one's order.
    await sql`select 1 from alarms where id = ${alarmId} for update`.execute(tx);
    const alarm = await alarmOf(inside, viewer, alarmId);
    if (alarm === undefined) throw new Refusal('not-found');
    if (alarm.order !== null) return seen(inside, viewer, alarm.order.id);
    if (alarm.fired_at === null) throw new Refusal('state-wrong', { state: alarm.state });
    const leading = await leadingCategory(tx, alarm.where, ctx.config.timeZone);
    const id = await insertOrder(tx, ctx, viewer, orderOfAlarm(ctx, alarm, leading));
    return seen(inside, viewer, id);
  });
}

function orderOfAlarm(ctx: Context, alarm: AlarmRow, leading: { readonly category: string; readonly share: number } | null): NewOrder {
  return {
    key: `alarm:${alarm.id}`,
    alarm: alarm.id,
    title: `${alarm.rule.names.zh} · ${alarm.entity.names.zh}`,
    severity: alarm.rule.severity,
    where: alarm.where,
    category: leading?.category ?? null,
    entity: { dimension: alarm.entity.dimension, value: alarm.entity.value },
    department: departmentFor(ctx.pack, leading, alarm.rule.department),
    note: null,
  };
}

export function orderFromFinding(ctx: Context, viewer: Viewer, draft: OrderDraft): Promise<OrderDetail> {
  const problems = orderProblems(draft, ctx.pack);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  const department = draft.department ?? departmentOfCategory(ctx.pack, draft.category);
  if (department === null) throw new Refusal('request-invalid', {}, [{ code: 'field-required', column: 'body.department' }]);
  return inTransaction(ctx.db, async (tx) => {
    await refuseUnknownPlaces(tx, draft);
    const key = `finding:${viewer.member}:${ctx.clock.now()}:${draft.title}`;
    const id = await insertOrder(tx, ctx, viewer, { ...draft, where: withinScope(draft.where, viewer), key, alarm: null, department });
    return seen({ ...ctx, db: tx }, viewer, id);
  });
}

/** A place that does not exist is refused like one of another city, so that nobody can try out which exist. */
async function refuseUnknownPlaces(db: Db, draft: OrderDraft): Promise<void> {
  for (const { dimension, value } of placesNamed(draft.entity, draft.where)) {
    const known = await rowOf(
      db,
      dimension === 'unit' ? sql`select 1 from org_units where id = ${value}` : sql`select 1 from regions where code = ${value}`,
    );
    if (known === undefined) throw new Refusal('not-found');
  }
}

const PLACES: readonly string[] = ['city', 'district', 'community', 'cell', 'unit'];

/** The entity, then what the filters narrow to one value, as far as these are places. */
function placesNamed(entity: OrderDraft['entity'], where: readonly Filter[]): readonly { dimension: string; value: string }[] {
  const named = where.flatMap((filter) => {
    const [value] = 'in' in filter && filter.in.length === 1 ? filter.in : [];
    return 'field' in filter && typeof value === 'string' ? [{ dimension: filter.field, value }] : [];
  });
  return [...(entity === null ? [] : [entity]), ...named].filter(({ dimension }) => PLACES.includes(dimension));
}

/** An order that its maker could not see (at an entity of another city) is refused, and nothing of it stays. */
async function seen(ctx: Context, viewer: Viewer, id: string): Promise<OrderDetail> {
  const order = await orderOf(ctx, viewer, id);
  if (order === undefined) throw new Refusal('not-found');
  return order;
}

async function insertOrder(tx: Tx, ctx: Context, viewer: Viewer, order: NewOrder): Promise<string> {
  const id = ctx.ids.text('order', order.key);
  const place = await placeOf(tx, order.entity, order.where);
  const unit = await unitFor(tx, order.department, place.city);
  await sql`
    insert into work_orders (id, origin, alarm_id, title, severity, state, conditions, dimension, value, category, city, district, unit_path,
      department, unit_id, created_by, created_at, due_at)
    values (${id}, ${order.alarm === null ? 'finding' : 'alarm'}, ${order.alarm}, ${order.title}, ${order.severity}, 'new', ${JSON.stringify(order.where)}::jsonb,
      ${order.entity?.dimension ?? null}, ${order.entity?.value ?? null}, ${order.category}, ${place.city}, ${place.district}, ${unit.path},
      ${order.department}, ${unit.id}, ${viewer.member}, ${ctx.clock.now()}, ${dueAt(ctx, order.severity)})`.execute(tx);
  await appendEvent(tx, ctx, viewer, id, { action: 'create', from: null, to: 'new', department: order.department, note: order.note });
  await tell(tx, ctx, viewer, id, 'create', { alarm: order.alarm, department: order.department, note: order.note });
  return id;
}

export function dueAt(ctx: Context, severity: Severity): string {
  return new Date(
    addWorkingMinutes(ctx.clock.nowMs(), ctx.pack.due_minutes[severity], ctx.pack.calendar, ctx.config.timeZone),
  ).toISOString();
}

/** The place of the entity, else the one city or district that the filters name. */
async function placeOf(db: Db, entity: OrderDraft['entity'], where: readonly Filter[]): Promise<Place> {
  for (const { dimension, value } of placesNamed(entity, where)) {
    const row = await rowOf(
      db,
      sql<Place>`
      select coalesce(city, case when level = 'city' then code end) as city, coalesce(district, case when level = 'district' then code end) as district
      from regions where code = ${value} and ${dimension !== 'unit'}
      union all select city, district from org_units where id = ${value} and ${dimension === 'unit'} limit 1`,
    );
    if (row !== undefined && row.city !== null) return row;
  }
  return { city: null, district: null };
}

async function unitFor(db: Db, department: string, city: string | null): Promise<HandlingUnit> {
  const units = await rowsOf(db, sql<HandlingUnit>`select id, path, department, city, level from org_units where retired_at is null`);
  const unit = handlingUnit(units, department, city);
  if (unit === null) throw new Refusal('unavailable', { reason: 'no-organisation' });
  return unit;
}

type NewEvent = Omit<OrderEvent, 'seq' | 'at' | 'member'>;

async function appendEvent(tx: Tx, ctx: Context, viewer: Viewer, order: string, event: NewEvent): Promise<void> {
  const last = await rowOf(tx, sql<{ seq: number }>`select coalesce(max(seq), 0) as seq from work_order_events where order_id = ${order}`);
  const seq = (last?.seq ?? 0) + 1;
  await sql`
    insert into work_order_events (id, order_id, seq, at, member_id, action, from_state, to_state, department, note)
    values (${ctx.ids.text('event', `${order}:${seq}`)}, ${order}, ${seq}, ${ctx.clock.now()}, ${viewer.member}, ${event.action}, ${event.from}, ${event.to},
      ${event.department}, ${event.note})`.execute(tx);
}

/** Audit and live event of a change, in its transaction. */
async function tell(tx: Tx, ctx: Context, viewer: Viewer, id: string, action: string, detail: object): Promise<void> {
  await writeAudit(tx, { ctx, viewer, via: 'web', action: `order.${action}`, subjectKind: 'order', subjectId: id, detail });
  const row = await rowOf(
    tx,
    sql<{ state: string; version: number; city: string | null; district: string | null; unitPath: string; department: string }>`
    select state, version, city, district, unit_path as "unitPath", department from work_orders where id = ${id}`,
  );
  const { state, version, ...place } = row!;
  await publish(tx, ctx, { topic: 'order', key: `${id}:${version}:${action}:${ctx.clock.now()}`, ...place, payload: { id, state } });
}

export interface ActionRequest {
  readonly action: OrderAction;
  readonly version?: number | undefined;
  readonly note?: string | undefined;
  readonly department?: string | undefined;
}

/**
 * One step of an order, over the version that was seen. Two at once: one goes through, the other is told that it is stale.
 * null: done, and the order has left the viewer's sight (redispatched to another unit).
 */
export function actOnOrder(ctx: Context, viewer: Viewer, id: string, asked: ActionRequest): Promise<OrderDetail | null> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, viewer, id);
    if (order === undefined) throw new Refusal('not-found');
    if (asked.version === undefined) throw new Refusal('version-required');
    if (asked.version !== order.version) throw new Refusal('stale-version', { version: order.version });
    const note = asked.note?.trim() || null;
    const step = stepOrder(viewer, order, asked.action, note);
    if (step.kind === 'refused') throw new Refusal(step.why, { state: order.state, action: asked.action });
    const department = asked.action === 'redispatch' ? redispatchTo(ctx, asked.department) : order.department;
    const unit = asked.action === 'redispatch' ? await unitFor(tx, department, order.city) : null;
    const restarts = asked.action === 'redispatch' || asked.action === 'reopen';
    const assignee = asked.action === 'accept' ? viewer.member : asked.action === 'redispatch' ? null : order.assignee;
    await sql`
      update work_orders set state = ${step.to}, department = ${department}, unit_id = coalesce(${unit?.id ?? null}, unit_id),
        unit_path = coalesce(${unit?.path ?? null}, unit_path), assignee_id = ${assignee}, version = version + 1,
        closed_at = ${step.to === 'closed' ? ctx.clock.now() : null}, due_at = coalesce(${restarts ? dueAt(ctx, order.severity) : null}::timestamptz, due_at)
      where id = ${id}`.execute(tx);
    const target = asked.action === 'redispatch' ? department : null;
    await appendEvent(tx, ctx, viewer, id, { action: asked.action, from: order.state, to: step.to, department: target, note });
    await tell(tx, ctx, viewer, id, asked.action, {
      from: order.state,
      to: step.to,
      note,
      ...(target === null ? {} : { department: target }),
    });
    // Whether it helped is measured by whoever follows this queue; the job exists if and only if the order was closed.
    if (step.to === 'closed') await ctx.jobs.enqueue(tx, 'verify.measure', { order: id }, { key: id });
    failpoint('order.action');
    return (await orderOf({ ...ctx, db: tx }, viewer, id)) ?? null;
  });
}

function redispatchTo(ctx: Context, department: string | undefined): string {
  if (department === undefined) throw new Refusal('request-invalid', {}, [{ code: 'field-required', column: 'body.department' }]);
  if (!ctx.pack.departments.some((one) => one.code === department)) {
    throw new Refusal('request-invalid', {}, [
      { code: 'pack-reference-unknown', column: 'body.department', params: { value: department } },
    ]);
  }
  return department;
}

/** A word on the timeline. It changes no state and needs no version; the lock keeps the lines in one order. */
export function commentOnOrder(ctx: Context, viewer: Viewer, id: string, note: string): Promise<OrderDetail> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, viewer, id);
    if (order === undefined) throw new Refusal('not-found');
    if (note.trim() === '') throw new Refusal('request-invalid', {}, [{ code: 'field-required', column: 'body.note' }]);
    await appendEvent(tx, ctx, viewer, id, { action: 'comment', from: null, to: null, department: null, note: note.trim() });
    await tell(tx, ctx, viewer, id, 'comment', {});
    return (await orderOf({ ...ctx, db: tx }, viewer, id))!;
  });
}
