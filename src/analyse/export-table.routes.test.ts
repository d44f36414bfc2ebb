import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx, ['a']);
});
afterAll(() => product[Symbol.asyncDispose]());

const SHEET = {
  name: 'orders',
  title: '工单',
  columns: [
    { title: '标题' },
    { title: '声音 (条)', format: 'number' },
    { title: '占比', format: 'share' },
    { title: '时间', format: 'time' },
  ],
  rows: [
    ['=HYPERLINK("x")', 30, 0.0838, '2026-03-10T23:30:00.000Z'],
    ['断网', null, null, null],
  ],
  filters: ['状态: 待受理'],
  total_rows: 12,
};
const send = (member: string, payload: object) => {
  product.clock.advanceMs(1000);
  return product.as(member, { method: 'POST', url: '/api/exports/table', payload });
};

describe('a table as a file', () => {
  it('holds what the screen showed, numbers as numbers, no formulas, and says of how many rows it is', async () => {
    const answer = await send('me_a', SHEET);
    expect(answer.status, answer.text).toBe(200);
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('工单_');
    const book = new Workbook();
    await book.xlsx.load(answer.bytes);
    const [data, about] = book.worksheets;
    expect([data?.name, data?.getCell('A2').value, data?.getCell('B2').value, data?.getCell('B3').value]).toEqual([
      '工单',
      `'=HYPERLINK("x")`,
      30,
      null,
    ]);
    expect(JSON.stringify(about?.getSheetValues())).toContain('2 行，共 12 行');
    expect(JSON.stringify(about?.getSheetValues())).toContain('状态: 待受理');
  });

  it('has times as dates of the product’s clock and shares as percentages, so that a spreadsheet sorts and counts with them', async () => {
    const book = new Workbook();
    await book.xlsx.load((await send('me_a', SHEET)).bytes);
    const [data] = book.worksheets;
    const [share, time, none] = ['C2', 'D2', 'D3'].map((at) => data?.getCell(at));
    expect([share?.value, share?.numFmt]).toEqual([0.0838, '0.0%']);
    expect([time?.value, time?.numFmt]).toEqual([new Date('2026-03-11T07:30:00Z'), 'yyyy-mm-dd hh:mm:ss']);
    expect(none?.value).toBeNull();
  });

  it('takes no more rows than it says, and only from who may export', async () => {
    const rows = Array.from({ length: 5001 }, () => ['x', 1]);
    expect((await send('me_a', { ...SHEET, rows })).status).toBe(422);
    expect((await send('me_ag', SHEET)).status).toBe(403);
  });
});
