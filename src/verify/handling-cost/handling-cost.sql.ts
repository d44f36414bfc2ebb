import { sql } from 'kysely';
import { handlingNow, orderIsSeenBy } from '../../act/read.sql.ts';
import type { CostView } from '../../model/handling.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { VOICE_KINDS } from '../../model/voice.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { costOf, type MeasuredOrder, spared, sparedBy } from './costs.ts';

const DAYS = 30;

/** What the voices of the last thirty days cost to handle, and what closed orders spared; unit costs are assumptions until counted. */
export async function handlingCost(ctx: Context, viewer: Viewer): Promise<CostView> {
  const before = ctx.clock.now();
  const from = new Date(ctx.clock.nowMs() - DAYS * 86_400_000).toISOString();
  const [{ costs }, counted, orders] = await Promise.all([
    handlingNow(ctx),
    rowsOf(
      ctx.db,
      sql<{ kind: string; n: number }>`
      select v.kind, count(*) as n from voices v where v.said_at >= ${from} and v.said_at < ${before} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)} group by v.kind`,
    ),
    rowsOf(
      ctx.db,
      sql<MeasuredOrder>`
      select jsonb_build_object('voices', o.before_voices, 'days', o.before_days) as before,
        jsonb_build_object('voices', o.after_voices, 'days', o.after_days) as after, o.ratio, o.low, o.high
      from outcomes o join work_orders w on w.id = o.order_id where o.final and w.state = 'closed' and ${orderIsSeenBy(viewer)}`,
    ),
  ]);
  const kinds = costs
    .filter((one) => (VOICE_KINDS as readonly string[]).includes(one.code))
    .map((one) => {
      const n = Number(counted.find((row) => row.kind === one.code)?.n ?? 0);
      return {
        code: one.code,
        names: one.names,
        count: n,
        ...costOf({ voices: n, low: n, high: n }, one),
        assumption: one.assumption,
        where: [
          { field: 'kind', in: [one.code] },
          { field: 'said_at', from, before },
        ],
      };
    });
  const each = orders.flatMap((order) => sparedBy(order) ?? []);
  const unit = costs.find((one) => one.code === 'grievance') ?? costs[0];
  const all = spared(each);
  return {
    from,
    before,
    kinds,
    saved:
      each.length === 0 || unit === undefined
        ? null
        : { orders: each.length, voices: all.voices, voices_low: all.low, voices_high: all.high, ...costOf(all, unit) },
  };
}
