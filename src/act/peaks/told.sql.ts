import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { likely } from '../../predict/read.sql.ts';
import type { Told } from './rate.ts';

/** The local date of an instant. */
export const localDay = (at: RawBuilder<unknown>, zone: string): RawBuilder<string> =>
  sql<string>`to_char(${at} at time zone ${zone}, 'YYYY-MM-DD')`;

/** The instant at which a local day begins. */
export const beginOf = (day: string, zone: string): RawBuilder<string> => sql<string>`(${day}::timestamp at time zone ${zone})`;

type Asking = Pick<Context, 'bulk' | 'pack' | 'config'>;

/** Grievances of a city, as predict tells them, that meet a condition on voices `v`, and then one on what was told `t`. */
const told = (
  { bulk, pack, config: { timeZone: zone } }: Asking,
  city: string,
  voices: RawBuilder<boolean>,
  which: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<readonly Told[]> =>
  rowsOf(
    bulk,
    sql<Told>`
    select t.voice, t.customer, t.said_at, t.category, t.level, t.segment, t.value_tier, t.p, t.p_low, t.p_high, t.scored,
      ${localDay(sql`t.said_at`, zone)} as day
    from ${likely(pack, sql<boolean>`v.city = ${city} and ${voices}`)} t where ${which}`,
  );

/** From one local day until before another, for solving a city's line. */
export const toldBetween = (ctx: Asking, city: string, from: string, before: string): Promise<readonly Told[]> => {
  const zone = ctx.config.timeZone;
  return told(ctx, city, sql<boolean>`v.said_at >= ${beginOf(from, zone)} and v.said_at < ${beginOf(before, zone)}`);
};

const COOLING_DAYS = 30;

/** From a local day until now, of customers who have not complained since and were in no queue for thirty days. */
export const newlyTold = (ctx: Asking, city: string, from: string, now: string): Promise<readonly Told[]> =>
  told(
    ctx,
    city,
    sql<boolean>`v.said_at >= ${beginOf(from, ctx.config.timeZone)} and v.said_at <= ${now}::timestamptz`,
    sql<boolean>`
      not exists (select 1 from peak_calls q where q.customer = t.customer and q.queued_at > ${now}::timestamptz - make_interval(days => ${COOLING_DAYS}))
      and not exists (select 1 from voices k where k.customer = t.customer and k.kind = 'complaint' and k.said_at > t.said_at and k.said_at <= ${now}::timestamptz)`,
  );
