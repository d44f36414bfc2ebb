import { sql } from 'kysely';
import type { SubscriptionDraft } from '../model/customer.ts';
import type { Context } from '../platform/context.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import { hashOf } from './body-hash.client.ts';
import type { RecordBatch } from './files/records.ts';
import type { Gazetteer } from './gazetteer.ts';
import { mapInSlices } from './in-slices.client.ts';
import { foretold, type Loaded, refusal, type RowProblems, type Seen } from './load-chunk.ts';
import type { Mapping } from './mapping/mapping.ts';
import { rawRecord } from './raw-record.ts';
import type { RejectedRow } from './rejected-row.ts';
import { rowPlan } from './row-plan.ts';
import { type SubscriptionRow, storeSubscriptions } from './store-subscriptions.sql.ts';
import { canonicalSubscription, toSubscription } from './to-subscription.ts';

export interface CustomerLoad {
  readonly ctx: Context;
  readonly batch: string;
  readonly source: string;
  readonly mapping: Mapping;
  readonly gazetteer: Gazetteer;
  readonly onlyCity: string | null;
}

/** Records of a chunk, judged row by row before the transaction begins. */
export interface JudgedCustomers {
  readonly good: readonly SubscriptionRow[];
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
  readonly rawOf: (row: number) => unknown;
}

export async function judgeCustomers(load: CustomerLoad, records: RecordBatch): Promise<JudgedCustomers> {
  const context = { now: load.ctx.clock.now(), timeZone: load.ctx.config.timeZone };
  const plan = rowPlan(records.columns, load.mapping);
  const good: { row: number; draft: SubscriptionDraft }[] = [];
  const rejected: RejectedRow[] = [];
  const warned: RowProblems[] = [];
  const rawOf = (row: number): unknown => rawRecord(records.columns, records.records[row - records.firstRow]);
  const outcomes = await mapInSlices(records.records, (record) => ({ row: record.row, outcome: toSubscription(record, plan, context) }));
  for (const { row, outcome } of outcomes) {
    if (outcome.kind === 'rejected') rejected.push({ row, problems: outcome.problems, raw: rawOf(row), voiceId: null });
    else {
      good.push({ row, draft: outcome.draft });
      if (outcome.warnings.length > 0) warned.push({ row, problems: outcome.warnings });
    }
  }
  const judged = { good, rejected, warned, rawOf };
  if (load.onlyCity === null) return judged;
  const cityOf = (region: string | null): string | null | undefined => (region === null ? null : load.gazetteer.region(region)?.city);
  return refused(judged, new Set(good.filter(({ draft }) => cityOf(draft.region) !== load.onlyCity).map(({ row }) => row)));
}

export async function storeCustomerChunk(tx: Tx, load: CustomerLoad, all: JudgedCustomers): Promise<Loaded> {
  const judged = load.onlyCity === null ? all : refused(all, await rowsOfOthers(tx, all.good, load.onlyCity));
  const stored = await storeSubscriptions(tx, { ...load, rules: load.ctx.pack.segments }, load.gazetteer, judged.good);
  return { ...loaded(judged), accepted: stored.accepted.length, duplicates: stored.duplicates.length };
}

/** What storing would come to, without storing. */
export async function foretellCustomerChunk(tx: Tx, load: CustomerLoad, all: JudgedCustomers, seen: Seen): Promise<Loaded> {
  const judged = load.onlyCity === null ? all : refused(all, await rowsOfOthers(tx, all.good, load.onlyCity));
  const keyed = judged.good.map(({ row, draft }) => ({ row, key: draft.subscription, hash: hashOf(canonicalSubscription(draft)) }));
  const standing = await standingSubscriptions(
    tx,
    keyed.map(({ key }) => key),
  );
  const { accepted, duplicates } = foretold(keyed, standing, seen, true);
  return { ...loaded(judged), accepted, duplicates };
}

const loaded = ({ rejected, warned }: JudgedCustomers): Loaded => ({ accepted: 0, duplicates: 0, rejected, warned, unread: [] });

function refused(judged: JudgedCustomers, rows: ReadonlySet<number>): JudgedCustomers {
  if (rows.size === 0) return judged;
  const rejected = [...rows].map((row) => refusal(row, 'region-out-of-scope', judged.rawOf(row)));
  return { ...judged, good: judged.good.filter(({ row }) => !rows.has(row)), rejected: [...judged.rejected, ...rejected] };
}

/** Rows that would overwrite a customer of another city: a city takes over nobody from another, the province does. */
async function rowsOfOthers(tx: Tx, rows: readonly SubscriptionRow[], city: string): Promise<ReadonlySet<number>> {
  const [customers, subscriptions] = [rows.map(({ draft }) => draft.customer), rows.map(({ draft }) => draft.subscription)];
  const standing = await rowsOf(
    tx,
    sql<{ customer: string; subscription: string | null }>`
      select c.customer, s.subscription from customers c left join subscriptions s on s.customer = c.customer
      where c.city is distinct from ${city} and (c.customer = any(${customers}::text[]) or s.subscription = any(${subscriptions}::text[]))`,
  );
  const taken = new Set(
    standing.flatMap(({ customer, subscription }) => [`c ${customer}`, ...(subscription === null ? [] : [`s ${subscription}`])]),
  );
  return new Set(
    rows.filter(({ draft }) => taken.has(`c ${draft.customer}`) || taken.has(`s ${draft.subscription}`)).map(({ row }) => row),
  );
}

async function standingSubscriptions(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, { hash: string; id: number | null }>> {
  const rows = await rowsOf(
    tx,
    sql<{ key: string; hash: string }>`
      select subscription as key, encode(body_hash, 'hex') as hash from subscriptions where subscription = any(${keys}::text[])`,
  );
  return new Map(rows.map((row) => [row.key, { hash: row.hash, id: null }]));
}
