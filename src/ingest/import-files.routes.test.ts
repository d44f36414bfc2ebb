import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { rowsOf } from '../platform/postgres/db.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

const post = (url: string, payload: object) => ({ method: 'POST' as const, url, payload });

async function uploaded(bytes: Uint8Array, source: string, name: string, options: object = {}): Promise<Batch> {
  product.clock.set(new Date(product.ctx.clock.nowMs() + 1000).toISOString());
  const upload = await product.as('me_p', {
    method: 'POST',
    url: `/api/imports?name=${name}&source=${source}&as=voices`,
    payload: Buffer.from(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: Batch };
  if (Object.keys(options).length === 0) return batch;
  const set = await product.as('me_p', { method: 'PATCH', url: `/api/imports/${batch.id}`, payload: { version: batch.version, options } });
  expect(set.status, set.text).toBe(200);
  return (set.body as { batch: Batch }).batch;
}

async function committed(batch: Batch): Promise<Batch> {
  expect((await product.as('me_p', post(`/api/imports/${batch.id}/commit`, { version: batch.version }))).status).toBe(200);
  await product.settle();
  return ((await product.as('me_p', { method: 'GET', url: `/api/imports/${batch.id}` })).body as { batch: Batch }).batch;
}

async function rejectedBytes(id: string, format: 'csv' | 'xlsx'): Promise<Uint8Array> {
  product.clock.set(new Date(product.ctx.clock.nowMs() + 1000).toISOString());
  const answer = await product.as('me_p', post(`/api/imports/${id}/rejected/file`, { format, reason: '改正后重新导入', locale: 'zh' }));
  expect(answer.status, answer.text).toBe(200);
  return answer.bytes;
}

async function sheetOf(bytes: Uint8Array): Promise<string[][]> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  return (book.worksheets[0]?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1).map(String));
}

const FILE = `流水,发生时间,诉求说明,号码
1,2026-03-01 10:00,宽带断网,13500000001
2,昨天,"=SUM(1) 计费不对，说""多扣了""",13500000002
3,2026-03-01 11:00,,13500000003
4,2026-03-01 12:00,-信号差,1.35E+10
`;

