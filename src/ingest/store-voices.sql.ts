import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type KnownPerson, maskText } from '../model/masking.ts';
import { maskAttributes } from './mask-attributes.ts';
import type { Place, VoiceDraft } from '../model/voice.ts';
import type { Context } from '../platform/context.ts';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';
import { mapInSlices } from './in-slices.client.ts';
import { type Gazetteer, NOWHERE, type UnitPlace } from './places.sql.ts';
import { canonicalBody } from './to-voice.ts';

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

interface KnownCustomer extends Place {
  readonly customer: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly plan: string | null;
  readonly product: string | null;
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
  const customers = await customersOf(tx, rows);
  const arrived = ctx.clock.now();
  const placed = rows.map((row) => {
    const customer = row.draft.customer === null ? undefined : customers.get(row.draft.customer);
    const unit = row.draft.unit === null ? undefined : gazetteer.unit(row.draft.unit);
    return { ...row, customer, unit, place: placeOf(row.draft, gazetteer, customer, unit) };
  });
  const within = into.onlyCity === null ? placed : placed.filter(({ place }) => place.city === into.onlyCity);
  const keyed = await mapInSlices(within, ({ draft, ...rest }) => {
    const hash = createHash('sha256').update(canonicalBody(draft)).digest('hex').slice(0, 32);
    return { ...rest, draft, hash, key: draft.outsideId ?? `h:${hash}` };
  });
  const records = await mapInSlices(keyed, ({ draft, hash, key, customer, unit, place }) => {
    return {
      id: ctx.ids.voice(`${into.source}:${key}`),
      outside_key: key,
      body_hash: hash,
      said_at: draft.saidAt,
      said_at_known: draft.saidAtKnown,
      kind: draft.kind,
      channel: draft.channel,
      product: draft.product ?? customer?.product ?? null,
      plan: draft.plan ?? customer?.plan ?? null,
      ...place,
      unit_id: unit?.id ?? null,
      unit_path: unit?.path ?? null,
      agent: draft.agent,
      customer: draft.customer,
      phone: draft.phone,
      score: draft.score,
      status: masked(draft.status),
      recorded_category: masked(draft.recordedCategory),
      text: draft.text,
      text_masked: maskText(maskText(draft.text, namesOf(customer)), { phone: draft.phone }),
      turns: draft.turns,
      ...attributesOf(draft, gazetteer, namesOf(customer)),
    };
  });
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

async function customersOf(tx: Tx, rows: readonly VoiceRow[]): Promise<ReadonlyMap<string, KnownCustomer>> {
  const asked = [...new Set(rows.flatMap(({ draft }) => (draft.customer === null ? [] : [draft.customer])))];
  if (asked.length === 0) return new Map();
  const found = await rowsOf(
    tx,
    sql<KnownCustomer>`
      select c.customer, c.name, c.phone, c.address, c.city, c.district, c.community, c.cell, s.plan, s.product
      from customers c left join lateral (
        select plan, product from subscriptions where subscriptions.customer = c.customer order by since desc nulls last, subscription limit 1
      ) s on true
      where c.customer = any(${asked}::text[])`,
  );
  return new Map(found.map((customer) => [customer.customer, customer]));
}

/** Most exact first: what the row says, then where the customer lives, then where the unit stands. */
function placeOf(draft: VoiceDraft, gazetteer: Gazetteer, customer: KnownCustomer | undefined, unit: UnitPlace | undefined): Place {
  const written = draft.region === null ? undefined : gazetteer.region(draft.region);
  if (written !== undefined) return written;
  if (customer !== undefined && customer.city !== null) {
    return { city: customer.city, district: customer.district, community: customer.community, cell: customer.cell };
  }
  return unit === undefined ? NOWHERE : { ...NOWHERE, city: unit.city, district: unit.district };
}

/** A region or unit that nobody knows is kept as it was written. */
function attributesOf(
  draft: VoiceDraft,
  gazetteer: Gazetteer,
  known: KnownPerson,
): { attributes: Attributes; attributes_raw: Attributes | null } {
  const raw = allAttributes(draft, gazetteer);
  const masked = maskAttributes(raw, known);
  return { attributes: masked, attributes_raw: Object.keys(raw).every((name) => raw[name] === masked[name]) ? null : raw };
}

type Attributes = Readonly<Record<string, string>>;

function allAttributes(draft: VoiceDraft, gazetteer: Gazetteer): Attributes {
  const unknownRegion = draft.region !== null && gazetteer.region(draft.region) === undefined;
  const unknownUnit = draft.unit !== null && gazetteer.unit(draft.unit) === undefined;
  if (!unknownRegion && !unknownUnit) return draft.attributes;
  return {
    ...draft.attributes,
    ...(unknownRegion ? { region: draft.region ?? '' } : {}),
    ...(unknownUnit ? { unit: draft.unit ?? '' } : {}),
  };
}

const masked = (text: string | null): string | null => (text === null ? null : maskText(text));

const namesOf = (customer: KnownCustomer | undefined): KnownPerson => ({
  ...(customer?.name ? { name: customer.name } : {}),
  ...(customer?.phone ? { phone: customer.phone } : {}),
  ...(customer?.address ? { address: customer.address } : {}),
});

/** JSON for Postgres, which knows neither NUL nor half a surrogate pair. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part));
}
