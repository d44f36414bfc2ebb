import { Workbook } from '@cj-tech-master/excelts';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../src/model/ids.ts';
import { unshielded } from '../../src/model/formula-cell.ts';
import { writeAudit } from '../../src/people/audit.sql.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';
import { FORMULAS, isRun } from './payloads.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const send = async (member: string, url: string, payload: object) => {
  product.clock.advanceMs(1000);
  const answer = await product.as(member, { method: 'POST', url, payload });
  expect(answer.status, answer.text).toBe(200);
  return answer;
};

/** Every text of every sheet. */
async function textsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const book = new Workbook();
  await book.xlsx.load(bytes);
  const cells: unknown[] = [];
  for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.value)));
  expect(cells.filter((value) => typeof value === 'object' && value !== null && !(value instanceof Date))).toEqual([]);
  return cells.filter((value) => typeof value === 'string');
}

/** A workbook loses what XML cannot tell apart at its ends; everything else must be there as it was. */
const seen = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

async function rejectedCsv(csv: Uint8Array, name: string): Promise<Uint8Array> {
  product.clock.advanceMs(1000);
  const upload = await product.as('me_p', {
    method: 'POST',
    url: `/api/imports?name=${name}&source=formulas`,
    payload: Buffer.from(csv),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const { batch } = upload.body as { batch: { id: string; version: number } };
  // Said, not guessed: a column without one readable date would be taken for no time at all.
  const options = { mapping: { columns: { 工单号: 'outside_id', 时间: 'said_at', 内容: 'text' } } };
  const set = await product.as('me_p', { method: 'PATCH', url: `/api/imports/${batch.id}`, payload: { version: batch.version, options } });
  expect(set.status, set.text).toBe(200);
  await send('me_p', `/api/imports/${batch.id}/commit`, { version: (set.body as { batch: { version: number } }).batch.version });
  await product.settle();
  return (await send('me_p', `/api/imports/${batch.id}/rejected/file`, { format: 'csv', reason: '改正后重新导入', locale: 'zh' })).bytes;
}

describe('what a spreadsheet would run, in a file that we give out', () => {
  it('is text in a table of the screen', async () => {
    const columns = FORMULAS.map((title) => ({ title }));
    const payload = { name: 'orders', title: '=1+1', columns, rows: [FORMULAS], filters: FORMULAS, total_rows: 1 };
    const texts = await textsOf((await send('me_p', '/api/exports/table', payload)).bytes);
    expect(texts.filter(isRun)).toEqual([]);
    const back = new Set(texts.map((text) => seen(unshielded(text))));
    expect(FORMULAS.filter((text) => !back.has(seen(text)))).toEqual([]);
  });

  it('is text in the exported audit', async () => {
    const { ctx } = product;
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_audit', 'audit', '=1+1', 'ou_p', '{audit-admin}', 'own')`.execute(
      ctx.db,
    );
    for (const subjectId of FORMULAS)
      await writeAudit(ctx.db, {
        ctx,
        viewer: { member: 'me_audit' as MemberId },
        via: 'web',
        action: 'sign-in-failed',
        subjectKind: 'login',
        subjectId,
      });
    const texts = await textsOf((await send('me_audit', '/api/audit/export', { member: 'me_audit', kind: 'login' })).bytes);
    expect(texts.filter(isRun)).toEqual([]);
    const back = new Set(texts.map((text) => seen(unshielded(text))));
    expect(FORMULAS.filter((text) => !back.has(seen(text)))).toEqual([]);
    expect((await textsOf((await send('me_audit', '/api/audit/export', { text: '=1+1' })).bytes)).filter(isRun)).toEqual([]);
  });

  it('is text in a CSV of rejected rows, and comes back to the letter when that file is imported again', async () => {
    const rows = FORMULAS.map((text, i) => [`x${i}`, '昨天吧', `${text} 断网`, text].map(quoted).join(','));
    const first = await rejectedCsv(Buffer.from(`工单号,时间,内容,=备注\n${rows.join('\n')}\n`), 'a.csv');
    const cells = parse(Buffer.from(first), { bom: true }) as string[][];
    expect(cells.flat().filter(isRun)).toEqual([]);
    expect(cells[0]?.map(unshielded).slice(0, 4)).toEqual(['工单号', '时间', '内容', '=备注']);
    expect(
      cells
        .slice(1)
        .map((row) => row[3])
        .map((text) => unshielded(text ?? '')),
    ).toEqual(FORMULAS);
    const second = await rejectedCsv(first, 'b.csv');
    expect(Buffer.from(second).toString('utf8')).toBe(Buffer.from(first).toString('utf8'));
  });
});
