import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { type ImportBatch, type ImportOptions, addBatch, moveBatch, rejectedOf } from './import-batches.sql.ts';
import { runImport } from './run-import.job.ts';
import { sourceFor } from './sources.sql.ts';
import { viewerOf } from '../people/members.sql.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

let count = 0;
async function prepare(
  text: string,
  source: string,
  options: ImportOptions & { as?: 'voices' | 'customers'; member?: string } = {},
): Promise<string> {
  const { ctx, home } = product;
  count += 1;
  const path = join(home, `file-${count}.csv`);
  writeFileSync(path, text);
  const { as = 'voices', member = 'me_p', ...rest } = options;
  const viewer = (await viewerOf(ctx.db, member))!;
  const into = await sourceFor(ctx.db, ctx, viewer, source, as);
  await addBatch(ctx.db, {
    id: `ba_${count}`,
    sourceId: into.id,
    memberId: member,
    carries: as,
    fileName: `file-${count}.csv`,
    fileHash: String(count),
    fileBytes: text.length,
    filePath: path,
    options: rest,
    state: 'draft',
    now: ctx.clock.now(),
  });
  return `ba_${count}`;
}

async function run(text: string, source: string, options: Parameters<typeof prepare>[2] & { dry?: boolean } = {}): Promise<ImportBatch> {
  const { dry = false, ...rest } = options;
  const id = await prepare(text, source, rest);
  await moveBatch(product.ctx.db, id, dry ? 'checking' : 'queued', product.ctx.clock.now());
  return runImport(product.ctx, { batch: id, dry }, new AbortController().signal);
}

const counts = ({ rowsDone, accepted, duplicates, rejected, state }: ImportBatch): unknown => ({
  rowsDone,
  accepted,
  duplicates,
  rejected,
  state,
});
const HEADER = '工单号,时间,类型,渠道,小区,内容\n';
const line = (id: string, text: string, more: { kind?: string; at?: string; region?: string } = {}): string =>
  `${id},${more.at ?? '2026-03-01 10:00:00'},${more.kind ?? '投诉'},热线,${more.region ?? 'A1x'},${text}\n`;

