import { sql } from 'kysely';
import { categoryThatCounts, customerOfNumber, servedBy } from '../ingest/read.sql.ts';
import { maskName, maskPhone, maskText } from '../model/masking.ts';
import type { Pack } from '../model/pack.ts';
import type { Viewer } from '../model/people.ts';
import type { CustomerAtDesk, EarlierVoice } from '../model/recording.ts';
import { scopeOf } from '../model/scope.ts';
import { VOICE_SCOPE, scopeSql } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';

const SHOWN = 8;
type Person = Pick<
  CustomerAtDesk,
  'customer' | 'name' | 'phone' | 'brand' | 'value_tier' | 'tenure_months' | 'product' | 'plan' | 'city' | 'district' | 'community'
>;
type Sums = Pick<CustomerAtDesk, 'frequency_90d' | 'complaints_90d' | 'last_complaint_at'>;
/** `voice` is for looking up what else is known of it; it does not leave where the viewer may not read it. */
type Earlier = Omit<EarlierVoice, 'level' | 'probability'> & { readonly voice: number };

/** What is known of whoever gives this number, within the member's city; of nobody, zeros. Personal data leave masked. */
export async function customerAtDesk(
  ctx: Context,
  viewer: Viewer,
  key: string,
): Promise<Omit<CustomerAtDesk, 'history'> & { readonly history: readonly Earlier[] }> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const found = await customerOfNumber(db, viewer, key);
  const who = { customer: found?.customer ?? key, viewer, now, pack: ctx.pack };
  const [person, sums, history] = await Promise.all([
    found === undefined ? undefined : personOf(db, found.customer),
    sumsOf(db, who),
    earlierOf(db, who),
  ]);
  const latest = history.find(
    (one) => one.kind !== 'consultation' && one.category !== null && Date.parse(now) - Date.parse(one.said_at) < 30 * 86_400_000,
  );
  return {
    known: person !== undefined,
    ...maskedPerson(person),
    ...sums,
    last_category: latest?.category ?? null,
    times: latest === undefined ? 0 : await timesOf(db, who, latest.category ?? ''),
    history,
    now,
  };
}

interface Who {
  readonly customer: string;
  readonly viewer: Viewer;
  readonly now: string;
  readonly pack: Pick<Pack, 'categories'>;
}

const personOf = (db: Db, customer: string): Promise<Person | undefined> =>
  rowOf(
    db,
    sql<Person>`
      select c.customer, c.name, c.phone, c.brand, c.value_tier, c.tenure_months, s.product, s.plan, c.city, c.district, c.community
      from customers c left join lateral (
        select product, plan from subscriptions where customer = c.customer order by since desc nulls last, subscription limit 1
      ) s on true
      where c.customer = ${customer}`,
  );

const NOBODY: Person = {
  customer: null,
  name: null,
  phone: null,
  brand: null,
  value_tier: null,
  tenure_months: null,
  product: null,
  plan: null,
  city: null,
  district: null,
  community: null,
};

const maskedPerson = (person: Person = NOBODY): Person => ({
  ...person,
  customer: person.customer === null ? null : maskText(person.customer),
  name: person.name === null ? null : maskName(person.name),
  phone: person.phone === null ? null : maskPhone(person.phone),
});

/** Voices of the one on the line, within the member's city. */
const OF = ({ customer, viewer }: Who) => sql`v.customer = ${customer} and ${servedBy(viewer, 'v.city')}`;
const DAYS_90 = ({ now }: Who) => sql`v.said_at >= ${now}::timestamptz - interval '90 days'`;
const AGAINST = sql`v.kind in ('grievance', 'fault', 'complaint')`;

async function sumsOf(db: Db, who: Who): Promise<Sums> {
  const row = await rowOf(
    db,
    sql<Sums>`
      select count(*) filter (where ${DAYS_90(who)}) as frequency_90d,
        count(*) filter (where v.kind = 'complaint' and ${DAYS_90(who)}) as complaints_90d,
        max(v.said_at) filter (where v.kind = 'complaint') as last_complaint_at
      from voices v where ${OF(who)} and ${AGAINST}`,
  );
  return row ?? { frequency_90d: 0, complaints_90d: 0, last_complaint_at: null };
}

/** What was said is shown to whoever may read that voice; to others only when, what kind, and which cause. */
const earlierOf = (db: Db, who: Who): Promise<readonly Earlier[]> =>
  rowsOf(
    db,
    sql<Earlier>`
      select case when ${scopeSql(scopeOf(who.viewer), VOICE_SCOPE)} then v.id end as id, v.id as voice, v.said_at, v.kind,
        ${categoryThatCounts(who.pack, 'v')} as category,
        case when ${scopeSql(scopeOf(who.viewer), VOICE_SCOPE)} then left(v.text_masked, 160) end as text, e.effect
      from voices v
      left join lateral (select effect from recording_effects where voice_id = v.id order by at desc limit 1) e on true
      where ${OF(who)} order by v.said_at desc, v.id desc limit ${SHOWN}`,
  );

async function timesOf(db: Db, who: Who, category: string): Promise<number> {
  const row = await rowOf(
    db,
    sql<{ n: number }>`
      select count(*) as n from voices v
      where ${OF(who)} and ${DAYS_90(who)} and ${AGAINST} and ${categoryThatCounts(who.pack, 'v')} = ${category}`,
  );
  return row?.n ?? 0;
}
