import { sql } from 'kysely';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../test/kit/db.ts';
import { testClock } from '../../test/kit/clock.ts';
import { type Db, inTransaction } from '../platform/postgres/db.ts';
import { type DuckDb, openDuckDb } from '../platform/warehouse/duckdb.client.ts';
import { settled } from './changed.sql.ts';
import { BETWEEN, NOTHING } from '../platform/warehouse/warehouse.ts';
import { type FollowContext, followWarehouse, forgetVoices, rebuildWarehouse } from './follow-warehouse.job.ts';
import { warehouseParity } from './parity.client.ts';
import { WAREHOUSE_TABLES } from './wide-tables.ts';

let fresh: FreshDb;
let folder: string;
let warehouse: DuckDb;
let ctx: FollowContext & Parameters<typeof warehouseParity>[0];
const clock = testClock();

const openWarehouse = (): Promise<DuckDb> =>
  openDuckDb({
    file: join(folder, 'w.duckdb'),
    tables: WAREHOUSE_TABLES,
    tempDir: join(folder, 'tmp'),
    connections: 2,
    log: { warn: () => undefined, error: () => undefined },
  });
const contextOf = (w: DuckDb): typeof ctx => ({
  db: fresh.db,
  bulk: fresh.db,
  patient: fresh.db,
  warehouse: w,
  clock,
  config: { timeZone: 'Asia/Shanghai' } as FollowContext['config'],
  log: pino({ level: 'silent' }),
});