describe('an import', () => {
  it('counts every record once: accepted, duplicate, conflict or rejected with its reason', async () => {
    const text = `${HEADER}${line('1', '宽带断线')}\n${line('2', '乱扣费')}${line('1', '宽带断线')}${line('2', '另一个说法')}${line('3', '')}${line('4', '信号差', { at: 'gestern' })}`;
    const batch = await run(text, 'counts');
    expect(counts(batch)).toEqual({ rowsDone: 6, accepted: 2, duplicates: 1, rejected: 3, state: 'done' });
    const rejected = await rejectedOf(product.ctx.db, batch.id, 10, 0);
    expect(rejected.map(({ row, problems }) => [row, problems[0]?.code])).toEqual([
      [4, 'conflict'],
      [5, 'text-missing'],
      [6, 'date-unreadable'],
    ]);
    expect(rejected[0]?.raw).toMatchObject({ 内容: '另一个说法' });
    expect(rejected[0]?.voiceId).not.toBeNull();
  });

  it('adds nothing the second time', async () => {
    const text = HEADER + line('a', '断线') + line('b', '断网') + line('', '没有编号的一条') + line('', '没有编号的另一条');
    expect(counts(await run(text, 'twice'))).toMatchObject({ accepted: 4, duplicates: 0 });
    expect(counts(await run(text, 'twice'))).toMatchObject({ accepted: 0, duplicates: 4, rejected: 0 });
  });

  it('foretells in a dry run what the commit then does, and stores nothing', async () => {
    const text = HEADER + line('1', '一') + line('1', '一') + line('1', '二') + line('2', '三');
    const foretold = await run(text, 'dry', { dry: true });
    expect(counts(foretold)).toEqual({ rowsDone: 4, accepted: 2, duplicates: 1, rejected: 1, state: 'checked' });
    expect(await rowsOf(product.ctx.db, sql`select 1 from voices v join sources s on s.id = v.source_id where s.name = 'dry'`)).toEqual([]);
    expect(counts(await run(text, 'dry'))).toMatchObject({ accepted: 2, duplicates: 1, rejected: 1 });
  });

  it('goes on where it was cut off', async () => {
    const text = HEADER + Array.from({ length: 2500 }, (_, i) => line(`n${i}`, `第${i}条 网速慢`)).join('');
    const id = await prepare(text, 'resume');
    await moveBatch(product.ctx.db, id, 'queued', product.ctx.clock.now());
    const stop = new AbortController();
    let chunks = 0;
    const signal = new Proxy(stop.signal, {
      get(target, name) {
        if (name === 'throwIfAborted') {
          return () => {
            chunks += 1;
            if (chunks === 2) throw new Error('cut off');
          };
        }
        return Reflect.get(target, name) as unknown;
      },
    });
    await expect(runImport(product.ctx, { batch: id, dry: false }, signal)).rejects.toThrow('cut off');
    const [there] = await rowsOf(product.ctx.db, sql<{ n: number }>`select count(*) as n from voices where batch_id = ${id}`);
    expect(there?.n).toBe(1000);
    const batch = await runImport(product.ctx, { batch: id, dry: false }, new AbortController().signal);
    expect(counts(batch)).toEqual({ rowsDone: 2500, accepted: 2500, duplicates: 0, rejected: 0, state: 'done' });
  });

  it('resolves places by code and by name, and masks what it stores', async () => {
    await run(
      `${HEADER}${line('p1', '我叫张三丰，电话13812345678，宽带断线', { region: 'A小区' })}${line('p2', '断线', { region: '火星' })}`,
      'places',
    );
    const rows = await rowsOf(
      product.ctx.db,
      sql<{ city: string | null; community: string | null; text_masked: string; attributes: Record<string, string> }>`
        select v.city, v.community, v.text_masked, v.attributes from voices v join sources s on s.id = v.source_id where s.name = 'places' order by v.outside_key`,
    );
    expect(rows[0]).toMatchObject({ city: 'A', community: 'A1x' });
    expect(rows[0]?.text_masked).not.toContain('13812345678');
    expect(rows[1]).toMatchObject({ city: null, attributes: { region: '火星' } });
  });

  it('refuses rows beyond the city of a member who may not write there', async () => {
    const batch = await run(HEADER + line('1', '本市') + line('2', '外市', { region: 'B1x' }), 'city a only', { member: 'me_a' });
    expect(counts(batch)).toMatchObject({ accepted: 1, rejected: 1 });
    expect(batch.problems[0]?.code).toBe('region-out-of-scope');
  });

  it('ends as failed, with the reason, when the file cannot be read', async () => {
    const batch = await run('', 'nothing');
    expect(batch.state).toBe('failed');
    expect(batch.error?.code).toBe('empty-file');
  });

  it('takes customers with their subscriptions, again and changed', async () => {
    const head = '客户编号,订购号,姓名,手机号码,小区,品牌,套餐\n';
    const first = await run(`${head}c1,s1,李四,13900000001,A1x,畅享,99元套餐\nc1,s2,李四,13900000002,A1x,畅享,宽带\n`, 'crm', {
      as: 'customers',
    });
    expect(counts(first)).toMatchObject({ rowsDone: 2, accepted: 2 });
    const again = await run(`${head}c1,s1,李四,13900000001,A1x,畅享,99元套餐\nc1,s2,李四,13900000002,A1x,畅享,融合\n`, 'crm', {
      as: 'customers',
    });
    expect(counts(again)).toMatchObject({ accepted: 1, duplicates: 1 });
  });

  it('gives every stored voice a reading and a row in the warehouse', async () => {
    await product.settle();
    const [state] = await rowsOf(
      product.ctx.db,
      sql<{
        voices: number;
        readings: number;
      }>`select (select count(*) from voices) as voices, (select count(*) from readings) as readings`,
    );
    expect(state?.readings).toBe(state?.voices);
    const rows = await product.ctx.warehouse.select('select count(*) as n from voice_rows', []);
    expect(rows[0]?.['n']).toBe(state?.voices);
  });
});
