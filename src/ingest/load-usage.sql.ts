import { sql } from 'kysely';
import type { MonthlyUsage } from '../model/usage.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import type { FactFolder } from '../platform/warehouse/fact-folder-here.client.ts';
import type { RecordBatch } from './files/records.ts';
import { mapInSlices } from './in-slices.client.ts';
import type { Loaded, RowProblems } from './load-chunk.ts';
import type { Mapping } from './mapping/mapping.ts';
import { rawRecord } from './raw-record.ts';
import type { RejectedRow } from './rejected-row.ts';
import { rowPlan, shown } from './row-plan.ts';
import { toUsage, type UsageDraft } from './to-usage.ts';
import { joinedUsage, sameUsage, standingUsage } from './usage-facts.client.ts';

export interface UsageLoad {
  readonly lot: string;
  readonly mapping: Mapping;
  readonly onlyCity: string | null;
  /** Rows that a check has met; an import meets what it landed. */
  readonly seen: Set<string>;
}

interface JudgedUsage {
  readonly good: readonly { readonly row: number; readonly draft: UsageDraft }[];
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
  readonly rawOf: (row: number) => unknown;
  readonly firstRow: number;
}

export async function judgeUsage(load: UsageLoad, records: RecordBatch): Promise<JudgedUsage> {
  const plan = rowPlan(records.columns, load.mapping);
  const rawOf = (row: number): unknown => rawRecord(records.columns, records.records[row - records.firstRow]);
  const outcomes = await mapInSlices(records.records, (record) => ({ row: record.row, outcome: toUsage(record, plan) }));
  return {
    good: outcomes.flatMap(({ row, outcome }) => (outcome.kind === 'accepted' ? [{ row, draft: outcome.draft }] : [])),
    rejected: outcomes.flatMap(({ row, outcome }) =>
      outcome.kind === 'rejected' ? [{ row, problems: outcome.problems, raw: rawOf(row), voiceId: null }] : [],
    ),
    warned: outcomes.flatMap(({ row, outcome }) =>
      outcome.kind === 'accepted' && outcome.warnings.length > 0 ? [{ row, problems: outcome.warnings }] : [],
    ),
    rawOf,
    firstRow: records.firstRow,
  };
}

/** Lands what is new as one part of the batch's lot; in a check only says what that would come to. */
export async function storeUsage(tx: Tx, folder: FactFolder, load: UsageLoad, judged: JudgedUsage, dry: boolean): Promise<Loaded> {
  const { found, strangers } = await withCustomers(tx, load, judged);
  const standing = found.length === 0 ? new Set<string>() : await standingUsage(folder, found, { lot: load.lot, part: judged.firstRow });
  const fresh = new Map<string, MonthlyUsage>();
  let duplicates = 0;
  const met = new Set<string>();
  for (const row of found) {
    const same = sameUsage(row);
    if (standing.has(same) || met.has(same) || (dry && load.seen.has(same))) duplicates += 1;
    else fresh.set(`${row.key} ${row.month}`, row);
    met.add(same);
  }
  if (dry) for (const same of met) load.seen.add(same);
  else if (fresh.size > 0) await folder.land(load.lot, judged.firstRow, joinedUsage([...fresh.values()]));
  const rejected = [...judged.rejected, ...strangers];
  return { accepted: found.length - duplicates, duplicates, rejected, warned: judged.warned, unread: [] };
}

/** Each row with its customer; rows of nobody we know, and of customers outside the city, are refused alike, so that neither is told. */
async function withCustomers(
  tx: Tx,
  { onlyCity }: UsageLoad,
  { good, rawOf }: JudgedUsage,
): Promise<{ found: readonly MonthlyUsage[]; strangers: readonly RejectedRow[] }> {
  const owners = await ownersOf(
    tx,
    good.map(({ draft }) => draft),
    onlyCity,
  );
  const found: MonthlyUsage[] = [];
  const strangers: RejectedRow[] = [];
  for (const { row, draft } of good) {
    const owner = owners.get(draft.key) ?? (draft.customer === null ? undefined : owners.get(draft.customer));
    if (owner !== undefined) found.push({ ...draft, key: owner.subscription ?? draft.key, customer: owner.customer });
    else
      strangers.push({
        row,
        problems: [{ code: 'subscription-unknown', row, params: { value: shown(draft.key) } }],
        raw: rawOf(row),
        voiceId: null,
      });
  }
  return { found, strangers };
}

interface Owner {
  readonly customer: string;
  /** The subscription that is meant; null: a customer of several is named. */
  readonly subscription: string | null;
}

/** Who holds a subscription, has a number, or is a customer. Whoever has one subscription means that, by whatever name. */
async function ownersOf(tx: Tx, drafts: readonly UsageDraft[], onlyCity: string | null): Promise<ReadonlyMap<string, Owner>> {
  const keys = [...new Set(drafts.flatMap(({ key, customer }) => (customer === null ? [key] : [key, customer])))];
  const rows = await rowsOf(
    tx,
    sql<Owner & { key: string }>`
      with asked as (select distinct unnest(${keys}::text[]) as key),
      known as (
        select a.key, s.customer, s.subscription, 1 as rank from asked a join subscriptions s on s.subscription = a.key
        union all select a.key, c.customer, null, 2 from asked a join customers c on c.customer = a.key
        union all select a.key, c.customer, null, 3 from asked a join customers c on c.phone = a.key
      )
      select distinct on (k.key) k.key, k.customer,
        coalesce(k.subscription, (select min(s.subscription) from subscriptions s where s.customer = k.customer having count(*) = 1)) as subscription
      from known k join customers c on c.customer = k.customer
      where ${onlyCity}::text is null or c.city = ${onlyCity} order by k.key, k.rank, k.customer`,
  );
  return new Map(rows.map(({ key, ...owner }) => [key, owner]));
}
