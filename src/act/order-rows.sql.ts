import { type RawBuilder, sql } from 'kysely';
import type { Severity } from '../model/alarm.ts';
import type { Viewer } from '../model/people.ts';
import type { Filter, Names } from '../model/question.ts';
import { scopeOf } from '../model/scope.ts';
import type { OrderAction, OrderState } from '../model/work-order.ts';
import { type ScopeColumns, scopeSql } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { cursorOf, cursorText } from '../warn/index.ts';
import { entityNames } from '../warn/read.sql.ts';
import { workingMinutesBetween } from './working-time.ts';
import { allowedActions, type OrderPosition } from './work-order-lifecycle.ts';

/** A work order as it is listed. */
export interface OrderRow {
  readonly id: string;
  readonly title: string;
  readonly state: OrderState;
  readonly severity: Severity;
  readonly department: string;
  readonly unit: { readonly id: string; readonly names: Names };
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly entity: { readonly dimension: string; readonly value: string; readonly names: Names } | null;
  readonly category: string | null;
  readonly created_at: string;
  readonly due_at: string;
  readonly closed_at: string | null;
  readonly overdue: boolean;
  /** Working minutes until it is due, negative when overdue; null once the work is done. */
  readonly minutes_left: number | null;
  readonly alarm: string | null;
  readonly version: number;
}

export interface OrderEvent {
  readonly seq: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly action: OrderAction | 'create' | 'comment';
  readonly from: OrderState | null;
  readonly to: OrderState | null;
  readonly department: string | null;
  readonly note: string | null;
}

export interface OrderDetail extends OrderRow {
  readonly where: readonly Filter[];
  readonly actions: readonly OrderAction[];
  readonly events: readonly OrderEvent[];
}

