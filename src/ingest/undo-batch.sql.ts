import { sql } from 'kysely';
import type { Instant } from '../model/ids.ts';
import type { RuleSegment } from '../model/segment.ts';
import { type Tx, rowOf, rowsOf } from '../platform/postgres/db.ts';
import type { BatchUndo, ImportBatch } from './import-batch.ts';
import { ruleSegmentSql } from './rule-segments.sql.ts';
import { touchDependants } from './store-subscriptions.sql.ts';
import { jsonText } from './store-voices.sql.ts';

/** Rows taken back in one transaction: others wait well below a second for it. */
const CHUNK = 2_000;

/** What the taking back of a batch will take: counted when it begins. */
export async function measureUndo(
  tx: Tx,
  batch: Pick<ImportBatch, 'id' | 'carries' | 'accepted'>,
): Promise<BatchUndo & { firstArrived: Instant | null }> {
  if (batch.carries === 'usage') return { first_said: null, last_said: null, rows: batch.accepted, gone: 0, firstArrived: null };
  const row =
    batch.carries === 'voices'
      ? await rowOf(
          tx,
          sql<BatchUndo & { firstArrived: Instant | null }>`
            select min(said_at) as first_said, max(said_at) as last_said, count(*) as rows, 0 as gone, min(arrived_at) as "firstArrived"
            from voices where batch_id = ${batch.id}`,
        )
      : await rowOf(
          tx,
          sql<BatchUndo & { firstArrived: Instant | null }>`
            select null as first_said, null as last_said, count(*) as rows, 0 as gone, null as "firstArrived"
            from import_before where batch_id = ${batch.id}`,
        );
  return row ?? { first_said: null, last_said: null, rows: 0, gone: 0, firstArrived: null };
}

export async function saveUndo(tx: Tx, id: string, undo: BatchUndo): Promise<void> {
  await sql`update import_batches set undo = ${jsonText(undo)}::jsonb where id = ${id}`.execute(tx);
}

/** Later batches that wrote over what this one wrote: undoing it would leave their rows in the air. */
export const batchesOver = (
  tx: Tx,
  batch: string,
): Promise<readonly { readonly id: string; readonly file: string; readonly rows: number }[]> =>
  rowsOf(
    tx,
    sql<{ id: string; file: string; rows: number }>`
      select b.id, b.file_name as file, count(*) as rows
      from (
        select c.batch_id from import_before i join customers c on c.customer = i.key where i.batch_id = ${batch} and i.kind = 'customer'
        union all
        select s.batch_id from import_before i join subscriptions s on s.subscription = i.key where i.batch_id = ${batch} and i.kind = 'subscription'
      ) standing join import_batches b on b.id = standing.batch_id
      where standing.batch_id <> ${batch} group by b.id, b.file_name order by min(b.created_at), b.id limit 20`,
  );

/** Takes the next voices of a batch out, with their readings. 0: none is left. */
export async function takeVoicesOut(tx: Tx, batch: string): Promise<number> {
  const gone = await rowsOf(
    tx,
    sql<{ id: number }>`
      delete from voices where id in (select id from voices where batch_id = ${batch} order by id limit ${CHUNK}) returning id`,
  );
  const ids = gone.map((row) => row.id);
  // A conflict told which voice stood in its way: that one is no more.
  if (ids.length > 0) await sql`update rejected_rows set voice_id = null where voice_id = any(${ids}::bigint[])`.execute(tx);
  return ids.length;
}

export interface CustomersPutBack {
  readonly rows: number;
  /** Whose subscriptions in the warehouse may have to go. */
  readonly customers: readonly string[];
}

/**
 * Puts the next subscriptions, then customers, back to what they were before the batch. What a later file says by now stands.
 * Each row's memory goes with it, so that a second run finds only what is left.
 */
export async function putCustomersBack(tx: Tx, batch: string, rules: readonly RuleSegment[]): Promise<CustomersPutBack> {
  const subscriptions = await remembered(tx, batch, 'subscription');
  if (subscriptions.length > 0) return putSubscriptionsBack(tx, batch, subscriptions);
  const customers = await remembered(tx, batch, 'customer');
  if (customers.length === 0) return { rows: 0, customers: [] };
  await sql`
    delete from customers c where c.batch_id = ${batch} and c.customer in (
      select key from import_before where batch_id = ${batch} and kind = 'customer' and before is null and key = any(${customers}::text[]))`.execute(
    tx,
  );
  await sql`
    update customers c set source_id = o.source_id, name = o.name, phone = o.phone, id_number = o.id_number, address = o.address, city = o.city,
      district = o.district, community = o.community, cell = o.cell, brand = o.brand, age_band = o.age_band, tenure_months = o.tenure_months,
      value_tier = o.value_tier, vpmn_group = o.vpmn_group, attributes = o.attributes, batch_id = o.batch_id
    from import_before i cross join lateral jsonb_populate_record(null::customers, i.before) o
    where i.batch_id = ${batch} and i.kind = 'customer' and i.before is not null and i.key = any(${customers}::text[])
      and c.customer = i.key and c.batch_id = ${batch}`.execute(tx);
  // The rules may have changed since: what was remembered could be of older ones.
  await sql`update customers set segment = ${ruleSegmentSql(rules)} where customer = any(${customers}::text[])`.execute(tx);
  await touchDependants(tx, customers);
  await forget(tx, batch, 'customer', customers);
  return { rows: customers.length, customers };
}

async function putSubscriptionsBack(tx: Tx, batch: string, keys: readonly string[]): Promise<CustomersPutBack> {
  const now = await rowsOf(
    tx,
    sql<{
      customer: string;
    }>`select distinct customer from subscriptions where batch_id = ${batch} and subscription = any(${keys}::text[])`,
  );
  await sql`
    delete from subscriptions s where s.batch_id = ${batch} and s.subscription in (
      select key from import_before where batch_id = ${batch} and kind = 'subscription' and before is null and key = any(${keys}::text[]))`.execute(
    tx,
  );
  const back = await rowsOf(
    tx,
    sql<{ customer: string }>`
      update subscriptions s set customer = o.customer, source_id = o.source_id, body_hash = o.body_hash, product = o.product, plan = o.plan,
        since = o.since, until = o.until, batch_id = o.batch_id, changed_tx = pg_current_xact_id()
      from import_before i cross join lateral jsonb_populate_record(null::subscriptions, i.before) o
      where i.batch_id = ${batch} and i.kind = 'subscription' and i.before is not null and i.key = any(${keys}::text[])
        and s.subscription = i.key and s.batch_id = ${batch}
      returning s.customer`,
  );
  const customers = [...new Set([...now, ...back].map((row) => row.customer))];
  await touchDependants(tx, customers);
  await forget(tx, batch, 'subscription', keys);
  return { rows: keys.length, customers };
}

async function remembered(tx: Tx, batch: string, kind: 'customer' | 'subscription'): Promise<readonly string[]> {
  const rows = await rowsOf(
    tx,
    sql<{ key: string }>`select key from import_before where batch_id = ${batch} and kind = ${kind} order by key limit ${CHUNK}`,
  );
  return rows.map((row) => row.key);
}

async function forget(tx: Tx, batch: string, kind: 'customer' | 'subscription', keys: readonly string[]): Promise<void> {
  await sql`delete from import_before where batch_id = ${batch} and kind = ${kind} and key = any(${keys}::text[])`.execute(tx);
}
