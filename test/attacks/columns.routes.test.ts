import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { importFile, tell, type World } from '../scope/worlds.ts';
import { FORMULAS, INJECTIONS, isRun, SCRIPTS } from './payloads.ts';

/** Titles that a file can carry: one line, of a length that somebody might really use. */
const TITLES = [...INJECTIONS, ...SCRIPTS].filter(
  (text) => text.length < 200 && !['\u0000', '\r', '\n'].some((mark) => text.includes(mark)) && text.isWellFormed(),
);
const ATTACKED = [...FORMULAS, ...SCRIPTS].map((text) => text.replaceAll(/[\r\t]/g, ' '));

let world: World;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

beforeAll(async () => {
  world = await tell('a');
  const header = ['工单号', '时间', '类型', '小区', '内容', ...TITLES].map(quoted).join(',');
  const rows = ATTACKED.map((text, i) =>
    [`x${i}`, '2026-03-09 10:00:00', '投诉', 'A1x', `${text} 断网`, ...TITLES.map(() => text)].map(quoted).join(','),
  );
  await importFile(world, 'me_p', 'titles.csv', 'attacked', `${header}\n${rows.join('\n')}\n`);
}, 120_000);
afterAll(() => world.product[Symbol.asyncDispose]());

interface Vocabulary {
  readonly attributes: readonly string[];
}

describe('columns named by an attacker', () => {
  it('are columns like others: each can be asked for, filtered by and exported', async () => {
    const { attributes } = await world.do<Vocabulary>('me_p', { method: 'GET', url: '/api/vocabulary' });
    const ours = TITLES.filter((title) => attributes.includes(title) || attributes.includes(title.trim()));
    expect(ours.length).toBeGreaterThan(TITLES.length / 2);
    for (const name of ours) {
      const question = { measures: ['voices'], by: [`attr:${name}`], where: [{ field: 'source', in: ['so_attacked'] }] };
      const answer = await world.do<{ rows: unknown[] }>('me_p', { method: 'POST', url: '/api/ask', payload: question });
      expect([name, answer.rows.length > 0 && answer.rows.length <= ATTACKED.length]).toEqual([name, true]);
      const where = [{ field: `attr:${name}`, in: [ATTACKED[0]] }];
      const found = await world.product.as('me_p', { method: 'POST', url: '/api/voices/search', payload: { where } });
      expect([name, found.status]).toEqual([name, 200]);
    }
    const tables = await rowsOf(
      world.product.ctx.db,
      sql`select 1 from pg_tables where schemaname = 'public' and tablename in ('voices', 'members')`,
    );
    expect(tables).toHaveLength(2);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('an exported sheet', () => {
  it('has no cell that a spreadsheet would run, and still shows what was said', async () => {
    const where = [{ field: 'source', in: ['so_attacked'] }];
    const answer = await world.product.as('me_p', {
      method: 'POST',
      url: '/api/exports',
      payload: { kind: 'voices', where, locale: 'zh' },
    });
    expect(answer.status).toBe(200);
    const book = new Workbook();
    await book.xlsx.load(answer.bytes);
    const cells: unknown[] = [];
    for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.value)));
    expect(cells.length).toBeGreaterThan(ATTACKED.length);
    expect(cells.filter((value) => typeof value === 'object' && value !== null && !(value instanceof Date))).toEqual([]);
    const texts = cells.filter((value) => typeof value === 'string');
    expect(texts.filter(isRun)).toEqual([]);
    for (const said of ['SUM(1,1) 断网', '1+1 断网', '<script>window.__pwn(1)</script> 断网'])
      expect(texts.some((text) => text.includes(said))).toBe(true);
  });
});
