import { sql } from 'kysely';
import type { ClosedOrder } from '../model/order-views.ts';
import type { Filter } from '../model/question.ts';
import type { Outcome } from '../model/work-order.ts';
import { closedOrder, type OrderFilter, ordersOf } from '../act/read.sql.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { countVoices } from '../warn/read.sql.ts';
import { causeOf, type Counted, daysOf, HORIZON_DAYS, outcomeOf, type Span, spansOf } from './outcome.ts';

/** The outcome of an order as it was last measured; null while it was not closed. Ask only for an order that the viewer may see. */
export async function outcomeOfOrder(db: Db, order: string): Promise<Outcome | null> {
  const row = await rowOf(
    db,
    sql<Outcome>`
    select verdict, jsonb_build_object('voices', before_voices, 'days', before_days) as before,
      jsonb_build_object('voices', after_voices, 'days', after_days) as after, ratio, low, high, measured_at as "measuredAt", final
    from outcomes where order_id = ${order} and horizon_days = ${HORIZON_DAYS}`,
  );
  return row ?? null;
}

/** Orders that were closed last, each with what came of it as far as that is measured. */
export async function closedWithOutcomes(
  ctx: Context,
  viewer: Viewer,
  filter: Pick<OrderFilter, 'department' | 'limit'>,
): Promise<readonly Omit<ClosedOrder, 'outcome_words'>[]> {
  const { rows } = await ordersOf(ctx, viewer, { ...filter, states: ['closed'], sort: '-closed' });
  return Promise.all(rows.map(async (order) => ({ order, outcome: await outcomeOfOrder(ctx.db, order.id) })));
}

/** Measures one closed order anew. One that was reopened meanwhile loses its outcome: the work goes on. */
export function measureOrder(ctx: Context, id: string): Promise<Outcome | null> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await closedOrder(tx, id);
    if (order === undefined) {
      await sql`delete from outcomes where order_id = ${id}`.execute(tx);
      return null;
    }
    const times = { createdMs: Date.parse(order.createdAt), closedMs: Date.parse(order.closedAt) };
    const spans = spansOf(times, await firstVoiceMs(tx), ctx.clock.nowMs());
    const cause = causeOf(order.where, order.entity);
    const before = await countIn(tx, ctx, cause, spans.before);
    const after = await countIn(tx, ctx, cause, spans.after);
    const measured = outcomeOf(before, after, spans.final);
    await sql`
      insert into outcomes (order_id, horizon_days, verdict, before_voices, before_days, after_voices, after_days, ratio, low, high, measured_at, final)
      values (${id}, ${HORIZON_DAYS}, ${measured.verdict}, ${before.voices}, ${before.days}, ${after.voices}, ${after.days}, ${measured.ratio},
        ${measured.low}, ${measured.high}, ${ctx.clock.now()}, ${spans.final})
      on conflict (order_id, horizon_days) do update set verdict = excluded.verdict, before_voices = excluded.before_voices,
        before_days = excluded.before_days, after_voices = excluded.after_voices, after_days = excluded.after_days, ratio = excluded.ratio,
        low = excluded.low, high = excluded.high, measured_at = excluded.measured_at, final = excluded.final`.execute(tx);
    return outcomeOfOrder(tx, id);
  });
}

async function countIn(db: Db, ctx: Context, cause: readonly Filter[], span: Span): Promise<Counted> {
  if (span.fromMs >= span.beforeMs) return { voices: 0, days: 0 };
  const when = { field: 'said_at', from: new Date(span.fromMs).toISOString(), before: new Date(span.beforeMs).toISOString() };
  return { voices: await countVoices(db, [...cause, when], ctx.config.timeZone), days: daysOf(span) };
}

async function firstVoiceMs(db: Db): Promise<number | null> {
  const row = await rowOf(db, sql<{ at: string | null }>`select min(said_at) as at from voices`);
  return row === undefined || row.at === null ? null : Date.parse(row.at);
}

const REMEASURE_AFTER_MS = 24 * 3_600_000;

/** Closed orders whose outcome is not final and a day old (or missing), and reopened ones that still carry one. */
export async function ordersToMeasure(ctx: Context, limit: number): Promise<readonly string[]> {
  const dayAgo = new Date(ctx.clock.nowMs() - REMEASURE_AFTER_MS).toISOString();
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: string }>`
    select w.id from work_orders w left join outcomes o on o.order_id = w.id and o.horizon_days = ${HORIZON_DAYS}
    where (w.state = 'closed' and (o.order_id is null or (not o.final and o.measured_at <= ${dayAgo}) or o.measured_at < w.closed_at))
      or (w.state <> 'closed' and o.order_id is not null)
    order by o.measured_at nulls first, w.id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}
