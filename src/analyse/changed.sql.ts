import { type RawBuilder, sql } from 'kysely';
import { maskText } from '../model/masking.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import type { Cell } from '../platform/warehouse/warehouse.ts';
import { SUBSCRIBER_ROWS, VOICE_ROWS } from './wide-tables.ts';

/** Everything below `tx` was handed over, and of `tx` itself the keys up to `afterKey`. */
export interface Position {
  readonly tx: number;
  readonly afterKey: string;
}
export const BEGINNING: Position = { tx: 0, afterKey: '' };

export interface Settled {
  /** Every transaction below has ended, for good: nothing older can still appear. */
  readonly below: number;
  /** The next transaction that the server will start; a mark above it belongs to another server. */
  readonly next: number;
  /** Something is committed above `below` and waits for an older transaction, which has run for so long; null: unknown. */
  readonly waitingMs: number | null;
  readonly waiting: boolean;
}

/**
 * The oldest transaction still running, and so how far a follower may read: a commit that comes late is then never skipped.
 * Transactions of other databases of the same server are left out; they cannot touch our rows, and one that
 * runs for hours would stop every follower.
 */
export async function settled(db: Db): Promise<Settled> {
  const row = await rowOf(
    db,
    sql<{ below: number; next: number; waiting: boolean; waiting_ms: number | null }>`
    with taken as materialized (select pg_current_snapshot() as snapshot),
    running as materialized (
      select x::text::bigint as tx, a.xact_start
      from taken cross join lateral pg_snapshot_xip(taken.snapshot) as x
      left join pg_stat_activity a on a.backend_xid::text::bigint = x::text::bigint % 4294967296
      where a.datname is null or a.datname = current_database()
    ),
    horizon as materialized (
      select coalesce((select min(tx) from running), pg_snapshot_xmax(snapshot)::text::bigint) as below,
        pg_snapshot_xmax(snapshot)::text::bigint as next
      from taken
    )
    select below, next,
      greatest(
        (select changed_tx::text::bigint from readings order by readings.changed_tx desc limit 1),
        (select changed_tx::text::bigint from subscriptions order by subscriptions.changed_tx desc limit 1), -1) >= below as waiting,
      (select case when count(*) = count(xact_start) then (extract(epoch from clock_timestamp() - min(xact_start)) * 1000)::float8 end from running) as waiting_ms
    from horizon`,
  );
  if (row === undefined) throw new Error('Postgres gave no snapshot');
  return { below: row.below, next: row.next, waiting: row.waiting, waitingMs: row.waiting_ms === null ? null : Math.ceil(row.waiting_ms) };
}

/**
 * Whole milliseconds, rounded down. `date_part` gives doubles, twice as fast as the numerics of `extract`; its error stays
 * below half a microsecond, Postgres' own step.
 */
const ms = (time: RawBuilder<unknown>): RawBuilder<number> => sql`floor(date_part('epoch', ${time}) * 1000 + 0.0005)`;

export interface ChangedVoices {
  readonly ids: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
  readonly last: Position | null;
  /** Changed readings that were looked at: those that a newer one replaces count too, but give no row. */
  readonly changed: number;
}

/**
 * The next voices whose newest reading changed between a position and a settled transaction, as wide rows. The readings are picked
 * by the index first and joined then: joined before the limit, each chunk of an import would join all that is still to come.
 */
