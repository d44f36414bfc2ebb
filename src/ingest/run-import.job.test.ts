import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { type ImportBatch, type ImportOptions, addBatch, batchOf, moveBatch, rejectedOf } from './import-batches.sql.ts';
import { askUndo, undoImport } from '../app/undo/undo-import.job.ts';
import { runImport } from './run-import.job.ts';
import { sourceFor } from './sources.sql.ts';
import { viewerOf } from '../people/members.sql.ts';
import { checkCustomerBatches, checkUsageLots } from './check-batches.sql.ts';
import { usageFiles, usagePerCustomer } from './usage-facts.client.ts';

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
  options: ImportOptions & { as?: ImportBatch['carries']; member?: string } = {},
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
    fileBytes: Buffer.byteLength(text),
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

  it('stores each field in its own column, with its reading', async () => {
    const titles = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'];
    const fields = 'outside_id said_at kind channel product plan region unit agent customer phone score status recorded_category text';
    const columns = Object.fromEntries(fields.split(' ').map((field, i) => [titles[i] ?? '', field]));
    const cells = [
      'w-1',
      '2026-03-02 03:04:05',
      '投诉',
      '热线',
      '宽带',
      '套餐甲',
      'A1x',
      'ou_a1h',
      'A-007',
      'c-9',
      '13900001234',
      '7.5',
      '已办结',
      '断网',
    ];
    const text = '家里宽带断了，回电13900001234，"急"\n等你们';
    const row = [...cells, text, '高'].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    const batch = await run(`${[...titles, '级别'].join(',')}\n${row}\n`, 'columns', { mapping: { columns } });
    expect(counts(batch)).toMatchObject({ accepted: 1, state: 'done' });
    const [stored] = await rowsOf(
      product.ctx.db,
      sql`select v.*, encode(v.body_hash, 'hex') as body_hash, r.category, r.language, r.reader_version, r.voice_id, r.read_at
        from voices v join readings r on r.voice_id = v.id where v.batch_id = ${batch.id}`,
    );
    const { id, source_id: source, body_hash: hash, voice_id: read, ...rest } = stored as Record<string, unknown>;
    expect(read).toBe(id);
    expect(source).toMatch(/^so/);
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(rest).toEqual({
      outside_key: 'w-1',
      said_at: '2026-03-01T19:04:05.000Z',
      said_at_known: true,
      arrived_at: product.ctx.clock.now(),
      kind: 'complaint',
      channel: 'hotline',
      product: '宽带',
      plan: '套餐甲',
      city: 'A',
      district: 'A1',
      community: 'A1x',
      cell: null,
      unit_id: 'ou_a1h',
      unit_path: '/ou_p/ou_a/ou_a1/ou_a1h/',
      agent: 'A-007',
      customer: 'c-9',
      phone: '13900001234',
      score: 7.5,
      status: '已办结',
      recorded_category: '断网',
      text,
      text_masked: text.replace('13900001234', '139****1234'),
      turns: null,
      attributes: expect.objectContaining({ 级别: '高' }) as unknown,
      attributes_raw: null,
      batch_id: batch.id,
      category: expect.any(String) as unknown,
      language: 'zh',
      reader_version: product.ctx.reader.version,
      read_at: product.ctx.clock.now(),
    });
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

describe('monthly usage', () => {
  const USAGE = '用户编号,月份,通话分钟,流量MB,短信条数,账单金额\n';
  const averages = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
    const found: Record<string, string[]> = {};
    for await (const page of usagePerCustomer(product.home, { from: '2026-01', to: '2026-12' }))
      for (const [name, texts] of Object.entries(page)) (found[name] ??= []).push(...texts.split('\u0002'));
    return found;
  };

  it('lands as Parquet beside the database, once, with every problem listed; the newest of a month holds; undone, the ones before do', async () => {
    await run('用户编号,客户编号,手机号码,小区\nS1,K1,13900000001,A1x\nS2,K1,13900000002,A1x\nS3,K2,13900000003,B1x\n', 'crm-usage', {
      as: 'customers',
    });
    const text = `${USAGE}S1,2026-01,100,1000,5,50\nS2,2026-01,20,,0,30.5\nS1,202602,300,3000,,70\n13900000003,2026年1月,7,8,9,10\nS9,2026-01,1,1,1,1\nS1,nie,1,1,1,1\nS1,2026-01,100,1000,5,50\nS2,2026-02,,,,\n`;
    const checked = await run(text, 'usage', { as: 'usage', dry: true });
    const batch = await run(text, 'usage', { as: 'usage' });
    expect(counts(batch)).toEqual({ rowsDone: 8, accepted: 4, duplicates: 1, rejected: 3, state: 'done' });
    expect(counts(checked)).toEqual({ ...(counts(batch) as object), state: 'checked' });
    const rejected = await rejectedOf(product.ctx.db, batch.id, 10, 0);
    expect(rejected.map(({ row, problems }) => [row, problems[0]?.code])).toEqual([
      [5, 'subscription-unknown'],
      [6, 'month-unreadable'],
      [8, 'usage-empty'],
    ]);
    // Both subscriptions of January together, then the mean of two months; what nobody said is no zero.
    const first = await averages();
    expect(first).toEqual({
      customer: ['K1', 'K2'],
      minutes: ['210.0', '7.0'],
      megabytes: ['2000.0', '8.0'],
      messages: ['5.0', '9.0'],
      bill: ['75.25', '10.0'],
    });
    expect(counts(await run(text, 'usage', { as: 'usage' }))).toMatchObject({ accepted: 0, duplicates: 5 });
    product.clock.advanceMs(60_000);
    const later = await run(`${USAGE}S3,2026-01,70,80,90,100\n`, 'usage', { as: 'usage' });
    expect((await averages())['bill']).toEqual(['75.25', '100.0']);
    const viewer = (await viewerOf(product.ctx.db, 'me_p'))!;
    await askUndo(product.ctx, viewer, later.id, { version: null, reason: '重来', via: 'cli' });
    expect((await undoImport(product.ctx, later.id, new AbortController().signal))?.state).toBe('undone');
    expect(await averages()).toEqual(first);
  });

  it('of a city is taken for its own customers alone, and tells nothing of others', async () => {
    const batch = await run(`${USAGE}S1,2026-03,1,1,1,1\nS3,2026-03,1,1,1,1\nS9,2026-03,1,1,1,1\n`, 'usage-a', {
      as: 'usage',
      member: 'me_a',
    });
    expect(counts(batch)).toMatchObject({ accepted: 1, rejected: 2 });
    const rejected = await rejectedOf(product.ctx.db, batch.id, 10, 0);
    expect(rejected.map(({ problems }) => problems[0]?.code)).toEqual(['subscription-unknown', 'subscription-unknown']);
  });
});

describe('a file that the machine did not write to its end', () => {
  it.each(['shorter', 'longer'])('is refused when it is %s than what came, and says so', async (how) => {
    const id = await prepare('工单号,时间,类型,渠道,内容\nh1,2026-03-01 10:00,投诉,热线,断网\n', `half-${how}`);
    const { filePath, fileBytes } = (await batchOf(product.ctx.db, id))!;
    if (how === 'shorter') truncateSync(filePath, fileBytes - 3);
    else appendFileSync(filePath, 'h2');
    await moveBatch(product.ctx.db, id, 'queued', product.ctx.clock.now());
    const ended = await runImport(product.ctx, { batch: id, dry: false }, new AbortController().signal);
    expect(ended).toMatchObject({ state: 'failed', accepted: 0, error: { code: 'file-unreadable', params: { reason: 'size changed' } } });
  });
});

describe('what was counted as accepted', () => {
  it('is there: customers and usage are vouched for as voices are', async () => {
    const { ctx, home } = product;
    expect([await checkCustomerBatches(ctx.db), await checkUsageLots(ctx)]).toEqual([[], []]);
    const batch = await run('用户编号,月份,通话分钟\nS1,2025-01,1\nS3,2025-01,2\n', 'usage-kept', { as: 'usage' });
    expect(batch.accepted).toBe(2);
    expect(await checkUsageLots(ctx)).toEqual([]);
    await sql`update import_batches set accepted = 1 where id = ${batch.id}`.execute(ctx.db);
    expect(await checkUsageLots(ctx)).toEqual([`batch ${batch.id} accepted 1 rows of usage, 2 are there`]);
    await sql`update import_batches set accepted = 2 where id = ${batch.id}`.execute(ctx.db);
    const file = usageFiles(home).find((one) => one.endsWith(`-${batch.id}.parquet`))!;
    const bytes = readFileSync(file);
    rmSync(file);
    expect(await checkUsageLots(ctx)).toEqual([`batch ${batch.id} accepted 2 rows of usage, its file is not there`]);
    writeFileSync(file, bytes);
    const customers = await run('用户编号,客户编号,手机号码,小区\nV1,VK,13900000009,A1x\n', 'crm-vouched', { as: 'customers' });
    await sql`delete from subscriptions where subscription = 'V1'`.execute(ctx.db);
    expect(await checkCustomerBatches(ctx.db)).toEqual([`batch ${customers.id} brought 1 customers or subscriptions that are not there`]);
    await sql`update subscriptions set batch_id = ${customers.id} where subscription in ('S1', 'S2', 'S3')`.execute(ctx.db);
    expect(await checkCustomerBatches(ctx.db)).toContain(
      `batch ${customers.id} accepted 1 rows of customers, 3 subscriptions stand under it`,
    );
  });
});
