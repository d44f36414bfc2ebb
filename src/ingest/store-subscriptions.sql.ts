import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { SubscriptionDraft } from '../model/customer.ts';
import { type RuleSegment, ruleSegmentOf } from '../model/segment.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import { type Gazetteer, NOWHERE } from './places.sql.ts';
import { jsonText } from './store-voices.sql.ts';
import { canonicalSubscription } from './to-subscription.ts';

export interface SubscriptionRow {
  readonly row: number;
  readonly draft: SubscriptionDraft;
}

export interface StoredSubscriptions {
  /** New or changed since the last file: customers move and change plans, so another body is news, not a conflict. */
  readonly accepted: readonly number[];
  readonly duplicates: readonly number[];
}

/** Stores customers with their subscriptions. The key is the subscription number; the last row of a file wins. */
export async function storeSubscriptions(
  tx: Tx,
  into: { readonly source: string; readonly batch: string; readonly rules: readonly RuleSegment[] },
  gazetteer: Gazetteer,
  rows: readonly SubscriptionRow[],
): Promise<StoredSubscriptions> {
  const latest = new Map<string, ReturnType<typeof recordOf> & { row: number }>();
  const repeated: number[] = [];
  const outdone: number[] = [];
  for (const { row, draft } of rows) {
    const record = { row, ...recordOf(draft, gazetteer, into.rules) };
    const before = latest.get(record.subscription);
    if (before !== undefined) (before.body_hash === record.body_hash ? repeated : outdone).push(before.row);
    latest.set(record.subscription, record);
  }
  const standing = await rowsOf(
    tx,
    sql<{ subscription: string; hash: string }>`
      select subscription, encode(body_hash, 'hex') as hash from subscriptions where subscription = any(${[...latest.keys()]}::text[])`,
  );
  const hashes = new Map(standing.map((row) => [row.subscription, row.hash]));
  const fresh = [...latest.values()].filter((record) => hashes.get(record.subscription) !== record.body_hash);
  const known = [...latest.values()].filter((record) => hashes.get(record.subscription) === record.body_hash);
  if (fresh.length > 0) {
    await upsert(tx, into, fresh);
    await touchDependants(tx, [...new Set(fresh.map((record) => record.customer))]);
  }
  return { accepted: [...fresh.map((r) => r.row), ...outdone], duplicates: [...known.map((r) => r.row), ...repeated] };
}

function recordOf(draft: SubscriptionDraft, gazetteer: Gazetteer, rules: readonly RuleSegment[]) {
  const place = (draft.region === null ? undefined : gazetteer.region(draft.region)) ?? NOWHERE;
  const { attributes, ...rest } = draft;
  const body_hash = createHash('sha256').update(canonicalSubscription(draft)).digest('hex').slice(0, 32);
  return { ...rest, attributes, ...place, segment: ruleSegmentOf(rules, draft), body_hash };
}

/** The warehouse shows a customer's brand, region and value beside other subscriptions and voices: those follow a change as well. */
export async function touchDependants(tx: Tx, customers: readonly string[]): Promise<void> {
  await sql`
    update subscriptions set changed_tx = pg_current_xact_id()
    where customer = any(${customers}::text[]) and changed_tx <> pg_current_xact_id()`.execute(tx);
  await sql`
    update readings r set changed_tx = pg_current_xact_id() from voices v
    where v.id = r.voice_id and v.customer = any(${customers}::text[])`.execute(tx);
}

async function upsert(tx: Tx, into: { source: string; batch: string }, records: readonly ReturnType<typeof recordOf>[]): Promise<void> {
  await remember(tx, into.batch, records);
  const json = jsonText(records);
  await sql`
    insert into customers (customer, source_id, name, phone, id_number, address, city, district, community, cell, brand, age_band,
      tenure_months, value_tier, vpmn_group, segment, attributes, batch_id)
    select distinct on (r.customer) r.customer, ${into.source}, r.name, r.phone, r."idNumber", r.address, r.city, r.district, r.community, r.cell,
      r.brand, r."ageBand", r."tenureMonths", r."valueTier", r."group", r.segment, coalesce(r.attributes, '{}'), ${into.batch}
    from json_to_recordset(${json}::json) as r(customer text, name text, phone text, "idNumber" text, address text, city text, district text,
      community text, cell text, brand text, "ageBand" text, "tenureMonths" double precision, "valueTier" text, "group" text, segment text, attributes jsonb)
    order by r.customer
    on conflict (customer) do update set name = excluded.name, phone = excluded.phone, id_number = excluded.id_number,
      address = excluded.address, city = excluded.city, district = excluded.district, community = excluded.community, cell = excluded.cell,
      brand = excluded.brand, age_band = excluded.age_band, tenure_months = excluded.tenure_months, value_tier = excluded.value_tier,
      vpmn_group = excluded.vpmn_group, segment = excluded.segment, attributes = excluded.attributes, batch_id = excluded.batch_id`.execute(
    tx,
  );
  await sql`
    insert into subscriptions (subscription, customer, source_id, body_hash, product, plan, since, until, batch_id)
    select r.subscription, r.customer, ${into.source}, decode(r.body_hash, 'hex'), r.product, r.plan, r.since, r.until, ${into.batch}
    from json_to_recordset(${json}::json) as r(subscription text, customer text, body_hash text, product text, plan text,
      since timestamptz, until timestamptz)
    on conflict (subscription) do update set customer = excluded.customer, body_hash = excluded.body_hash, product = excluded.product,
      plan = excluded.plan, since = excluded.since, until = excluded.until, batch_id = excluded.batch_id,
      changed_tx = pg_current_xact_id()`.execute(tx);
}

/** What stood before the batch first touched it, so that the batch can be undone. */
async function remember(
  tx: Tx,
  batch: string,
  records: readonly { readonly customer: string; readonly subscription: string }[],
): Promise<void> {
  const customers = [...new Set(records.map(({ customer }) => customer))];
  await sql`
    insert into import_before (batch_id, kind, key, before)
    select ${batch}, 'customer', k.key, to_jsonb(c) from unnest(${customers}::text[]) k (key) left join customers c on c.customer = k.key
    union all
    select ${batch}, 'subscription', k.key, to_jsonb(s) from unnest(${records.map(({ subscription }) => subscription)}::text[]) k (key)
      left join subscriptions s on s.subscription = k.key
    on conflict do nothing`.execute(tx);
}
