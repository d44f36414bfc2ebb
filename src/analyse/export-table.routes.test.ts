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
  columns: [{ title: '标题' }, { title: '声音 (条)', number: true }],
  rows: [
    ['=HYPERLINK("x")', 30],
    ['断网', null],
  ],
  filters: ['状态: 待受理'],
  total_rows: 12,
};
const send = (member: string, payload: object) => product.as(member, { method: 'POST', url: '/api/exports/table', payload });

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

  it('takes no more rows than it says, and only from who may export', async () => {
    const rows = Array.from({ length: 5001 }, () => ['x', 1]);
    expect((await send('me_a', { ...SHEET, rows })).status).toBe(422);
    expect((await send('me_ag', SHEET)).status).toBe(403);
  });
});
