import { type RawBuilder, sql } from 'kysely';
import { may } from '../model/may.ts';
import type { OrderCounts } from '../model/order-views.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import type { OrderState } from '../model/work-order.ts';
import { type ScopeColumns, scopeSql } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';

export interface OrderFilter {
  readonly department?: string | undefined;
  /** Any of these. */
  readonly states?: readonly OrderState[] | undefined;
  readonly overdue?: boolean | undefined;
  /** Open, and due before the day of the product's calendar ends. */
  readonly today?: boolean | undefined;
  readonly mine?: boolean | undefined;
  /** Open, and sent by others to the department that has it. */
  readonly handed?: boolean | undefined;
  /** The viewer's turn: to work on it, to send on what came back, to close what is done. */
  readonly waits?: boolean | undefined;
  /** A number as it stands on the order, or words of its title. */
  readonly q?: string | undefined;
  readonly sort?: OrderSort | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

export const ORDER_SORTS = ['created', '-created', 'due', '-due', '-closed'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

export const WORKING: readonly OrderState[] = ['new', 'accepted', 'in-progress', 'returned'];

const ORDER_SCOPE: ScopeColumns = { city: 'w.city', district: 'w.district', unitPath: 'w.unit_path', unitId: 'w.unit_id', agent: null };

/**
 * Which orders a viewer may see. Besides the rows of the data scope (by the entity's city and district and by the
 * handling unit): what is assigned to the viewer; what the viewer's own unit handles, when the scope is a unit or a team;
 * and, for members whose scope is their unit and below, what their department handles within their own city
 * (province-level members: everywhere). An order at an entity without a place has no city: the province sees it, and
 * whoever it was given to.
 */
export function isSeenBy(viewer: Viewer): RawBuilder<boolean> {
  const ways = [scopeSql(scopeOf(viewer), ORDER_SCOPE), sql<boolean>`w.assignee_id = ${viewer.member}`];
  if (viewer.scope === 'unit' || viewer.scope === 'team' || viewer.scope === 'unit-below')
    ways.push(sql<boolean>`w.unit_id = ${viewer.unit}`);
  if (viewer.scope === 'unit-below' && viewer.department !== null) {
    const inCity = viewer.city === null ? sql<boolean>`true` : sql<boolean>`w.city = ${viewer.city}`;
    ways.push(sql<boolean>`(w.department = ${viewer.department} and ${inCity})`);
  }
  return sql<boolean>`(${sql.join(ways, sql` or `)})`;
}

const isOpen = sql<boolean>`w.state = any(${WORKING}::text[])`;
const isOverdue = (ctx: Context): RawBuilder<boolean> => sql<boolean>`(${isOpen} and w.due_at < ${ctx.clock.now()})`;
const isHanded = sql<boolean>`(${isOpen} and exists (
  select 1 from work_order_events e where e.order_id = w.id and e.action = 'redispatch' and e.department = w.department))`;

function isDueToday(ctx: Context): RawBuilder<boolean> {
  const [now, zone] = [ctx.clock.now(), ctx.config.timeZone];
  const end = sql`(date_trunc('day', ${now}::timestamptz at time zone ${zone}) + interval '1 day') at time zone ${zone}`;
  return sql<boolean>`(${isOpen} and w.due_at >= ${now} and w.due_at < ${end})`;
}

function isNamed(q: string): RawBuilder<boolean> {
  const words = q.trim().split(/\s+/);
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return sql<boolean>`(w.id = ${q.trim()} or w.title ilike all(${patterns}::text[]))`;
}

export function matches(ctx: Context, viewer: Viewer, filter: OrderFilter): RawBuilder<boolean> {
  const parts = [
    isSeenBy(viewer),
    ...(filter.department === undefined ? [] : [sql<boolean>`w.department = ${filter.department}`]),
    ...(filter.states === undefined ? [] : [sql<boolean>`w.state = any(${filter.states}::text[])`]),
    ...(filter.overdue === undefined ? [] : [filter.overdue ? isOverdue(ctx) : sql<boolean>`not ${isOverdue(ctx)}`]),
    ...(filter.today === true ? [isDueToday(ctx)] : []),
    ...(filter.mine === true ? [sql<boolean>`w.assignee_id = ${viewer.member}`] : []),
    ...(filter.handed === true ? [isHanded] : []),
    ...(filter.waits === true ? [isWaiting(viewer)] : []),
    ...(filter.sort === '-closed' ? [sql<boolean>`w.closed_at is not null`] : []),
    ...(filter.q === undefined || filter.q.trim() === '' ? [] : [isNamed(filter.q)]),
  ];
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

/**
 * Whose turn it is: of work, the assignee's, else the members' of the department or the unit that has the order; of what came back, the
 * member's who sent it there, as long as he is a member; of what is done, those of the department who may close it.
 */
function isWaiting(viewer: Viewer): RawBuilder<boolean> {
  const department = viewer.department === null ? sql<boolean>`false` : sql<boolean>`w.department = ${viewer.department}`;
  const isOurs = sql<boolean>`(${department} or w.unit_id = ${viewer.unit})`;
  const isTurn = sql<boolean>`(w.assignee_id = ${viewer.member} or (w.assignee_id is null and ${isOurs}))`;
  const sender = sql`(select m.id from work_order_events e join members m on m.id = e.member_id and m.disabled_at is null
    where e.order_id = w.id and e.action in ('create', 'redispatch') order by e.seq desc limit 1)`;
  const closes = may(viewer, 'orders.close') ? sql<boolean>`(w.assignee_id = ${viewer.member} or ${isOurs})` : sql<boolean>`false`;
  return sql<boolean>`case w.state when 'returned' then coalesce(${sender} = ${viewer.member}, ${isTurn}) when 'done' then ${closes}
    else ${isOpen} and ${isTurn} end`;
}

/** How many orders stand behind each tab, in one look. */
export function orderCountsSql(ctx: Context, viewer: Viewer, filter: OrderFilter): RawBuilder<OrderCounts> {
  const countOf = (condition: RawBuilder<boolean>) => sql`count(*) filter (where ${condition})::int`;
  return sql<OrderCounts>`
    select ${countOf(isOpen)} as open, ${countOf(isOverdue(ctx))} as overdue, ${countOf(isDueToday(ctx))} as today, ${countOf(isHanded)} as handed,
      ${countOf(isWaiting(viewer))} as waits, ${countOf(sql`${isWaiting(viewer)} and ${isOverdue(ctx)}`)} as "waitsLate",
      ${countOf(sql`w.assignee_id = ${viewer.member} and ${isOpen}`)} as mine, ${countOf(sql`w.state = 'new'`)} as new,
      ${countOf(sql`w.state in ('accepted', 'in-progress')`)} as working, ${countOf(sql`w.state = 'done'`)} as done,
      ${countOf(sql`w.state = 'returned'`)} as returned, ${countOf(sql`w.state = 'closed'`)} as closed, count(*)::int as all
    from work_orders w where ${matches(ctx, viewer, filter)}`;
}
