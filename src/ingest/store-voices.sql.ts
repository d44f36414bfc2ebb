import { sql } from 'kysely';
import type { VoiceDraft } from '../model/voice.ts';
import type { Context } from '../platform/context.ts';
import { type Db, type Tx, rowsOf } from '../platform/postgres/db.ts';
import { bodyHash, keyOf } from './body-hash.client.ts';
import type { Gazetteer } from './gazetteer.ts';
import { mapInSlices } from './in-slices.client.ts';
import { jsonText } from './json-text.ts';
import { type KnownCustomer, voiceToStore } from './voice-to-store.ts';

export { jsonText } from './json-text.ts';

export interface VoiceRow {
  /** Record number in its file or request, for the report. */
  readonly row: number;
  readonly draft: VoiceDraft;
}

/** Where voices go. `onlyCity`: rows of another city (or none) are refused, for members who may not write beyond theirs. */
export interface Destination {
  readonly source: string;
  readonly batch: string;
  readonly onlyCity: string | null;
}

export interface Stored {
  /** Ids of the voices that are new, with their row numbers. */
  readonly accepted: readonly { readonly row: number; readonly id: number }[];
  readonly duplicates: readonly { readonly row: number; readonly id: number }[];
  /** Same id, other body: not stored; `id` is the voice that stands. */
  readonly conflicts: readonly { readonly row: number; readonly id: number }[];
  readonly outOfScope: readonly number[];
}

/**
 * Stores voices once: the key is (source, outside id), else (source, hash of the body). Same key and same body is a
 * duplicate; same key and another body a conflict. Works on what is stored already as well as within `rows`.
 */
export async function storeVoices(
  tx: Tx,
  ctx: Context,
  into: Destination,
  gazetteer: Gazetteer,
  rows: readonly VoiceRow[],
): Promise<Stored> {
  if (rows.length === 0) return { accepted: [], duplicates: [], conflicts: [], outOfScope: [] };
  const asked = new Set(rows.flatMap(({ draft }) => (draft.customer === null ? [] : [draft.customer])));
  const customers = new Map((await knownCustomers(tx, [...asked])).map((customer) => [customer.customer, customer]));
  const arrived = ctx.clock.now();
  const placed = await mapInSlices(rows, ({ row, draft }) => {
    const customer = draft.customer === null ? undefined : customers.get(draft.customer);
    return { row, draft, made: voiceToStore(draft, gazetteer, customer) };
  });
  const within = into.onlyCity === null ? placed : placed.filter(({ made }) => made.place.city === into.onlyCity);
  const keyed = await mapInSlices(within, (one) => {
    const body = bodyHash(one.draft);
    return { ...one, hash: body, key: keyOf(one.draft, body) };
  });
  const records = keyed.map(({ draft, hash, key, made }) => ({
    id: ctx.ids.voice(`${into.source}:${key}`),
    outside_key: key,
    body_hash: hash,
    said_at: draft.saidAt,
    said_at_known: draft.saidAtKnown,
    kind: draft.kind,
    channel: draft.channel,
    product: made.product,
    plan: made.plan,
    ...made.place,
    unit_id: made.unit?.id ?? null,
    unit_path: made.unit?.path ?? null,
    agent: draft.agent,
    customer: draft.customer,
    phone: draft.phone,
    score: draft.score,
    status: made.status,
    recorded_category: made.recordedCategory,
    text: draft.text,
    text_masked: made.textMasked,
    turns: draft.turns,
    attributes: made.attributes,
    attributes_raw: made.attributesRaw,
  }));
  const inserted = await rowsOf(tx, insertStatement(into, arrived, jsonText(records)));
  const sorted = await sortOut(tx, into.source, keyed, new Map(inserted.map((row) => [row.outside_key, row.id])));
  return { ...sorted, outOfScope: placed.filter((row) => !within.includes(row)).map(({ row }) => row) };
}

function insertStatement(into: { source: string; batch: string }, arrived: string, records: string) {
  return sql<{ id: number; outside_key: string }>`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, product, plan,
      city, district, community, cell, unit_id, unit_path, agent, customer, phone, score, status, recorded_category,
      text, text_masked, turns, attributes, attributes_raw, batch_id)
    select r.id, ${into.source}, r.outside_key, decode(r.body_hash, 'hex'), r.said_at, r.said_at_known, ${arrived}::timestamptz, r.kind, r.channel,
      r.product, r.plan, r.city, r.district, r.community, r.cell, r.unit_id, r.unit_path, r.agent, r.customer, r.phone, r.score, r.status,
      r.recorded_category, r.text, r.text_masked, r.turns, coalesce(r.attributes, '{}'), r.attributes_raw,
      ${into.batch}
    from json_to_recordset(${records}::json) as r(id bigint, outside_key text, body_hash text, said_at timestamptz, said_at_known boolean,
      kind text, channel text, product text, plan text, city text, district text, community text, cell text, unit_id text, unit_path text,
      agent text, customer text, phone text, score double precision, status text, recorded_category text, text text, text_masked text,
      turns jsonb, attributes jsonb, attributes_raw jsonb)
    on conflict (source_id, outside_key) do nothing
    returning id, outside_key`;
}

/** What was not inserted stood already (or came twice in these rows): the body's hash tells duplicate from conflict. */
async function sortOut(
  tx: Tx,
  source: string,
  keyed: readonly { row: number; key: string; hash: string }[],
  inserted: Map<string, number>,
): Promise<Omit<Stored, 'outOfScope'>> {
  const first = new Set<string>();
  const rest = keyed.filter(({ key }) => {
    const isNew = inserted.has(key) && !first.has(key);
    first.add(key);
    return !isNew;
  });
  const rowByKey = new Map(keyed.toReversed().map(({ key, row }) => [key, row]));
  const accepted = [...inserted].map(([key, id]) => ({ row: rowByKey.get(key) ?? 0, id }));
  if (rest.length === 0) return { accepted, duplicates: [], conflicts: [] };
  const standing = await rowsOf(
    tx,
    sql<{ key: string; id: number; hash: string }>`
      select outside_key as key, id, encode(body_hash, 'hex') as hash from voices
      where source_id = ${source} and outside_key = any(${rest.map(({ key }) => key)}::text[])`,
  );
  const byKey = new Map(standing.map((voice) => [voice.key, voice]));
  const judged = rest.map(({ row, key, hash }) => ({ row, id: byKey.get(key)?.id ?? 0, same: byKey.get(key)?.hash === hash }));
  return { accepted, duplicates: judged.filter((j) => j.same), conflicts: judged.filter((j) => !j.same) };
}

/** The customers of these numbers that are known, each with the plan and product of the newest subscription. */
export async function knownCustomers(db: Db, asked: readonly string[]): Promise<readonly KnownCustomer[]> {
  if (asked.length === 0) return [];
  return rowsOf(
    db,
    sql<KnownCustomer>`
      select c.customer, c.name, c.phone, c.address, c.city, c.district, c.community, c.cell, s.plan, s.product
      from customers c left join lateral (
        select plan, product from subscriptions where subscriptions.customer = c.customer order by since desc nulls last, subscription limit 1
      ) s on true
      where c.customer = any(${asked}::text[])`,
  );
}