export async function changedVoices(db: Db, from: Position, below: number, timeZone: string, limit: number): Promise<ChangedVoices> {
  const changed = await rowsOf(
    db,
    sql<WideVoice>`
    with picked as materialized (
      select * from readings
      where changed_tx >= ${String(from.tx)}::xid8 and changed_tx < ${String(below)}::xid8
        and (changed_tx > ${String(from.tx)}::xid8 or voice_id > ${from.afterKey === '' ? -1 : Number(from.afterKey)}::bigint)
      order by changed_tx, voice_id
      fetch first (${limit}) rows with ties
    )
    select r.changed_tx::text::bigint as tx, v.id,
      exists (
        select 1 from readings n
        where n.voice_id = r.voice_id and n.reader_version <> r.reader_version and n.changed_tx < ${String(below)}::xid8
          and (n.read_at, n.changed_tx, n.reader_version) > (r.read_at, r.changed_tx, r.reader_version)
      ) as replaced,
      ${ms(sql`v.said_at`)} as said_at,
      ${ms(sql`v.said_at at time zone ${timeZone}`)} as said_local,
      v.said_at_known, ${ms(sql`v.arrived_at`)} as arrived_at,
      v.source_id as source, v.channel, v.kind, v.product, v.plan, v.status, v.batch_id as batch,
      v.city, v.district, v.community, v.cell, v.unit_id, v.unit_path, v.agent,
      v.customer, c.brand, c.age_band, c.value_tier, c.vpmn_group,
      r.category, v.recorded_category, r.stage, r.department, r.business, r.support, r.bearer,
      r.feeling, r.language, r.confidence, v.score, v.text_masked, v.attributes
    from picked r
    join voices v on v.id = r.voice_id
    left join customers c on c.customer = v.customer
    order by r.changed_tx, r.voice_id`,
  );
  const last = changed.at(-1);
  const rows = changed.filter((row) => row['replaced'] === false);
  return {
    ids: rows.map((row) => row.id),
    rows: rows.map(voiceCells),
    last: last === undefined ? null : { tx: last.tx, afterKey: String(last.id) },
    changed: changed.length,
  };
}

type WideVoice = { readonly tx: number; readonly id: number; readonly category: string | null } & Readonly<Record<string, Cell>>;

function voiceCells(row: WideVoice): readonly Cell[] {
  const parts = row.category?.split('/') ?? [];
  const levels: Readonly<Record<string, Cell>> = {
    category_1: parts[0] ?? null,
    category_2: parts.length >= 2 ? parts.slice(0, 2).join('/') : null,
    attributes: texts(row['attributes']),
  };
  return VOICE_ROWS.columns.map(({ name }) => (Object.hasOwn(levels, name) ? levels[name] : row[name]) ?? null);
}

/** Attributes are stored as JSON texts; whatever else slipped in is shown as its text. */
function texts(value: Cell | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  if (entries.every(([, v]) => typeof v === 'string')) return value;
  return Object.fromEntries(
    entries.flatMap(([k, v]) => (v === null || v === undefined ? [] : [[k, typeof v === 'string' ? v : JSON.stringify(v)]])),
  );
}

export interface ChangedSubscribers {
  readonly customers: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly last: Position | null;
  readonly changed: number;
}

/** The next changed subscriptions; with each, all subscriptions of its customer, because they share the customer's values. */
export async function changedSubscribers(db: Db, from: Position, below: number, limit: number): Promise<ChangedSubscribers> {
  const changed = await rowsOf(
    db,
    sql<{ tx: number; subscription: string; customer: string }>`
    select changed_tx::text::bigint as tx, subscription, customer from subscriptions
    where changed_tx >= ${String(from.tx)}::xid8 and changed_tx < ${String(below)}::xid8
      and (changed_tx > ${String(from.tx)}::xid8 or subscription collate "C" > ${from.afterKey})
    order by changed_tx, subscription collate "C" limit ${limit}`,
  );
  const customers = [...new Set(changed.map((row) => row.customer))];
  const rows =
    customers.length === 0
      ? []
      : await rowsOf(
          db,
          sql<Readonly<Record<string, Cell>>>`
    select s.subscription, s.customer, c.city, c.district, c.community, c.cell, s.product, s.plan, c.brand, c.age_band, c.value_tier, c.vpmn_group,
      ${ms(sql`s.since`)} as since, ${ms(sql`s.until`)} as until
    from subscriptions s join customers c on c.customer = s.customer
    where s.customer = any(${customers}::text[])`,
        );
  const last = changed.at(-1);
  return {
    customers,
    changed: changed.length,
    rows: rows.map((row) =>
      SUBSCRIBER_ROWS.columns.map(({ name }) => (name === 'subscription' ? maskText(String(row[name])) : (row[name] ?? null))),
    ),
    last: last === undefined ? null : { tx: last.tx, afterKey: last.subscription },
  };
}

/** For those who look at Postgres alone: how far the warehouse has come. */
export async function mirrorMark(db: Db, tx: number, asOf: string): Promise<void> {
  await sql`
    insert into watermarks (follower, tx, as_of) values ('warehouse', ${String(tx)}::xid8, ${asOf})
    on conflict (follower) do update set tx = excluded.tx, as_of = excluded.as_of`.execute(db);
}

export async function hasMirrorMark(db: Db): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from watermarks where follower = 'warehouse'`)) !== undefined;
}
