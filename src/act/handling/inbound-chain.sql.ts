import { sql } from 'kysely';
import { categoryThatCounts } from '../../ingest/read.sql.ts';
import { betaQuantile } from '../../maths/rate-ratio.ts';
import { expectationFor, type InboundChain, tierOf } from '../../model/handling.ts';
import { maskText } from '../../model/masking.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { ruleSegmentOf } from '../../model/segment.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { judgedSegments, levelsOf, oddsOfVoice } from '../../predict/read.sql.ts';
import { ordersOfVoice } from '../orders-of-voice.sql.ts';
import { departmentOfCategory } from '../routing.ts';
import { handlingNow } from './lines.sql.ts';
import { triedOffer } from './tried-strategy.sql.ts';

interface VoiceOfChain {
  readonly id: number;
  readonly kind: string;
  readonly said_at: string;
  readonly customer: string | null;
  readonly brand: string | null;
  readonly value_tier: string | null;
  readonly category: string | null;
  readonly department: string | null;
}

/** Customer type → grievance → probability → level → department → strategy by value tier, for one voice that the viewer may see. */
export async function inboundChain(ctx: Context, viewer: Viewer, id: number): Promise<InboundChain> {
  const voice = await rowOf(
    ctx.db,
    sql<VoiceOfChain>`
    select v.id, v.kind, v.said_at, v.customer, c.brand, c.value_tier, ${categoryThatCounts(ctx.pack, 'v')} as category, r.department
    from voices v left join customers c on c.customer = v.customer
      left join lateral (select department from readings r where r.voice_id = v.id order by read_at desc limit 1) r on true
    where v.id = ${id} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  );
  if (voice === undefined) throw new Refusal('not-found');
  const [handling, [graded], risk, odds, orders, judged] = await Promise.all([
    handlingNow(ctx),
    levelsOf(ctx, [voice.id]),
    riskOf(ctx, viewer, voice.category),
    oddsOfVoice(ctx, voice.id),
    ordersOfVoice(ctx.db, viewer, voice.id, ctx.config.timeZone),
    judgedSegments(ctx.db, voice.customer),
  ]);
  const segment = ruleSegmentOf(ctx.pack.segments, { brand: voice.brand, valueTier: voice.value_tier });
  const tier = tierOf(handling, voice.value_tier);
  const expectation = expectationFor(handling.expectations, voice.category, segment === null ? judged : [segment, ...judged]);
  const [order] = orders;
  const tried = await triedOffer(ctx.db, voice.customer, graded?.level ?? null, tier);
  return {
    voice: voice.id,
    kind: voice.kind,
    said_at: voice.said_at,
    // Some sources know their customers by phone number.
    customer: voice.customer === null ? null : { id: maskText(voice.customer), segment, value_tier: voice.value_tier },
    category: voice.category,
    risk,
    odds,
    level: graded?.level ?? null,
    department: departmentOfCategory(ctx.pack, voice.category) ?? voice.department,
    expectation,
    tier,
    strategies: handling.strategies.filter((one) => one.tier === tier).toSorted((a, b) => b.level - a.level),
    tried,
    order: order === undefined ? null : { id: order.id, title: order.title },
  };
}

/** Who looks at one voice waits for this: a year back at most, and no more grievances than are read in a moment. */
const [RISK_DAYS, RISK_AT_MOST] = [365, 20_000];

/**
 * How often a grievance of this category was followed by a complaint of it from the same customer within 30 days, of the newest within the
 * viewer's scope that are 30 days to a year old; Clopper–Pearson 95 %.
 */
async function riskOf(ctx: Context, viewer: Viewer, category: string | null): Promise<InboundChain['risk']> {
  if (category === null) return null;
  const inScope = scopeSql(scopeOf(viewer), VOICE_SCOPE);
  const counted = await rowOf(
    ctx.db,
    sql<{ grievances: number; complained: number }>`
    with newest as (
      select v.customer, v.said_at, ${categoryThatCounts(ctx.pack, 'v')} as category from voices v
      where v.kind in ('grievance', 'fault') and v.customer is not null and ${inScope}
        and v.said_at >= ${ctx.clock.now()}::timestamptz - make_interval(days => ${sql.lit(RISK_DAYS)})
        and v.said_at < ${ctx.clock.now()}::timestamptz - interval '30 days'
      order by v.said_at desc limit ${sql.lit(RISK_AT_MOST)}),
    old as (select customer, said_at from newest where category = ${category})
    select count(*) as grievances, count(*) filter (where exists (
      select 1 from voices v where v.customer = g.customer and v.kind = 'complaint' and v.said_at > g.said_at
        and v.said_at <= g.said_at + interval '30 days' and ${categoryThatCounts(ctx.pack, 'v')} = ${category} and ${inScope})) as complained
    from old g`,
  );
  const [n, k] = [Number(counted?.grievances ?? 0), Number(counted?.complained ?? 0)];
  if (n < 20) return null;
  return {
    share: k / n,
    low: k === 0 ? 0 : betaQuantile(0.025, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(0.975, k + 1, n - k),
    grievances: n,
  };
}
