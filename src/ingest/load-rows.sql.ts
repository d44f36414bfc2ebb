import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Instant } from '../model/ids.ts';
import { maskText } from '../model/masking.ts';
import type { Problem } from '../model/problem.ts';
import type { Context } from '../platform/context.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import type { RawRecord, RecordBatch } from './files/records.ts';
import type { RejectedRow } from './import-batches.sql.ts';
import { mapInSlices } from './in-slices.client.ts';
import type { Mapping } from './mapping/mapping.ts';
import type { VoiceWords } from './mapping/words.ts';
import type { Gazetteer } from './places.sql.ts';
import { type RowPlan, rowPlan, shown } from './row-plan.ts';
import { type SubscriptionRow, storeSubscriptions } from './store-subscriptions.sql.ts';
import { type VoiceRow, storeVoices } from './store-voices.sql.ts';
import { canonicalSubscription, toSubscription } from './to-subscription.ts';
import { type RowOutcome, canonicalBody, toVoice } from './to-voice.ts';

export interface LoadOptions {
  readonly ctx: Context;
  readonly batch: string;
  readonly source: string;
  readonly dry: boolean;
  readonly mapping: Mapping;
  readonly gazetteer: Gazetteer;
  readonly words: VoiceWords;
  readonly saidAtDefault: Instant | null;
  readonly onlyCity: string | null;
}

/** Records of a chunk, judged row by row before the transaction begins. */
export interface Judged {
  readonly good: readonly { readonly row: number; readonly draft: unknown }[];
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
  readonly rawOf: (row: number) => unknown;
}
interface RowProblems {
  readonly row: number;
  readonly problems: readonly Problem[];
}
export interface Loaded {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
  /** Ids of new voices. */
  readonly ids: readonly number[];
}
export interface Loader {
  judge(records: RecordBatch): Promise<Judged>;
  store(tx: Tx, judged: Judged): Promise<Loaded>;
}

export function voiceLoader(options: LoadOptions): Loader {
  const { ctx, gazetteer } = options;
  const context = { now: ctx.clock.now(), saidAtDefault: options.saidAtDefault, words: options.words, timeZone: ctx.config.timeZone };
  const seen = new Map<string, string>();
  /** The file's own title of the first mapped of these fields. */
  const titleOf = (...fields: readonly string[]): string =>
    Object.entries(options.mapping.columns).find(([, field]) => fields.includes(field))?.[0] ?? fields[0] ?? '';
  return {
    async judge(records) {
      const judged = await judgeRows(options.mapping, records, (record, plan) => toVoice(record, plan, context));
      const unknown = (judged.good as readonly VoiceRow[]).flatMap(({ row, draft }) => {
        const problems: Problem[] = [];
        if (draft.region !== null && gazetteer.region(draft.region) === undefined)
          problems.push({
            code: 'region-unknown',
            column: titleOf('region', 'community', 'district', 'city'),
            params: { value: shown(draft.region) },
          });
        if (draft.unit !== null && gazetteer.unit(draft.unit) === undefined)
          problems.push({ code: 'unit-unknown', column: titleOf('unit'), params: { value: shown(draft.unit) } });
        return problems.length === 0 ? [] : [{ row, problems }];
      });
      return { ...judged, warned: [...judged.warned, ...unknown] };
    },
    async store(tx, judged) {
      const rows = judged.good as readonly VoiceRow[];
      if (options.dry) {
        const keys = rows.map(({ row, draft }) => {
          const hash = hashOf(canonicalBody(draft));
          return { row, key: draft.outsideId ?? `h:${hash}`, hash };
        });
        return foretold(
          judged,
          keys,
          await standingVoices(
            tx,
            options.source,
            keys.map(({ key }) => key),
          ),
          seen,
          true,
        );
      }
      const into = { source: options.source, batch: options.batch, onlyCity: options.onlyCity };
      const stored = await storeVoices(tx, ctx, into, gazetteer, rows);
      const keyOf = new Map(rows.map(({ row, draft }) => [row, draft.outsideId]));
      const refused = [
        ...stored.conflicts.map(({ row, id }) => refusal(judged, row, 'conflict', id, keyOf.get(row) ?? '—')),
        ...stored.outOfScope.map((row) => refusal(judged, row, 'region-out-of-scope', null)),
      ];
      return {
        accepted: stored.accepted.length,
        duplicates: stored.duplicates.length,
        rejected: [...judged.rejected, ...refused],
        warned: judged.warned,
        ids: stored.accepted.map(({ id }) => id),
      };
    },
  };
}

