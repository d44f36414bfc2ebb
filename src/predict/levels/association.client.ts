import { leafNames } from '../../model/leaf-names.ts';
import type { Context } from '../../platform/context.ts';
import type { CauseCount } from './association.ts';

const DAY_MS = 86_400_000;
const TIMEOUT_MS = 60_000;

/**
 * Grievances per cause and how many of them were followed by a complaint of the same customer within 30 days: of those said in the 180
 * days that end 30 days before `beforeMs`, so that every one was followed to its end and nothing later is used. Of all customers: this
 * is a property of causes, and no figure of anybody's.
 */
export async function causeCounts(ctx: Pick<Context, 'warehouse' | 'pack'>, beforeMs: number): Promise<readonly CauseCount[]> {
  const { dialect } = ctx.warehouse;
  const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const [from, until, before] = [beforeMs - 210 * DAY_MS, beforeMs - 30 * DAY_MS, beforeMs].map(at);
  const rows = await ctx.warehouse.select(
    `with said as (
      select customer, kind, said_at, recorded_category, category,
        min(case when kind = 'complaint' then said_at end) over (
          partition by customer order by said_at, id rows between 1 following and unbounded following) as next_complaint
      from voice_rows
      where customer is not null and said_at_known and kind in ('grievance', 'fault', 'complaint')
        and said_at >= ${dialect.param(1, 'instant')} and said_at < ${dialect.param(3, 'instant')}
    )
    select recorded_category, category, count(*) as grievances,
      count(*) filter (where next_complaint <= ${dialect.moved('said_at', String(30 * DAY_MS))}) as complained
    from said where kind in ('grievance', 'fault') and said_at < ${dialect.param(2, 'instant')}
    group by recorded_category, category`,
    [from ?? '', until ?? '', before ?? ''],
    { timeoutMs: TIMEOUT_MS },
  );
  // What agents wrote becomes leaves here: the warehouse's engines have no word for it, and distinct pairs of both are few.
  const leafOf = leafNames(ctx.pack);
  const counts = new Map<string, CauseCount>();
  for (const row of rows) {
    const recorded = row['recorded_category'];
    const category = (typeof recorded === 'string' ? leafOf(recorded) : null) ?? row['category'];
    if (typeof category !== 'string') continue;
    const { grievances, complained } = counts.get(category) ?? { grievances: 0, complained: 0 };
    counts.set(category, {
      category,
      grievances: grievances + Number(row['grievances']),
      complained: complained + Number(row['complained']),
    });
  }
  return [...counts.values()].toSorted((a, b) => (a.category < b.category ? -1 : 1));
}
