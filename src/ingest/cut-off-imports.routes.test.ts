import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answered, type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { fsck } from '../app/fsck.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { type ImportBatch, batchOf, moveBatch } from './import-batches.sql.ts';
import { endAbandonedImports, whileHeld } from './open-imports.sql.ts';
import { runImport } from './run-import.job.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

const ROWS = 1500;
const text = (prefix: string): string =>
  `时间,小区,内容\n${Array.from({ length: ROWS }, (_, i) => `2026-03-01 10:00:00,A1x,${prefix} 第${i}条 网速慢`).join('\n')}\n`;

async function uploaded(source: string, as = 'voices'): Promise<Answered> {
  product.clock.advanceMs(1000);
  return product.as('me_p', {
    method: 'POST',
    url: `/api/imports?name=f.csv&source=${source}&as=${as}`,
    payload: Buffer.from(text(source)),
    headers: { 'content-type': 'application/octet-stream' },
  });
}
const idOf = (answer: Answered): string => (answer.body as { batch: { id: string } }).batch.id;
const found = async (id: string): Promise<ImportBatch> => (await batchOf(product.ctx.db, id))!;
const ask = async (id: string, step: string): Promise<Answered> =>
  product.as('me_p', { method: 'POST', url: `/api/imports/${id}/${step}`, payload: { version: (await found(id)).version } });
const spooled = (): readonly string[] => readdirSync(join(product.home, 'spool'));

/** As far as its first transaction, and then its runner is gone. */
async function cutOff(source: string): Promise<string> {
  const { ctx } = product;
  const id = idOf(await uploaded(source));
  await moveBatch(ctx.db, id, 'queued', ctx.clock.now());
  let looks = 0;
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'throwIfAborted', {
    value: () => {
      if (looks++ === 1) throw new Error('cut off');
    },
  });
  await expect(runImport(ctx, { batch: id, dry: false }, signal)).rejects.toThrow('cut off');
  expect(await found(id)).toMatchObject({ state: 'running', accepted: 1000, rowsDone: 1000 });
  return id;
}

it('an import that was cut off goes on behind what it stored, is not read anew over it, and its file goes with its last row', async () => {
  const id = await cutOff('rest');
  expect((await ask(id, 'cancel')).status).toBe(200);
  const check = await ask(id, 'check');
  expect([check.status, check.body]).toEqual([
    409,
    expect.objectContaining({ problems: [{ code: 'import-rows-stand', params: { rows: 1000 } }] }),
  ]);
  const path = (await found(id)).filePath;
  expect(existsSync(path)).toBe(true);
  expect((await ask(id, 'commit')).status).toBe(200);
  await product.settle();
  expect(await found(id)).toMatchObject({ state: 'done', accepted: ROWS, duplicates: 0, rowsDone: ROWS, filePath: '' });
  expect(existsSync(path)).toBe(false);
  expect((await fsck(product.ctx)).checks.filter(({ ok }) => !ok)).toEqual([]);
});

it('a check that is cancelled leaves nothing counted, because nothing is stored', async () => {
  const id = idOf(await uploaded('judged'));
  await ask(id, 'check');
  await expect.poll(async () => (await found(id)).state).toBe('checked');
  expect((await ask(id, 'cancel')).status).toBe(200);
  expect(await found(id)).toMatchObject({ state: 'cancelled', accepted: 0, rowsDone: 0 });
});

it('what nobody imports any more ends as failed; what a job or another process works on goes on', async () => {
  const { ctx } = product;
  const [left, held, waiting] = [await cutOff('left'), await cutOff('held'), await cutOff('waiting')];
  await ctx.jobs.enqueue(ctx.db, 'ingest.import', { batch: waiting, dry: false }, { afterMs: 60_000_000 });
  await whileHeld(ctx.db, held, async () => expect(await endAbandonedImports(ctx)).toEqual([left]));
  expect(await found(left)).toMatchObject({ state: 'failed', accepted: 1000, error: { code: 'import-abandoned' } });
  expect([(await found(held)).state, (await found(waiting)).state]).toEqual(['running', 'running']);
  expect(await endAbandonedImports(ctx)).toEqual([held]);
  expect((await ask(left, 'undo')).status).toBe(422);
  const undo = { version: (await found(left)).version, reason: '传错了' };
  expect((await product.as('me_p', { method: 'POST', url: `/api/imports/${left}/undo`, payload: undo })).status).toBe(200);
  await expect.poll(async () => (await found(left)).state).toBe('undone');
  expect(await rowOf(ctx.db, sql`select file_path from import_batches where id = ${left}`)).toEqual({ file_path: '' });
});

it('an import of the command line stays one while its connection breaks', async () => {
  const { ctx } = product;
  const id = await cutOff('broken');
  const holders = sql<{ pid: number }>`
    select l.pid from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and l.mode = 'ShareLock'`;
  await whileHeld(
    ctx.db,
    id,
    async () => {
      const [first] = await rowsOf(ctx.db, holders);
      await sql`select pg_terminate_backend(${first!.pid})`.execute(ctx.db);
      const isAnother = async (): Promise<boolean> => (await rowsOf(ctx.db, holders)).some(({ pid }) => pid !== first!.pid);
      await expect.poll(isAnother).toBe(true);
      expect(await endAbandonedImports(ctx)).toEqual([]);
    },
    20,
  );
  expect(await endAbandonedImports(ctx)).toEqual([id]);
});

it('an upload into a source that carries something else leaves no file', async () => {
  await uploaded('carrier');
  const before = spooled();
  expect((await uploaded('carrier', 'customers')).status).not.toBe(201);
  expect(spooled()).toEqual(before);
});
