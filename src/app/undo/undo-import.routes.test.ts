import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testClock } from '../../../test/kit/clock.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { timeSortedIds } from '../../platform/new-id.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { fsck } from '../fsck.ts';
import { undoImport } from './undo-import.job.ts';

let product: TestProduct;
beforeAll(async () => {
  // Ids as in production: what comes again after an undo is new.
  product = await testProduct({ ids: timeSortedIds(testClock()) });
  await twoCities(product.ctx);
  const rule = { names: { zh: '群诉', en: 'Many' }, dimension: 'community', where: [], windowMinutes: 60, threshold: 3, holdMinutes: 0 };
  const created = await product.as('me_p', post('/api/rules', { ...rule, id: 'many', department: 'network', severity: 'serious' }));
  expect(created.status).toBe(200);
});
afterAll(() => product[Symbol.asyncDispose]());

const post = (url: string, payload: object) => ({ method: 'POST' as const, url, payload });

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly undo: { readonly rows: number; readonly gone: number } | null;
}

async function imported(text: string, source: string, as = 'voices', member = 'me_p'): Promise<Batch> {
  product.clock.set(new Date(product.ctx.clock.nowMs() + 1000).toISOString());
  const upload = await product.as(member, {
    method: 'POST',
    url: `/api/imports?name=f.csv&source=${source}&as=${as}`,
    payload: Buffer.from(text),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: Batch };
  expect((await product.as(member, post(`/api/imports/${batch.id}/commit`, { version: batch.version }))).status).toBe(200);
  await product.settle();
  return batchOf(batch.id);
}

async function batchOf(id: string): Promise<Batch> {
  return ((await product.as('me_p', { method: 'GET', url: `/api/imports/${id}` })).body as { batch: Batch }).batch;
}

const undo = (batch: Batch, member = 'me_p') =>
  product.as(member, post(`/api/imports/${batch.id}/undo`, { version: batch.version, reason: '传错了文件' }));

const HEADER = '工单号,时间,类型,渠道,小区,客户编号,内容\n';
const rows = (prefix: string, count: number, at = '2026-03-01 10:0', region = 'A1x'): string =>
  HEADER +
  Array.from({ length: count }, (_, i) => `${prefix}${i},${at}${i % 10}:00,投诉,热线,${region},C${i},宽带断网了 第${i}条\n`).join('');

const alarmsOf = () =>
  rowsOf(
    product.ctx.db,
    sql<{ id: string; state: string; because: string | null; voices: number }>`
    select id, state, resolved_because as because, voices from alarms where value = 'A1x' order by id`,
  );
const voicesOf = async (): Promise<number> =>
  (await rowsOf(product.ctx.db, sql<{ n: number }>`select count(*) as n from voices`))[0]?.n ?? -1;

describe('undoing an import', () => {
  it('waits outside of the database while the rules are being evaluated elsewhere', async () => {
    const { ctx } = product;
    const batch = await imported(rows('w', 2, '2026-02-01 10:0'), 'waits');
    await ctx.db.connection().execute(async (other) => {
      await sql`select pg_advisory_lock(7120001)`.execute(other);
      expect((await undo(batch)).status).toBe(200);
      await expect.poll(async () => (await batchOf(batch.id)).undo?.gone).toBe(2);
      const waiting = await rowsOf(ctx.db, sql`select 1 from pg_locks where locktype = 'advisory' and objid = 7120001 and not granted`);
      expect([(await batchOf(batch.id)).state, waiting]).toEqual(['undoing', []]);
      await sql`select pg_advisory_unlock(7120001)`.execute(other);
    });
    await expect.poll(async () => (await batchOf(batch.id)).state).toBe('undone');
  });

  it('takes its voices out of everything, once, and lets the same file in again', async () => {
    const kept = await imported(rows('k', 2), 'kept');
    const text = rows('u', 5);
    const batch = await imported(text, 'wrong');
    const [alarm] = await alarmsOf();
    expect(alarm?.voices).toBe(7);
    expect((await undo(batch)).status).toBe(200);
    await product.settle();
    expect(await batchOf(batch.id)).toMatchObject({ state: 'undone', accepted: 5, undo: { rows: 5, gone: 5 } });
    expect(await voicesOf()).toBe(kept.accepted);
    expect(await rowsOf(product.ctx.db, sql`select 1 from readings r left join voices v on v.id = r.voice_id where v.id is null`)).toEqual(
      [],
    );
    // Two of seven are left, below the threshold of three.
    const ended = await alarmsOf();
    expect(ended.map(({ state, because }) => [state, because])).toEqual(ended.map(() => ['resolved', 'recounted']));
    expect(ended.map(({ voices }) => voices)).toEqual(ended.map(() => 2));
    const count = await product.as('me_p', post('/api/ask', { measures: ['voices'], by: [], where: [] }));
    expect(count.body).toMatchObject({ rows: [{ voices: 2 }] });
    expect((await fsck(product.ctx)).checks.filter(({ ok }) => !ok)).toEqual([]);
    const audit = await rowsOf(
      product.ctx.db,
      sql`select action, detail from audit where subject_id = ${batch.id} and action like 'import.undo%'`,
    );
    expect(audit).toEqual([{ action: 'import.undo', detail: { reason: '传错了文件', rows: 5, file: 'f.csv', source: 'wrong' } }]);
    expect((await undo(await batchOf(batch.id))).body).toMatchObject({ code: 'state-wrong' });
    await undoImport(product.ctx, batch.id, new AbortController().signal);
    const again = await imported(text, 'wrong');
    expect(again).toMatchObject({ state: 'done', accepted: 5, duplicates: 0 });
    expect((await fsck(product.ctx)).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is refused with every reason where an order, an acknowledged alarm or an outcome rests on it', async () => {
    const batch = await imported(rows('r', 4, '2026-03-10 09:5', 'B1x'), 'rests');
    const [alarm] = await rowsOf(
      product.ctx.db,
      sql<{ id: string; version: number }>`select id, version from alarms where value = 'B1x' and rule_id = 'many'`,
    );
    const acknowledged = await product.as(
      'me_p',
      post(`/api/alarms/${alarm?.id}/acknowledge`, { version: alarm?.version, reason: '在查' }),
    );
    expect(acknowledged.status).toBe(200);
    const made = await product.as('me_p', post(`/api/alarms/${alarm?.id}/order`, {}));
    expect(made.status).toBeLessThan(300);
    const { order } = made.body as { order: { id: string } };
    const refused = await undo(batch);
    expect(refused).toMatchObject({ status: 409, body: { code: 'still-needed' } });
    const { problems } = refused.body as { problems: { code: string; params: object }[] };
    expect(problems.map(({ code }) => code)).toEqual(['undo-order-rests', 'undo-alarm-rests']);
    expect(problems[0]?.params).toMatchObject({ id: order.id });
    expect(await batchOf(batch.id)).toMatchObject({ state: 'done', undo: null });
    // An earlier batch has no part in it.
    const other = await imported(rows('o', 2, '2026-02-02 10:0', 'A1x'), 'other');
    expect((await undo(other)).status).toBe(200);
    await product.settle();
  });

  it('goes on after a crash in the middle', async () => {
    const batch = await imported(rows('c', 30, '2026-01-02 1', 'A1x').replaceAll(/ 1(\d):00/g, ' 10:0$1:00'), 'crash');
    const stop = new AbortController();
    await sql`
      update import_batches set state = 'undoing', undo = (
        select jsonb_build_object('first_said', min(said_at), 'last_said', max(said_at), 'rows', 30, 'gone', 0) from voices where batch_id = ${batch.id})
      where id = ${batch.id}`.execute(product.ctx.db);
    await sql`delete from voices where batch_id = ${batch.id} and outside_key < 'c2'`.execute(product.ctx.db);
    await undoImport(product.ctx, batch.id, stop.signal);
    await product.settle();
    expect(await batchOf(batch.id)).toMatchObject({ state: 'undone' });
    await product.ctx.jobs.enqueue(product.ctx.db as never, 'warehouse.forget', { batch: batch.id });
    await product.settle();
    expect((await fsck(product.ctx)).checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is for who made the batch or sees the province, and needs the version that was seen', async () => {
    const batch = await imported(rows('m', 2, '2026-01-03 10:0', 'A1x'), 'mine', 'voices', 'me_a');
    expect((await undo(batch, 'me_b')).status).toBe(404);
    expect((await undo({ ...batch, version: 0 }, 'me_a')).body).toMatchObject({ code: 'stale-version' });
    expect((await undo(batch, 'me_a')).status).toBe(200);
    await product.settle();
    expect(await batchOf(batch.id)).toMatchObject({ state: 'undone' });
  });
});

describe('undoing customers', () => {
  const customers = (lines: readonly string[]): string => `客户编号,用户编号,姓名,小区,套餐,品牌\n${lines.join('\n')}\n`;
  const standing = () =>
    rowsOf(
      product.ctx.db,
      sql`
      select c.customer, c.brand, s.subscription, s.plan, s.customer as holder from customers c left join subscriptions s on s.customer = c.customer
      where c.customer like 'K%' order by 1, 3`,
    );
  const followed = () =>
    product.ctx.warehouse.select(`select customer, plan, brand from subscriber_rows where customer like 'K%' order by 1, 2`, []);

  it('puts back what stood before it, to the letter, and refuses while a later file stands on it', async () => {
    await imported(customers(['K1,S1,甲,A1x,畅享59,全球通', 'K2,S2,乙,A1x,畅享59,动感']), 'crm', 'customers');
    const before = [await standing(), await followed()];
    const wrong = await imported(
      customers(['K1,S1,甲,A1x,冰激凌,大众', 'K3,S3,丙,A1x,畅享59,全球通', 'K3,S2,丙,A1x,畅享99,全球通']),
      'crm',
      'customers',
    );
    const between = [await standing(), await followed()];
    expect(between).not.toEqual(before);
    const later = await imported(customers(['K3,S3,丙,A1x,畅享129,全球通']), 'crm', 'customers');
    const refused = await undo(wrong);
    expect(refused.body).toMatchObject({
      code: 'still-needed',
      problems: [{ code: 'undo-batch-over', params: { id: later.id, rows: 2 } }],
    });
    expect((await undo(later)).status).toBe(200);
    await product.settle();
    expect(await standing()).toEqual(between[0]);
    expect((await undo(wrong)).status).toBe(200);
    await product.settle();
    expect([await standing(), await followed()]).toEqual(before);
    expect(await rowsOf(product.ctx.db, sql`select 1 from import_before where batch_id = any(${[wrong.id, later.id]}::text[])`)).toEqual(
      [],
    );
    expect((await fsck(product.ctx)).checks.filter(({ ok }) => !ok)).toEqual([]);
  });
});
