import { type RawBuilder, sql } from 'kysely';
import type { Entity, Severity } from '../model/alarm.ts';
import type { Viewer } from '../model/people.ts';
import type { OrderCounts, OrderDetail, OrderEvent, OrderOfVoice, OrderRow } from '../model/order-views.ts';
import type { CountedPage } from '../model/page.ts';
import type { Filter } from '../model/question.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { cursorOf, cursorText } from '../warn/index.ts';
import { entityNames } from '../warn/read.sql.ts';
import { isSeenBy, matches, orderCountsSql, type OrderFilter, WORKING } from './order-filter.sql.ts';
import { workingMinutesBetween } from './working-time.ts';
import { allowedActions, type OrderPosition } from './work-order-lifecycle.ts';

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

/** Where a page goes on, and in which direction. The newest first unless asked otherwise. */
function orderOfPages(filter: OrderFilter): {
  readonly by: 'created_at' | 'due_at' | 'closed_at';
  readonly after: RawBuilder<boolean>;
  readonly order: RawBuilder<unknown>;
} {
  const sort = filter.sort ?? '-created';
  const by = sort.endsWith('due') ? 'due_at' : sort.endsWith('closed') ? 'closed_at' : 'created_at';
  const column = sql.ref(`w.${by}`);
  const cursor = cursorOf(filter.cursor);
  const falling = sort.startsWith('-');
  const place = cursor === null ? null : sql`(${cursor.at}::timestamptz, ${cursor.id})`;
  const after =
    place === null ? sql<boolean>`true` : falling ? sql<boolean>`(${column}, w.id) < ${place}` : sql<boolean>`(${column}, w.id) > ${place}`;
  return { by, after, order: falling ? sql`${column} desc, w.id desc` : sql`${column}, w.id` };
}

export async function ordersOf(ctx: Context, viewer: Viewer, filter: OrderFilter): Promise<CountedPage<OrderRow>> {
  const limit = filter.limit ?? 50;
  const condition = matches(ctx, viewer, filter);
  const { by, after, order } = orderOfPages(filter);
  const counted = await rowOf(ctx.db, sql<{ count: number }>`select count(*) as count from work_orders w where ${condition}`);
  const rows = await rowsOf(
    ctx.db,
    sql<Stored>`
    select ${COLUMNS} from ${ORDERS}
    where ${condition} and ${after}
    order by ${order} limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ at: last[by] ?? last.created_at, id: last.id }) : null;
  return { count: counted?.count ?? 0, rows: await facesOf(ctx, page), next };
}

export async function orderCounts(ctx: Context, viewer: Viewer, filter: OrderFilter): Promise<OrderCounts> {
  return (await rowOf(ctx.db, orderCountsSql(ctx, viewer, filter)))!;
}

/** What waits longest for this viewer: open orders, the most urgent first. */
export async function waitingOrders(ctx: Context, viewer: Viewer, limit: number): Promise<readonly OrderRow[]> {
  return facesOf(
    ctx,
    await rowsOf(
      ctx.db,
      sql<Stored>`
    select ${COLUMNS} from ${ORDERS} where ${matches(ctx, viewer, { waits: true })}
    order by w.due_at, w.id limit ${limit}`,
    ),
  );
}

/** The orders of these alarms that the viewer may see. */
export async function ordersOfAlarms(db: Db, viewer: Viewer, alarms: readonly string[]): Promise<readonly OrderOfVoice[]> {
  return rowsOf(
    db,
    sql<OrderOfVoice>`
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
  const entityOf = (row: Stored): Entity | null =>
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