beforeEach(async () => {
  fresh = await freshDb();
  folder = mkdtempSync(join(tmpdir(), 'voxloop-follow-'));
  warehouse = await openWarehouse();
  ctx = contextOf(warehouse);
  await sql`insert into org_units (id, level, name, name_en, path) values ('u', 'province', '省', 'Province', '/u/')`.execute(fresh.db);
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('m', 'm', '甲', 'u', '{analyst}', 'province')`.execute(
    fresh.db,
  );
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('s', 's', 'u', 'voices', now())`.execute(fresh.db);
  for (const id of ['b1', 'b2']) {
    await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
      values (${id}, 's', 'm', 'voices', 'f', 'h', 1, '/f', 'done', now())`.execute(fresh.db);
  }
});
afterEach(async () => {
  await warehouse.close();
  await fresh.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Given {
  readonly id: number;
  readonly saidAt?: string;
  readonly category?: string | null;
  readonly customer?: string | null;
  readonly batch?: string;
}
async function voice(db: Db, given: Given): Promise<void> {
  const { id, saidAt = '2026-03-01T15:59:59.999Z', category = 'fixed/broadband/outage', customer = null, batch = 'b1' } = given;
  await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, text, text_masked, attributes, batch_id)
    values (${id}, 's', ${`k${id}`}, '\\x00', ${saidAt}, true, ${saidAt}, 'complaint', 'hotline', ${customer}, '宽带断了', '宽带断了', '{"level":"高"}', ${batch})`.execute(
    db,
  );
  await reading(db, id, 'r1', category, '2026-03-10T00:00:00Z');
}
async function reading(db: Db, id: number, version: string, category: string | null, readAt: string): Promise<void> {
  await sql`insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
    values (${id}, ${version}, ${category}, 'negative', 'zh', 0.9, '[]', ${readAt})`.execute(db);
}
async function subscription(db: Db, id: string, customer: string, brand: string): Promise<void> {
  await sql`insert into customers (customer, source_id, brand, city, batch_id) values (${customer}, 's', ${brand}, 'jn', 'b2')
    on conflict (customer) do update set brand = excluded.brand`.execute(db);
  await sql`insert into subscriptions (subscription, customer, source_id, body_hash, product, batch_id) values (${id}, ${customer}, 's', '\\x00', 'mobile', 'b2')
    on conflict (subscription) do update set changed_tx = pg_current_xact_id()`.execute(db);
}
async function segment(db: Db, customer: string, temperament: string | null): Promise<void> {
  await sql`insert into customer_segments (customer, temperament, cluster) values (${customer}, ${temperament}, 'k1')
    on conflict (customer) do update set temperament = excluded.temperament, changed_tx = pg_current_xact_id()`.execute(db);
}
const all = (w: DuckDb = warehouse): Promise<unknown> => w.select('select * from voice_rows order by id', []);
const ids = async (): Promise<unknown> => (await warehouse.select('select id from voice_rows order by id', [])).map((row) => row['id']);

describe('following', () => {
  test('brings a committed voice with its reading, in UTC and in wall time', async () => {
    await voice(fresh.db, { id: 1 });
    expect(await followWarehouse(ctx)).toEqual({ rows: 1, asOf: clock.now() });
    expect((await sql`select topic from live_events`.execute(fresh.db)).rows).toEqual([{ topic: 'voices' }]);
    expect(await warehouse.select('select *, attributes[$1] as level from voice_rows', ['level'])).toMatchObject([
      {
        id: 1,
        said_at: '2026-03-01T15:59:59.999',
        said_local: '2026-03-01T23:59:59.999',
        category_1: 'fixed',
        category_2: 'fixed/broadband',
        category: 'fixed/broadband/outage',
        feeling: 'negative',
        text_masked: '宽带断了',
        level: '高',
        batch: 'b1',
      },
    ]);
  });

  test('keeps columns apart whatever a customer writes', async () => {
    await voice(fresh.db, { id: 1 });
    await voice(fresh.db, { id: 2 });
    await sql`update voices set text_masked = E'a\\x01\\x02,"[\\n', status = E'\\x02', attributes = '{"\\u0002": "\\u0001", "n": 3, "none": null}' where id = 1`.execute(
      fresh.db,
    );
    await followWarehouse(ctx);
    const rows = await warehouse.select(
      'select id, text_masked, status, attributes[$1] as a, attributes[$2] as n from voice_rows order by id',
      [BETWEEN, 'n'],
    );
    expect(rows).toEqual([
      { id: 1, text_masked: 'a  ,"[\n', status: ' ', a: NOTHING, n: '3' },
      { id: 2, text_masked: '宽带断了', status: null, a: null, n: null },
    ]);
  });

  test('does nothing when nothing is new', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    expect(await followWarehouse(ctx)).toMatchObject({ rows: 0 });
  });

  test('does not skip a transaction that commits late', async () => {
    const late = await fresh.pool.connect();
    await late.query('begin');
    await late.query(`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, text, text_masked, batch_id)
      values (7, 's', 'k7', '\\x00', now(), true, now(), 'fault', 'app', 't', 't', 'b1')`);
    await late.query(
      `insert into readings (voice_id, reader_version, feeling, language, confidence, because, read_at) values (7, 'r1', 'neutral', 'zh', 0, '[]', now())`,
    );
    await voice(fresh.db, { id: 8 });
    const waiting = await settled(fresh.db);
    expect(waiting.waiting).toBe(true);
    const first = await followWarehouse(ctx);
    expect(await ids()).toEqual([]);
    expect(first.asOf < clock.now()).toBe(true);
    await late.query('commit');
    late.release();
    expect(await followWarehouse(ctx)).toEqual({ rows: 2, asOf: clock.now() });
    expect(await ids()).toEqual([7, 8]);
    expect((await warehouseParity(ctx)).ok).toBe(true);
  });

  test('is not held up by a transaction in another database of the same server', async () => {
    await using other = await freshDb();
    const busy = await other.pool.connect();
    await busy.query('begin');
    await busy.query('select pg_current_xact_id()');
    await voice(fresh.db, { id: 1 });
    expect(await followWarehouse(ctx)).toMatchObject({ rows: 1 });
    await busy.query('rollback');
    busy.release();
  });

  test('misses nothing and doubles nothing while five sessions commit in any order', async () => {
    const sessions = Array.from({ length: 5 }, async (_, session) => {
      for (let i = 0; i < 12; i++) {
        await inTransaction(fresh.db, async (tx) => {
          await voice(tx, { id: 1 + session + 5 * i });
          await sql`select pg_sleep(${((session * 7 + i * 3) % 5) / 200})`.execute(tx);
        });
      }
    });
    let writing = true;
    const following = (async () => {
      while (writing) await followWarehouse(ctx);
    })();
    await Promise.all(sessions);
    writing = false;
    await following;
    await followWarehouse(ctx);
    expect(await ids()).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(await warehouseParity(ctx)).toMatchObject({ ok: true, voices: 60 });
  });

  test('puts a newer reading in the place of the older, whichever came in first', async () => {
    await voice(fresh.db, { id: 1, category: 'fixed/broadband/slow' });
    await voice(fresh.db, { id: 2, category: 'fixed/broadband/slow' });
    await followWarehouse(ctx);
    await reading(fresh.db, 1, 'r2', 'billing/fee/wrong', '2026-03-11T00:00:00Z');
    await reading(fresh.db, 2, 'r0', 'billing/fee/wrong', '2026-03-01T00:00:00Z');
    await followWarehouse(ctx);
    expect(await warehouse.select('select id, category from voice_rows order by id', [])).toEqual([
      { id: 1, category: 'billing/fee/wrong' },
      { id: 2, category: 'fixed/broadband/slow' },
    ]);
  });

  test('gives voices the values of a customer who becomes known later, and of one who changes', async () => {
    await voice(fresh.db, { id: 1, customer: 'c1' });
    await followWarehouse(ctx);
    await inTransaction(fresh.db, (tx) => subscription(tx, 's1', 'c1', '全球通'));
    await followWarehouse(ctx);
    await inTransaction(fresh.db, (tx) => subscription(tx, 's2', 'c1', '神州行'));
    await followWarehouse(ctx);
    expect(await warehouse.select('select brand from voice_rows', [])).toEqual([{ brand: '神州行' }]);
    expect(await warehouse.select('select subscription, brand, city from subscriber_rows order by 1', [])).toEqual([
      { subscription: 's1', brand: '神州行', city: 'jn' },
      { subscription: 's2', brand: '神州行', city: 'jn' },
    ]);
  });

  test('puts voices and subscriptions where a run put their customer, and leaves the others', async () => {
    for (const id of [1, 2]) await voice(fresh.db, { id, customer: `c${id}` });
    await inTransaction(fresh.db, (tx) => subscription(tx, 's1', 'c1', '全球通'));
    await followWarehouse(ctx);
    for (const customer of ['c1', 'nobody']) await segment(fresh.db, customer, 'impatient');
    await followWarehouse(ctx);
    const where = (): Promise<unknown> => warehouse.select('select temperament, cluster from voice_rows order by id', []);
    expect(await where()).toMatchObject([{ temperament: 'impatient', cluster: 'k1' }, { cluster: null }]);
    expect(await warehouse.select('select temperament from subscriber_rows', [])).toEqual([{ temperament: 'impatient' }]);
    await segment(fresh.db, 'c1', null);
    await segment(fresh.db, 'c2', `it's "so"`);
    await voice(fresh.db, { id: 3, customer: 'c1' });
    await followWarehouse(ctx);
    const followed = await where();
    expect(followed).toMatchObject([{ temperament: null }, { temperament: `it's "so"` }, { temperament: null, cluster: 'k1' }]);
    await rebuildWarehouse(ctx);
    expect(await where()).toEqual(followed);
  });

  test('forgets voices that were deleted, by id and by batch', async () => {
    for (const id of [1, 2, 3]) await voice(fresh.db, { id, batch: id === 3 ? 'b2' : 'b1' });
    await followWarehouse(ctx);
    await sql`delete from voices where id in (1, 3)`.execute(fresh.db);
    expect((await warehouseParity(ctx)).ok).toBe(false);
    await forgetVoices(ctx, { ids: [1] });
    await forgetVoices(ctx, { batch: 'b2' });
    expect(await ids()).toEqual([2]);
    expect((await warehouseParity(ctx)).ok).toBe(true);
  });

  test('shows Postgres how far it is', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    const rows = await sql<{ follower: string; as_of: string }>`select follower, as_of from watermarks`.execute(fresh.db);
    expect(rows.rows).toEqual([{ follower: 'warehouse', as_of: clock.now() }]);
  });
});