describe('rejected rows as a file', () => {
  it.each(['csv', 'xlsx'] as const)('in %s have the original columns and the reason, and come in again when mended', async (format) => {
    const source = `mend-${format}`;
    const mapping = { columns: { 流水: 'outside_id', 发生时间: 'said_at', 诉求说明: 'text', 号码: 'phone' } };
    const first = await committed(await uploaded(Buffer.from(FILE), source, 'a.csv', { mapping }));
    expect(first).toMatchObject({ accepted: 1, rejected: 3 });
    const bytes = await rejectedBytes(first.id, format);
    let mended: Uint8Array;
    if (format === 'csv') {
      const text = Buffer.from(bytes).toString('utf8');
      expect(text.split('\r\n')[0]).toBe('\ufeff流水,发生时间,诉求说明,号码,错误原因');
      expect(text).toContain('[date-unreadable]');
      expect(text).not.toMatch(/(?:^|,)"?[=+@-]/m);
      mended = Buffer.from(text.replace('昨天', '2026-03-01 10:30').replace('1.35E+10', '13500000004'));
    } else {
      const rows = await sheetOf(bytes);
      expect(rows[0]).toEqual(['流水', '发生时间', '诉求说明', '号码', '错误原因']);
      expect(rows[1]?.[2]).toBe('=SUM(1) 计费不对，说"多扣了"');
      const book = new Workbook();
      await book.xlsx.load(bytes);
      book.worksheets[0]!.getCell('B2').value = '2026-03-01 10:30';
      book.worksheets[0]!.getCell('D4').value = '13500000004';
      mended = new Uint8Array(await book.xlsx.writeBuffer());
    }
    // No mapping is given: the source remembers it, and the reason column is nobody's field.
    const second = await committed(await uploaded(mended, source, `b.${format}`));
    expect(second).toMatchObject({ state: 'done', accepted: 2, duplicates: 0, rejected: 1 });
    const stored = await rowsOf(
      product.ctx.db,
      sql`select outside_key as key, text, phone, attributes from voices where batch_id = ${second.id} order by 1`,
    );
    expect(stored).toEqual([
      { key: '2', text: '=SUM(1) 计费不对，说"多扣了"', phone: '13500000002', attributes: {} },
      { key: '4', text: '-信号差', phone: '13500000004', attributes: {} },
    ]);
    const again = await committed(await uploaded(mended, source, `c.${format}`));
    expect(again).toMatchObject({ accepted: 0, duplicates: 2, rejected: 1 });
  });

  it('are for who brought the file or may reveal, with a reason', async () => {
    const batch = await committed(await uploaded(Buffer.from('内容,时间\n断网,昨天\n'), 'whose', 'w.csv'));
    const url = `/api/imports/${batch.id}/rejected/file`;
    expect((await product.as('me_p', post(url, { format: 'csv', reason: ' ' }))).status).toBe(422);
    expect((await product.as('me_b', post(url, { format: 'csv', reason: '看看' }))).status).toBe(404);
    expect((await product.as('me_b1', post(url, { format: 'csv', reason: '看看' }))).status).toBe(403);
  });
});

describe('one-rule mending', () => {
  it('maps a word of the source to a place for all rows, and leaves the rows the same rows', async () => {
    const text = '编号,区县,内容\n1,一区,断网\n2,一区,断线\n3,A1,红灯\n';
    const source = 'rule';
    const check = await uploaded(Buffer.from(text), source, 'r.csv');
    expect((await product.as('me_p', post(`/api/imports/${check.id}/check`, { version: check.version }))).status).toBe(200);
    await product.settle();
    const { batch } = (await product.as('me_p', { method: 'GET', url: `/api/imports/${check.id}` })).body as {
      batch: Batch & { problems: { code: string; values?: unknown }[] };
    };
    expect(batch.problems.find(({ code }) => code === 'region-unknown')).toMatchObject({ count: 2, values: [{ value: '一区', count: 2 }] });
    const columns = { 编号: 'outside_id', 区县: 'district', 内容: 'text' };
    const plain = await committed(await uploaded(Buffer.from(text), source, 'r0.csv', { mapping: { columns } }));
    expect(plain).toMatchObject({ accepted: 3 });
    const mapping = { columns, values: { region: { 一区: 'A1' } } };
    const other = await committed(await uploaded(Buffer.from(text), 'rule-2', 'r1.csv', { mapping }));
    expect(other).toMatchObject({ accepted: 3, problems: [expect.objectContaining({ code: 'date-assumed' })] });
    const placed = await rowsOf(product.ctx.db, sql`select district, count(*) as n from voices where batch_id = ${other.id} group by 1`);
    expect(placed).toEqual([{ district: 'A1', n: 3 }]);
    // What the file says did not change by it: the same file is still the same rows.
    expect(await committed(await uploaded(Buffer.from(text), source, 'r2.csv', { mapping }))).toMatchObject({ accepted: 0, duplicates: 3 });
  });
});

describe('a template', () => {
  it('comes filled in with a sample that is not imported, drop-downs, an explanation and a mark', async () => {
    const answer = await product.as('me_a', { method: 'GET', url: '/api/import-template?as=voices&locale=zh' });
    expect(answer.status).toBe(200);
    const book = new Workbook();
    await book.xlsx.load(answer.bytes);
    expect(book.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ['数据', 'visible'],
      ['_lists', 'veryHidden'],
      ['填写说明', 'visible'],
      ['_voxloop', 'veryHidden'],
    ]);
    const data = book.worksheets[0]!;
    expect(data.getCell('C1').value).toBe('客户原话*');
    expect(data.getCell('D2').dataValidation).toMatchObject({ type: 'list', formulae: ['_lists!$D$1:$D$7'] });
    const lists = book.getWorksheet('_lists')!;
    const regions = lists.getColumn(8).values.filter((value) => typeof value === 'string');
    // The other city's places are not this member's to choose from.
    expect(regions).toEqual(['A市', 'A一区', 'A小区']);
    data.getRow(3).values = ['T1', '2026-03-01 09:30', '宽带断网', '投诉', '热线', '', '', 'A一区'];
    const filled = new Uint8Array(await book.xlsx.writeBuffer());
    const upload = await uploaded(filled, 'template', 't.xlsx');
    const { preview } = (await product.as('me_p', { method: 'GET', url: `/api/imports/${upload.id}` })).body as {
      preview: { sheets: string[]; sheet: string; problems: unknown[] };
    };
    expect(preview).toMatchObject({ sheet: '数据', sheets: ['数据', '填写说明'], problems: [] });
    const done = await committed(upload);
    expect(done).toMatchObject({ accepted: 1, rejected: 1 });
    expect(
      await rowsOf(product.ctx.db, sql`select problems -> 0 ->> 'code' as code from rejected_rows where batch_id = ${done.id}`),
    ).toEqual([{ code: 'template-sample' }]);
    expect(await rowsOf(product.ctx.db, sql`select kind, channel, district from voices where batch_id = ${done.id}`)).toEqual([
      { kind: 'complaint', channel: 'hotline', district: 'A1' },
    ]);
    book.getWorksheet('_voxloop')!.getCell('B1').value = '0';
    const old = await uploaded(new Uint8Array(await book.xlsx.writeBuffer()), 'template', 'old.xlsx');
    expect((await product.as('me_p', { method: 'GET', url: `/api/imports/${old.id}` })).body).toMatchObject({
      preview: { problems: [{ code: 'template-old', params: { version: 0 } }] },
    });
  });
});

describe('the list of imports', () => {
  it('is narrowed by words, state and source, page by page', async () => {
    const bytes = Buffer.from('工单号,时间,内容\nL1,2026-03-01 10:00,断网\n');
    await uploaded(bytes, 'listed', 'spring-1.csv');
    await uploaded(bytes, 'listed', 'spring-2.csv');
    await uploaded(bytes, 'others', 'autumn.csv');
    interface Found {
      readonly rows: readonly { readonly file_name: string }[];
      readonly next: string | null;
      readonly sources: readonly string[];
    }
    const ask = async (query: string): Promise<Found> =>
      (await product.as('me_p', { method: 'GET', url: `/api/imports?${query}` })).body as Found;
    const names = async (query: string): Promise<readonly string[]> => (await ask(query)).rows.map((row) => row.file_name);
    expect(await names('text=SPRING')).toEqual(['spring-2.csv', 'spring-1.csv']);
    expect(await names('text=others')).toEqual(['autumn.csv']);
    expect(await names('source=listed&state=draft')).toEqual(['spring-2.csv', 'spring-1.csv']);
    expect(await names('source=listed&state=done,failed')).toEqual([]);
    const first = await ask('source=listed&limit=1');
    expect(await names(`source=listed&limit=1&cursor=${encodeURIComponent(first.next ?? '')}`)).toEqual(['spring-1.csv']);
    expect(first.sources).toEqual(expect.arrayContaining(['listed', 'others']));
    expect((await product.as('me_a', { method: 'GET', url: '/api/imports' })).body).toMatchObject({ rows: [], sources: [] });
    expect((await product.as('me_p', { method: 'GET', url: '/api/imports?state=never' })).status).toBe(422);
  });
});
