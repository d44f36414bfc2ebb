import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import type { CheckProblem } from '../warn/read.sql.ts';
import { type Folded, foldTimeline, type TimelineEvent } from './work-order-lifecycle.ts';

interface OrderWithTimeline extends Folded {
  readonly id: string;
  readonly closed: boolean;
  readonly events: readonly TimelineEvent[];
}

const PAGE = 500;

/** Every order is where its timeline leads, over legal steps only. */
export async function checkOrders(ctx: Context): Promise<readonly CheckProblem[]> {
  const problems: CheckProblem[] = [];
  for (let after = '', more = true; more;) {
    const orders = await pageOf(ctx, after);
    problems.push(...orders.flatMap(problemOf));
    after = orders.at(-1)?.id ?? '';
    more = orders.length === PAGE;
  }
  return problems;
}

function problemOf(order: OrderWithTimeline): readonly CheckProblem[] {
  const folded = foldTimeline(order.events);
  const told = (detail: string): readonly CheckProblem[] => [
    { invariant: 'I11 an order is where its timeline leads', subject: order.id, detail },
  ];
  if (typeof folded === 'string') return told(folded);
  if (order.closed !== (order.state === 'closed')) return told(`is ${order.state} but its closing time says otherwise`);
  const same = folded.state === order.state && folded.department === order.department && folded.assignee === order.assignee;
  return same ? [] : told(`is ${order.state} at ${order.department}, its timeline leads to ${folded.state} at ${folded.department}`);
}

function pageOf(ctx: Context, after: string): Promise<readonly OrderWithTimeline[]> {
  return rowsOf(
    ctx.db,
    sql<OrderWithTimeline>`
    select w.id, w.state, w.department, w.assignee_id as assignee, w.closed_at is not null as closed,
      (select coalesce(json_agg(json_build_object('seq', e.seq, 'member', e.member_id, 'action', e.action, 'from', e.from_state, 'to', e.to_state,
        'department', e.department) order by e.seq), '[]') from work_order_events e where e.order_id = w.id) as events
    from work_orders w where w.id > ${after} order by w.id limit ${PAGE}`,
  );
}
