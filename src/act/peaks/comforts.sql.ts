import { type RawBuilder, sql } from 'kysely';
import { HANDLING_TIERS, type HandlingTier, type ValueTiers } from '../../model/handling.ts';
import type { comfortGiven, ComfortGroup, ComfortView } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { type ScopeColumns, scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched } from '../../platform/postgres/db.ts';
import { likely } from '../../predict/read.sql.ts';
import { handlingNow } from '../handling/lines.sql.ts';
import { tierSql } from '../handling/tier.sql.ts';
import { todayOf } from './peaks-view.sql.ts';
import { peakVersions } from './settings.sql.ts';
import { beginOf } from './told.sql.ts';

/** A customer is at an end 终 for so long after a grievance, and is comforted once in so many days. */
const [END_DAYS, ONCE_IN_DAYS] = [30, 90];
const BY_CITY: ScopeColumns = { city: 'g.city', district: null, unitPath: null, unitId: null, agent: null };
const REGION: ScopeColumns = { city: 'r.code', district: null, unitPath: null, unitId: null, agent: null };

/**
 * Customers below the line: who grieved in the last days, was not queued for a call, has not complained since and was not comforted
 * lately; each once, by the highest level, with the city of that grievance.
 */
const ends = (
  { clock, pack }: Pick<Context, 'clock' | 'pack'>,
  viewer: Viewer,
  tiers: ValueTiers,
  city: string | null,
): RawBuilder<unknown> => sql`(
  select distinct on (t.customer) t.customer, t.city, t.level, coalesce(t.p, 0) as p,
    ${tierSql(sql`t.value_tier`, tiers)} as tier
  from ${likely(
    pack,
    sql<boolean>`v.said_at > ${clock.now()}::timestamptz - make_interval(days => ${END_DAYS}) and v.said_at <= ${clock.now()}::timestamptz
    and ${city === null ? sql`true` : sql`v.city = ${city}`} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  )} t
  where t.level is not null and t.city is not null
    and not exists (select 1 from peak_calls q where q.customer = t.customer and q.queued_at > ${clock.now()}::timestamptz - make_interval(days => ${END_DAYS}))
    and not exists (select 1 from voices k where k.customer = t.customer and k.kind = 'complaint' and k.said_at > t.said_at and k.said_at <= ${clock.now()}::timestamptz)
    and not exists (select 1 from peak_comforts c where c.customer = t.customer and c.given_at > ${clock.now()}::timestamptz - make_interval(days => ${ONCE_IN_DAYS}))
  order by t.customer, t.level desc, t.said_at desc)`;

/** What could be done for the many who will never complain, and what was done this month; budgets are of one city. */
export async function comfortView(ctx: Context, viewer: Viewer, asked: string | null): Promise<ComfortView> {
  const cities = (
    await rowsOf(
      ctx.db,
      sql<{ code: string }>`select r.code from regions r where r.level = 'city' and ${scopeSql(scopeOf(viewer), REGION)} order by r.code`,
    )
  ).map((row) => row.code);
  const city = asked !== null && cities.includes(asked) ? asked : cities.length === 1 ? (cities[0] ?? null) : null;
  const month = todayOf(ctx).slice(0, 7);
  const [[{ settings }], handling] = await Promise.all([peakVersions(ctx.db), handlingNow(ctx)]);
  const [waiting, given] = await Promise.all([
    rowsOf(
      ctx.db,
      sql<{ level: number; tier: HandlingTier; n: number }>`
      select e.level, e.tier, count(*)::int as n from ${ends(ctx, viewer, handling, city)} e group by 1, 2`,
    ),
    givenIn(ctx, viewer, month, city),
  ]);
  const spentOn = (tier: HandlingTier): number => given.filter((one) => one.tier === tier).reduce((sum, one) => sum + one.spent, 0);
  const groups = [5, 4, 3, 2, 1].flatMap((level) =>
    HANDLING_TIERS.map((tier): ComfortGroup => {
      const own = given.find((one) => one.level === level && one.tier === tier);
      return {
        level,
        tier,
        customers: waiting.find((one) => one.level === level && one.tier === tier)?.n ?? 0,
        given: own?.n ?? 0,
        spent: spentOn(tier),
        budget: settings.comfort[tier].month * (city === null ? cities.length : 1),
        each: settings.comfort[tier].each,
        offer: handling.strategies.find((one) => one.level === level && one.tier === tier)?.offer ?? null,
      };
    }),
  );
  return { city, cities, month, groups };
}

const givenIn = (ctx: Pick<Context, 'db' | 'config'>, viewer: Viewer, month: string, city: string | null) =>
  rowsOf(
    ctx.db,
    sql<{ level: number; tier: HandlingTier; n: number; spent: number }>`
    select g.level, g.tier, count(*)::int as n, sum(g.each_yuan)::float8 as spent from peak_comforts g
    where g.given_at >= ${beginOf(`${month}-01`, ctx.config.timeZone)} and ${city === null ? sql`true` : sql`g.city = ${city}`}
      and ${scopeSql(scopeOf(viewer), BY_CITY)} group by 1, 2`,
  );

type Given = ReturnType<(typeof comfortGiven)['parse']>;

/** Comfort is recorded as given, to those of the group who are likeliest to complain first; what a city may spend in the month holds. */
export function giveComfort(
  ctx: Context,
  viewer: Viewer,
  { city, level, tier, customers }: Given,
): Promise<{ readonly customers: number }> {
  return inTransaction(ctx.db, async (tx) => {
    await sql`lock table peak_comforts in share row exclusive mode`.execute(tx);
    const inside = { ...ctx, db: tx };
    const view = await comfortView(inside, viewer, city);
    const group = view.groups.find((one) => one.level === level && one.tier === tier);
    if (view.city !== city || group === undefined) throw new Refusal('not-found');
    if (customers > group.customers) throw new Refusal('stale-version', { version: group.customers });
    await refuseOverBudget(tx, ctx, { city, tier, customers, month: view.month, each: group.each, budget: group.budget });
    const handling = await handlingNow(inside);
    const given = await touched(
      tx,
      sql`
      insert into peak_comforts (customer, city, given_at, level, tier, each_yuan, given_by)
      select e.customer, e.city, ${ctx.clock.now()}, e.level, e.tier, ${group.each}, ${viewer.member}
      from ${ends(ctx, viewer, handling, city)} e where e.level = ${level} and e.tier = ${tier}
      order by e.p desc, e.customer limit ${customers}`,
    );
    const detail = { city, level, tier, customers: given, each: group.each };
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'comfort.give',
      subjectKind: 'comfort',
      subjectId: `${city}:${level}`,
      detail,
    });
    return { customers: given };
  });
}

/** By what the whole city has spent, whoever sees how much of it. */
async function refuseOverBudget(
  tx: Db,
  ctx: Pick<Context, 'config'>,
  ask: {
    readonly city: string;
    readonly tier: HandlingTier;
    readonly customers: number;
    readonly month: string;
    readonly each: number;
    readonly budget: number;
  },
): Promise<void> {
  const row = await rowOf(
    tx,
    sql<{ spent: number }>`
    select coalesce(sum(each_yuan), 0)::float8 as spent from peak_comforts
    where city = ${ask.city} and tier = ${ask.tier} and given_at >= ${beginOf(`${ask.month}-01`, ctx.config.timeZone)}`,
  );
  const left = ask.budget - (row?.spent ?? 0);
  const cost = ask.customers * ask.each;
  if (cost <= left) return;
  const most = Math.max(0, Math.floor(left / ask.each));
  throw new Refusal('request-invalid', {}, [{ code: 'budget-exceeded', column: 'customers', params: { cost, left, most } }]);
}