export interface OrderFilter {
  readonly department?: string | undefined;
  readonly state?: OrderState | undefined;
  readonly overdue?: boolean | undefined;
  readonly mine?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const ORDER_SCOPE: ScopeColumns = { city: 'w.city', district: 'w.district', unitPath: 'w.unit_path', unitId: 'w.unit_id', agent: null };

/**
 * Which orders a viewer may see. Besides the rows of the data scope (by the entity's city and district and by the
 * handling unit): what is assigned to the viewer; what the viewer's own unit handles, when the scope is a unit or a team;
 * and, for members whose scope is their unit and below, what their department handles within their own city
 * (province-level members: everywhere). An order at an entity without a place has no city: the province sees it, and
 * whoever it was given to.
 */
function isSeenBy(viewer: Viewer): RawBuilder<boolean> {
  const ways = [scopeSql(scopeOf(viewer), ORDER_SCOPE), sql<boolean>`w.assignee_id = ${viewer.member}`];
  if (viewer.scope === 'unit' || viewer.scope === 'team' || viewer.scope === 'unit-below')
    ways.push(sql<boolean>`w.unit_id = ${viewer.unit}`);
  if (viewer.scope === 'unit-below' && viewer.department !== null) {
    const inCity = viewer.city === null ? sql<boolean>`true` : sql<boolean>`w.city = ${viewer.city}`;
    ways.push(sql<boolean>`(w.department = ${viewer.department} and ${inCity})`);
  }
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

const WORKING: readonly OrderState[] = ['new', 'accepted', 'in-progress', 'returned'];

function matches(ctx: Context, viewer: Viewer, filter: OrderFilter): RawBuilder<boolean> {
  const isOverdue = sql<boolean>`(w.state = any(${WORKING}::text[]) and w.due_at < ${ctx.clock.now()})`;
  const parts = [
    isSeenBy(viewer),
    ...(filter.department === undefined ? [] : [sql<boolean>`w.department = ${filter.department}`]),
    ...(filter.state === undefined ? [] : [sql<boolean>`w.state = ${filter.state}`]),
    ...(filter.overdue === undefined ? [] : [filter.overdue ? isOverdue : sql<boolean>`not ${isOverdue}`]),
    ...(filter.mine === true ? [sql<boolean>`w.assignee_id = ${viewer.member}`] : []),
  ];
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

interface Stored extends Omit<OrderRow, 'entity' | 'overdue' | 'minutes_left'> {
  readonly dimension: string | null;
  readonly value: string | null;
  readonly conditions: readonly Filter[];
}

const COLUMNS = sql`
  w.id, w.title, w.state, w.severity, w.department, jsonb_build_object('id', u.id, 'names', jsonb_build_object('zh', u.name, 'en', u.name_en)) as unit,
  case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end as assignee, w.dimension, w.value, w.category,
  w.created_at, w.due_at, w.closed_at, w.alarm_id as alarm, w.version, w.conditions`;
const ORDERS = sql`work_orders w join org_units u on u.id = w.unit_id left join members m on m.id = w.assignee_id`;

export interface OrderPage {
  readonly count: number;
  readonly rows: readonly OrderRow[];
  readonly next: string | null;
}

/** Newest first. */
export async function ordersOf(ctx: Context, viewer: Viewer, filter: OrderFilter): Promise<OrderPage> {
  const limit = filter.limit ?? 50;
  const condition = matches(ctx, viewer, filter);
  const after = cursorOf(filter.cursor);
  const counted = await rowOf(ctx.db, sql<{ count: number }>`select count(*) as count from work_orders w where ${condition}`);
  const rows = await rowsOf(
    ctx.db,
    sql<Stored>`
    select ${COLUMNS} from ${ORDERS}
    where ${condition} and ${after === null ? sql`true` : sql`(w.created_at, w.id) < (${after.at}::timestamptz, ${after.id})`}
    order by w.created_at desc, w.id desc limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ at: last.created_at, id: last.id }) : null;
  return { count: counted?.count ?? 0, rows: await facesOf(ctx, page), next };
}

/** Whose turn it is: the assignee's, else the members' of the department or the unit that has the order. */
function waitsFor(viewer: Viewer): RawBuilder<boolean> {
  const department = viewer.department === null ? sql<boolean>`false` : sql<boolean>`w.department = ${viewer.department}`;
  return sql<boolean>`(w.assignee_id = ${viewer.member} or (w.assignee_id is null and (${department} or w.unit_id = ${viewer.unit})))`;
}

/** What waits longest for this viewer: open orders, the most urgent first. */
export async function waitingOrders(ctx: Context, viewer: Viewer, limit: number): Promise<readonly OrderRow[]> {
  return facesOf(
    ctx,
    await rowsOf(
      ctx.db,
      sql<Stored>`
    select ${COLUMNS} from ${ORDERS} where ${matches(ctx, viewer, {})} and ${waitsFor(viewer)} and w.state = any(${WORKING}::text[])
    order by w.due_at, w.id limit ${limit}`,
    ),
  );
}

/** The orders of these alarms that the viewer may see. */
export async function ordersOfAlarms(
  db: Db,
  viewer: Viewer,
  alarms: readonly string[],
): Promise<readonly { id: string; title: string; state: OrderState }[]> {
  return rowsOf(
    db,
    sql<{ id: string; title: string; state: OrderState }>`
    select w.id, w.title, w.state from work_orders w where w.alarm_id = any(${alarms}::text[]) and ${isSeenBy(viewer)} order by w.created_at, w.id`,
  );
}

export async function orderOf(ctx: Context, viewer: Viewer, id: string): Promise<OrderDetail | undefined> {
  const stored = await rowOf(ctx.db, sql<Stored>`select ${COLUMNS} from ${ORDERS} where w.id = ${id} and ${isSeenBy(viewer)}`);
  if (stored === undefined) return undefined;
  const [face] = await facesOf(ctx, [stored]);
  const events = await rowsOf(
    ctx.db,
    sql<OrderEvent>`
    select e.seq, e.at, case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end as member, e.action,
      e.from_state as "from", e.to_state as "to", e.department, e.note
    from work_order_events e left join members m on m.id = e.member_id where e.order_id = ${id} order by e.seq`,
  );
  return { ...face!, where: stored.conditions, actions: allowedActions(viewer, positionOf(stored)), events };
}

function positionOf(stored: Stored): OrderPosition {
  return {
    state: stored.state,
    department: stored.department,
    unit: stored.unit.id,
    assignee: (stored.assignee?.id ?? null) as OrderPosition['assignee'],
  };
}

async function facesOf(ctx: Context, rows: readonly Stored[]): Promise<readonly OrderRow[]> {
  const entityOf = (row: Stored): { dimension: string; value: string } | null =>
    row.dimension === null || row.value === null ? null : { dimension: row.dimension, value: row.value };
  const nameOf = await entityNames(
    ctx.db,
    ctx.pack,
    rows.flatMap((row) => entityOf(row) ?? []),
  );
  const now = ctx.clock.nowMs();
  return rows.map((row) => {
    const { dimension: _, value: __, conditions: ___, ...face } = row;
    const entity = entityOf(row);
    const isOpen = WORKING.includes(row.state);
    const dueMs = Date.parse(row.due_at);
    const left = isOpen ? Math.round(workingMinutesBetween(now, dueMs, ctx.pack.calendar, ctx.config.timeZone)) : null;
    return {
      ...face,
      entity: entity === null ? null : { ...entity, names: nameOf(entity) },
      overdue: isOpen && dueMs < now,
      minutes_left: left,
    };
  });
}

/** The order for a change, locked; only if the viewer may see it. */
export async function lockOrder(
  tx: Db,
  viewer: Viewer,
  id: string,
): Promise<(OrderPosition & { readonly version: number; readonly severity: Severity; readonly city: string | null }) | undefined> {
  return rowOf(
    tx,
    sql`
    select w.state, w.department, w.unit_id as unit, w.assignee_id as assignee, w.version, w.severity, w.city
    from work_orders w where w.id = ${id} and ${isSeenBy(viewer)} for update`,
  );
}
