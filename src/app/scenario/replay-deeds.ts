import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { actOnOrder, commentOnOrder, orderFromAlarm } from '../../act/change-orders.sql.ts';
import type { OrderRow } from '../../model/order-views.ts';
import type { Viewer } from '../../model/people.ts';
import { ORDER_ACTIONS } from '../../model/work-order.ts';
import { memberNamed } from '../../people/members.sql.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { UsageError } from '../commands/command.ts';

const stepSchema = z.strictObject({
  after_minutes: z.number().int().min(0),
  action: z.enum(['dispatch', 'comment', ...ORDER_ACTIONS]),
  note: z.string().optional(),
  department: z.string().optional(),
});
const deedsSchema = z.strictObject({
  handlers: z.record(z.string(), z.string()),
  orders: z.array(
    z.strictObject({
      alarm: z.strictObject({ dimension: z.string(), value: z.string(), from: z.iso.datetime(), before: z.iso.datetime() }),
      by: z.string(),
      steps: z.array(stepSchema).min(1),
    }),
  ),
});
type Deeds = z.infer<typeof deedsSchema>;
type Deed = Deeds['orders'][number];
type DeedStep = Deed['steps'][number];

/** Does again what a scenario's people did about its alarms, at the times when they did it; what was done before stays. */
export async function replayDeeds(ctx: Context, dir: string): Promise<number> {
  const file = join(dir, 'deeds.json');
  if (!existsSync(file)) return 0;
  const deeds = deedsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  let made = 0;
  for (const deed of deeds.orders) if (await replay(ctx, deeds.handlers, deed)) made += 1;
  return made;
}

/** The first alarm that fired while it lasted: stray voices before may have begun it. False: it has an order already, or nobody was warned. */
async function replay(ctx: Context, handlers: Deeds['handlers'], { alarm, by, steps }: Deed): Promise<boolean> {
  const fired = await rowOf(
    ctx.db,
    sql<{ id: string; fired_at: string; ordered: boolean }>`
      select id, fired_at, exists (select 1 from work_orders o where o.alarm_id = a.id) as ordered
      from alarms a where dimension = ${alarm.dimension} and value = ${alarm.value} and fired_at is not null
        and fired_at >= ${alarm.from} and fired_at < ${alarm.before}
      order by fired_at limit 1`,
  );
  if (fired === undefined || fired.ordered) return false;
  const dispatcher = await memberOf(ctx, by);
  let order: Order | null = null;
  for (const step of steps) {
    const then = Date.parse(fired.fired_at) + step.after_minutes * 60_000;
    if (then > ctx.clock.nowMs()) break;
    const inside: Context = { ...ctx, clock: fixedClock(new Date(then).toISOString()) };
    if (step.action === 'dispatch') order = await orderFromAlarm(inside, dispatcher, fired.id);
    if (order === null || step.action === 'dispatch') continue;
    const handler = handlers[order.department];
    const who = BY_DISPATCHER.has(step.action) ? dispatcher : handler === undefined ? null : await memberOf(ctx, handler);
    // Nobody of that department plays along: the order waits, as it would.
    if (who === null) break;
    order = await act(inside, who, order, step);
  }
  return true;
}

type Order = Pick<OrderRow, 'id' | 'version' | 'department'>;
const BY_DISPATCHER: ReadonlySet<DeedStep['action']> = new Set(['redispatch', 'reopen']);

/** Null: it has left the sight of who did it. */
async function act(ctx: Context, who: Viewer, order: Order, { action, note, department }: DeedStep): Promise<Order | null> {
  if (action === 'dispatch') return order;
  if (action === 'comment') return commentOnOrder(ctx, who, order.id, note ?? '');
  return actOnOrder(ctx, who, order.id, { action, version: order.version, note, department });
}

async function memberOf(ctx: Context, login: string): Promise<Viewer> {
  const member = await memberNamed(ctx.db, login);
  if (member === undefined) throw new UsageError(`deeds.json names ${login}, whom nobody knows`);
  return member;
}
