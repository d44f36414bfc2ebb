import { type RawBuilder, sql } from 'kysely';
import { maskText } from '../model/masking.ts';
import { type Db, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { BETWEEN, type Cell, NOTHING, type WideColumn } from '../platform/warehouse/warehouse.ts';
import { OF_RUNS, SUBSCRIBER_ROWS, VOICE_ROWS } from './wide-tables.ts';

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
  /** The wide rows column by column, for `appendJoined`; null: every reading that changed was replaced by a newer one. */
  readonly columns: readonly string[] | null;
  readonly rows: number;
  readonly lowestId: number;
  readonly last: Position | null;
  /** Changed readings that were looked at: those that a newer one replaces count too, but give no row. */
  readonly changed: number;
}

/**
 * The next voices whose newest reading changed between a position and a settled transaction, as wide rows. The readings are picked
 * by the index first and joined then: joined before the limit, each chunk of an import would join all that is still to come. Each
 * column comes as one text: as 40 values a row, they cost this process and the warehouse's door five times as much.
 */
export async function changedVoices(db: Db, from: Position, below: number, timeZone: string, limit: number): Promise<ChangedVoices> {
  const after = from.afterKey === '' ? -1 : Number(from.afterKey);
  const row = await inTransaction(db, async (tx) => {
    // Without statistics of the newest rows, the planner sorts everything that is still to come for every chunk.
    await sql`set local enable_bitmapscan = off`.execute(tx);
    await sql`set local enable_sort = off`.execute(tx);
    return rowOf(
      tx,
      sql<JoinedVoices>`
      with picked as materialized (
        select * from readings
        where (changed_tx, voice_id) > (${String(from.tx)}::xid8, ${after}::bigint) and changed_tx < ${String(below)}::xid8
        order by changed_tx, voice_id
        fetch first (${limit}) rows with ties
      ),
      newest as materialized (
        select ${sql.join(VOICE_ROWS.columns.map(({ name }) => sql`${valueOf(name, timeZone)} as ${sql.ref(name)}`))}
        from picked r
        join voices v on v.id = r.voice_id
        left join customers c on c.customer = v.customer
        left join customer_segments g on g.customer = v.customer
        where not exists (
          select 1 from readings n
          where n.voice_id = r.voice_id and n.reader_version <> r.reader_version and n.changed_tx < ${String(below)}::xid8
            and (n.read_at, n.changed_tx, n.reader_version) > (r.read_at, r.changed_tx, r.reader_version)
        )
      )
      select (select count(*) from picked) as changed, count(*) as rows, coalesce(min(id), 0) as lowest,
        (select p.changed_tx::text::bigint from picked p order by p.changed_tx desc limit 1) as last_tx,
        (select p.voice_id from picked p order by p.changed_tx desc, p.voice_id desc limit 1) as last_id,
        ${sql.join(VOICE_ROWS.columns.map(joined))}
      from newest`,
    );
  });
  if (row === undefined || row.changed === 0) return { columns: null, rows: 0, lowestId: 0, last: null, changed: 0 };
  return {
    columns: row.rows === 0 ? null : VOICE_ROWS.columns.map((_, i) => row[`c${i}`] ?? ''),
    rows: row.rows,
    lowestId: row.lowest,
    last: { tx: row.last_tx, afterKey: String(row.last_id) },
    changed: row.changed,
  };
}

type JoinedVoices = {
  readonly changed: number;
  readonly rows: number;
  readonly lowest: number;
  readonly last_tx: number;
  readonly last_id: number;
} & {
  readonly [column: `c${number}`]: string;
};

/** A column's values as one text; what customers wrote must not be taken for the signs between them. */
function joined({ name, type }: WideColumn, i: number): RawBuilder<unknown> {
  const text = sql`${sql.ref(name)}::text`;
  const clean = type === 'text' ? sql`translate(${text}, ${`${BETWEEN}${NOTHING}`}, '  ')` : text;
  return sql`string_agg(coalesce(${clean}, ${NOTHING}), ${BETWEEN}) as ${sql.ref(`c${i}`)}`;
}

const OF_VOICE: Readonly<Record<string, string>> = { source: 'source_id', batch: 'batch_id' };
const OF_READING: readonly string[] = [
  'category',
  'stage',
  'department',
  'business',
  'support',
  'bearer',
  'feeling',
  'language',
  'confidence',
];
const OF_CUSTOMER: readonly string[] = ['brand', 'age_band', 'value_tier', 'vpmn_group', 'segment'];

const isOfRuns = (name: string): boolean => (OF_RUNS as readonly string[]).includes(name);

function valueOf(name: string, timeZone: string): RawBuilder<unknown> {
  switch (name) {
    case 'said_at':
    case 'arrived_at':
      return sql`${ms(sql.ref(`v.${name}`))}::bigint`;
    case 'said_local':
      return sql`${ms(sql`v.said_at at time zone ${timeZone}`)}::bigint`;
    case 'category_1':
      return sql`nullif(split_part(r.category, '/', 1), '')`;
    case 'category_2':
      return sql`case when split_part(r.category, '/', 2) <> '' then split_part(r.category, '/', 1) || '/' || split_part(r.category, '/', 2) end`;
  }
  if (OF_READING.includes(name)) return sql.ref(`r.${name}`);
  if (OF_CUSTOMER.includes(name)) return sql.ref(`c.${name}`);
  if (isOfRuns(name)) return sql.ref(`g.${name}`);
  return sql.ref(`v.${OF_VOICE[name] ?? name}`);
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
      c.segment, g.temperament, g.cluster, g.usage_group,
      ${ms(sql`s.since`)} as since, ${ms(sql`s.until`)} as until
    from subscriptions s join customers c on c.customer = s.customer
    left join customer_segments g on g.customer = s.customer
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

/** Of these customers, those who have no subscription. */
export async function withoutSubscription(db: Db, customers: readonly string[]): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    sql<{ customer: string }>`
    select k.customer from unnest(${customers}::text[]) k (customer)
    where not exists (select 1 from subscriptions s where s.customer = k.customer)`,
  );
  return rows.map((row) => row.customer);
}