export function customerLoader(options: LoadOptions): Loader {
  const context = { now: options.ctx.clock.now(), timeZone: options.ctx.config.timeZone };
  const seen = new Map<string, string>();
  return {
    async judge(records) {
      const judged = await judgeRows(options.mapping, records, (record, plan) => toSubscription(record, plan, context));
      const outside = (judged.good as readonly SubscriptionRow[]).filter(({ draft }) => {
        const city = draft.region === null ? undefined : options.gazetteer.region(draft.region)?.city;
        return options.onlyCity !== null && city !== options.onlyCity;
      });
      return refused(judged, new Set(outside.map(({ row }) => row)));
    },
    async store(tx, all) {
      const judged =
        options.onlyCity === null ? all : refused(all, await rowsOfOthers(tx, all.good as readonly SubscriptionRow[], options.onlyCity));
      const rows = judged.good as readonly SubscriptionRow[];
      if (options.dry) {
        const keys = rows.map(({ row, draft }) => ({ row, key: draft.subscription, hash: hashOf(canonicalSubscription(draft)) }));
        return foretold(
          judged,
          keys,
          await standingSubscriptions(
            tx,
            keys.map(({ key }) => key),
          ),
          seen,
          false,
        );
      }
      const stored = await storeSubscriptions(tx, options, options.gazetteer, rows);
      return {
        accepted: stored.accepted.length,
        duplicates: stored.duplicates.length,
        rejected: judged.rejected,
        warned: judged.warned,
        ids: [],
      };
    },
  };
}

async function judgeRows<Draft>(
  mapping: Mapping,
  records: RecordBatch,
  read: (record: RawRecord, plan: RowPlan) => RowOutcome<Draft>,
): Promise<Judged> {
  const plan = rowPlan(records.columns, mapping);
  const good: { row: number; draft: Draft }[] = [];
  const rejected: RejectedRow[] = [];
  const warned: RowProblems[] = [];
  const first = records.firstRow;
  const rawOf = (row: number): unknown => rawRecord(records.columns, records.records[row - first]);
  const outcomes = await mapInSlices(records.records, (record) => ({ row: record.row, outcome: read(record, plan) }));
  for (const { row, outcome } of outcomes) {
    if (outcome.kind === 'rejected') rejected.push({ row, problems: outcome.problems, raw: rawOf(row), voiceId: null });
    else {
      good.push({ row, draft: outcome.draft });
      if (outcome.warnings.length > 0) warned.push({ row, problems: outcome.warnings });
    }
  }
  return { good, rejected, warned, rawOf };
}

const rawRecord = (columns: readonly string[], record: RawRecord | undefined): unknown =>
  Object.fromEntries(
    (record?.cells ?? []).flatMap((cell, i) => (cell === null ? [] : [[columns[i] ?? `#${i + 1}`, cell.slice(0, 20_000)]])),
  );

const refusal = (
  judged: Judged,
  row: number,
  code: 'conflict' | 'region-out-of-scope',
  voiceId: number | null,
  id?: string,
): RejectedRow => ({
  row,
  problems: [{ code, row, ...(id === undefined ? {} : { params: { id: shown(maskText(id)) } }) }],
  raw: judged.rawOf(row),
  voiceId,
});

function refused(judged: Judged, rows: ReadonlySet<number>): Judged {
  if (rows.size === 0) return judged;
  const rejected = [...rows].map((row) => refusal(judged, row, 'region-out-of-scope', null));
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

const hashOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 32);

/** What a commit would do with these rows: against what stands, and against the rows before. Customers replace, so they never conflict. */
function foretold(
  judged: Judged,
  keys: readonly { row: number; key: string; hash: string }[],
  standing: ReadonlyMap<string, { hash: string; id: number | null }>,
  seen: Map<string, string>,
  conflicts: boolean,
): Loaded {
  let accepted = 0;
  let duplicates = 0;
  const refused: RejectedRow[] = [];
  for (const { row, key, hash } of keys) {
    const before = standing.get(key)?.hash ?? seen.get(key);
    if (before === hash) duplicates += 1;
    else if (before === undefined || !conflicts) accepted += 1;
    else refused.push(refusal(judged, row, 'conflict', standing.get(key)?.id ?? null, key));
    if (before === undefined || !conflicts) seen.set(key, hash);
  }
  return { accepted, duplicates, rejected: [...judged.rejected, ...refused], warned: judged.warned, ids: [] };
}

async function standingVoices(
  tx: Tx,
  source: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, { hash: string; id: number | null }>> {
  const rows = await rowsOf(
    tx,
    sql<{ key: string; hash: string; id: number }>`
      select outside_key as key, encode(body_hash, 'hex') as hash, id from voices where source_id = ${source} and outside_key = any(${keys}::text[])`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

async function standingSubscriptions(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, { hash: string; id: number | null }>> {
  const rows = await rowsOf(
    tx,
    sql<{ key: string; hash: string }>`
      select subscription as key, encode(body_hash, 'hex') as hash from subscriptions where subscription = any(${keys}::text[])`,
  );
  return new Map(rows.map((row) => [row.key, { hash: row.hash, id: null }]));
}