describe('rebuilding', () => {
  test('gives the same rows as following step by step', async () => {
    for (let id = 1; id <= 30; id++) {
      await voice(fresh.db, { id, customer: id % 3 === 0 ? 'c1' : null, saidAt: `2026-03-0${1 + (id % 9)}T0${id % 10}:00:00Z` });
      if (id % 7 === 0) await reading(fresh.db, id - 2, 'r2', null, '2026-03-12T00:00:00Z');
      if (id === 15) await inTransaction(fresh.db, (tx) => subscription(tx, 's1', 'c1', '动感地带'));
      if (id % 4 === 0) await followWarehouse(ctx);
    }
    await followWarehouse(ctx);
    const incremental = await all();
    expect(await rebuildWarehouse(ctx)).toMatchObject({ rows: 31 });
    expect(await all()).toEqual(incremental);
    expect(await warehouseParity(ctx)).toMatchObject({ ok: true, voices: 30, differences: [] });
  });

  test('happens by itself when the file followed another database', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    await sql`delete from watermarks`.execute(fresh.db);
    await sql`delete from voices`.execute(fresh.db);
    await voice(fresh.db, { id: 2 });
    await followWarehouse(ctx);
    expect(await ids()).toEqual([2]);
  });

  test('goes on after the file was closed in between, without a row twice', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    await voice(fresh.db, { id: 2 });
    await warehouse.close();
    warehouse = await openWarehouse();
    ctx = contextOf(warehouse);
    await followWarehouse(ctx);
    expect(await ids()).toEqual([1, 2]);
  });

  test('happens by itself when the file was damaged', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    await warehouse.close();
    writeFileSync(join(folder, 'w.duckdb'), Buffer.alloc(9_000, 3));
    warehouse = await openWarehouse();
    ctx = contextOf(warehouse);
    expect(warehouse.quarantined).not.toBeNull();
    await followWarehouse(ctx);
    expect(await ids()).toEqual([1]);
  });

  test('a step that fails leaves rows and mark as they were', async () => {
    await voice(fresh.db, { id: 1 });
    const failing: FollowContext = {
      ...ctx,
      warehouse: {
        ...warehouse,
        write: (work) =>
          warehouse.write(async (w) => {
            await work(w);
            throw new Error('the disk is full');
          }),
      },
    };
    await expect(followWarehouse(failing)).rejects.toThrow('the disk is full');
    expect(await ids()).toEqual([]);
    await followWarehouse(ctx);
    expect(await ids()).toEqual([1]);
  });
});

describe('parity', () => {
  test('names the local day, channel and kind of a row that was tampered with', async () => {
    await voice(fresh.db, { id: 1 });
    await voice(fresh.db, { id: 2, saidAt: '2026-03-01T16:00:00Z' });
    await followWarehouse(ctx);
    await warehouse.write((w) => w.run(`update voice_rows set kind = 'praise' where id = 2`));
    expect((await warehouseParity(ctx)).differences).toEqual([
      { day: '2026-03-02', channel: 'hotline', kind: 'complaint', postgres: 1, warehouse: 0 },
      { day: '2026-03-02', channel: 'hotline', kind: 'praise', postgres: 0, warehouse: 1 },
    ]);
  });

  test('holds while voices that are not yet followed, or are read anew, wait', async () => {
    await voice(fresh.db, { id: 1 });
    await followWarehouse(ctx);
    await voice(fresh.db, { id: 2 });
    await reading(fresh.db, 1, 'r2', null, '2026-03-12T00:00:00Z');
    expect(await warehouseParity(ctx)).toMatchObject({ ok: true, voices: 0 });
    await followWarehouse(ctx);
    expect(await warehouseParity(ctx)).toMatchObject({ ok: true, voices: 2 });
  });
});
