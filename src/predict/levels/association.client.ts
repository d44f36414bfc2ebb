import type { Context } from '../../platform/context.ts';
import type { CauseCount } from './association.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 60_000;

/**
 * Grievances per cause and how many of them were followed by a complaint of the same customer within 30 days: of those said in the 180
 * days that end 30 days before `beforeMs`, so that every one was followed to its end and nothing later is used. Of all customers: this
 * is a property of causes, and no figure of anybody's.
 */
export async function causeCounts(ctx: Pick<Context, 'warehouse'>, beforeMs: number): Promise<readonly CauseCount[]> {
  const { dialect } = ctx.warehouse;
  const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const [from, until, before] = [beforeMs - 210 * DAY_MS, beforeMs - 30 * DAY_MS, beforeMs].map(at);
  const rows = await ctx.warehouse.select(
    `with said as (
      select customer, kind, said_at, coalesce(case when contains(recorded_category, '/') then recorded_category end, category) as category,
        min(case when kind = 'complaint' then said_at end) over (
          partition by customer order by said_at, id rows between 1 following and unbounded following) as next_complaint
      from voice_rows
      where customer is not null and kind in ('grievance', 'fault', 'complaint')
        and said_at >= ${dialect.param(1, 'instant')} and said_at < ${dialect.param(3, 'instant')}
    )
    select category, count(*) as grievances,
      count(*) filter (where next_complaint <= ${dialect.moved('said_at', String(30 * DAY_MS))}) as complained
    from said where kind in ('grievance', 'fault') and category is not null and said_at < ${dialect.param(2, 'instant')}
    group by category order by category`,
    [from ?? '', until ?? '', before ?? ''],
    { timeoutMs: TIMEOUT_MS },
  );
  return rows.map((row) => ({
    category: String(row['category']),
    grievances: Number(row['grievances']),
    complained: Number(row['complained']),
  }));
}
