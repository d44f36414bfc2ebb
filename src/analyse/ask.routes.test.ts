import { Workbook } from '@cj-tech-master/excelts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../test/kit/db.ts';
import { keyedIds } from '../../test/kit/ids.ts';
import { viewerOf, warehouseOf, type TestWarehouse } from '../../test/kit/warehouse-rows.ts';
import type { Pack } from '../model/pack.ts';
import type { Viewer } from '../model/people.ts';
import type { Answer } from '../model/question.ts';
import type { Context } from '../platform/context.ts';
import type { Reply, Route, RouteRequest } from '../platform/http/route.ts';
import { askRoutes } from './ask.routes.ts';
import type { VoicePage } from '../model/voice-views.ts';
import type { Vocabulary } from '../model/vocabulary.ts';

let fresh: FreshDb;
let world: TestWarehouse;
let ctx: Context;
const OUTAGE = { code: 'fixed/broadband/outage', names: { zh: '宽带断网', en: 'Broadband outage' }, cell: {} };
const pack = {
  categories: [{ code: 'fixed', names: { zh: '固网', en: 'Fixed' } }, OUTAGE],
  departments: [],
  stages: [],
  business_types: [],
  support_systems: [],
  bearer_networks: [],
  products: [],
  segments: [],
  handling_actions: [],
} as unknown as Pack;

beforeAll(async () => {
  fresh = await freshDb();
  await sql`insert into regions (code, level, name, name_en, parent, city) values
    ('p', 'province', '山东', 'Shandong', null, null), ('jn', 'city', '济南', 'Jinan', 'p', 'jn'), ('qd', 'city', '青岛', 'Qingdao', 'p', 'qd')`.execute(
    fresh.db,
  );
  world = await warehouseOf([
    {
      id: 1,
      said: '2026-03-01T08:00:00',
      city: 'jn',
      category: OUTAGE.code,
      text_masked: '=cmd|calc',
      attributes: { level: '高' },
      score: 7.5,
      source: 'a',
    },
    { id: 2, said: '2026-03-02T09:30:00', city: 'jn', category: null, plan: '-5元', text_masked: '普通内容', source: 'a' },
    { id: 3, said: '2026-03-02T10:00:00', city: 'qd', category: OUTAGE.code, attributes: { secret: '青岛' }, source: 'b' },
  ]);
  ctx = { ...world.ctx, db: fresh.db, pack, ids: keyedIds() } as unknown as Context;
});
afterAll(async () => {
  await world.warehouse.close();
  await fresh.close();
});

const JINAN = viewerOf({ scope: 'city', city: 'jn' });
async function call<T>(
  path: string,
  body: unknown,
  viewer: Viewer = viewerOf(),
): Promise<{ answer: T; headers: Record<string, string>; bytes: Uint8Array }> {
  const route = askRoutes.find((r) => r.path === path) as Route;
  const headers: Record<string, string> = {};
  let bytes: Uint8Array = new Uint8Array();
  const reply: Reply = {
    status: () => reply,
    header: (name, value) => {
      headers[name] = value;
      return reply;
    },
    send: (sent) => {
      bytes = sent as Uint8Array;
      return { sent: true };
    },
    raw: () => {
      throw new Error('not a stream');
    },
  };
  const parsed = route.body === undefined ? undefined : route.body.parse(body);
  const answer = await route.handle({ ctx, viewer, body: parsed, params: {}, query: {}, headers: {}, reply } as unknown as RouteRequest<
    never,
    never,
    never
  >);
  return { answer: answer as T, headers, bytes };
}

describe('asking', () => {
  test('names the codes that appear in the rows and no others', async () => {
    const { answer } = await call<Answer>('/api/ask', { measures: ['voices'], by: ['category', 'city'] }, JINAN);
    expect(answer.labels).toEqual({
      category: { [OUTAGE.code]: OUTAGE.names, '': { zh: '未归类', en: 'Unmapped' } },
      city: { jn: { zh: '济南', en: 'Jinan' } },
    });
    expect(answer.columns.map((c) => [c.name, c.kind, c.unit])).toEqual([
      ['category', 'dimension', 'text'],
      ['city', 'dimension', 'text'],
      ['voices', 'measure', 'count'],
    ]);
  });

  test('refuses a question with all its mistakes', async () => {
    await expect(call('/api/ask', { measures: ['joy'], by: ['mood'], where: [] })).rejects.toMatchObject({
      code: 'question-invalid',
      problems: [{ code: 'measure-unknown' }, { code: 'dimension-unknown' }],
    });
  });

  test('refuses a value that neither the pack nor a voice in scope knows, and another city’s like one that is nowhere', async () => {
    const refused = (path: string, field: string, value: string, viewer = viewerOf()) =>
      expect(call(path, { ...(path === '/api/ask' ? { measures: ['voices'] } : {}), where: [{ field, in: [value] }] }, viewer)).rejects;
    for (const path of ['/api/ask', '/api/voices/search']) {
      await refused(path, 'category', 'fixed/broadband/outtage').toMatchObject({
        problems: [
          {
            code: 'value-unknown',
            params: { value: 'fixed/broadband/outtage', near: expect.stringContaining('Broadband outage') as string },
          },
        ],
      });
      await refused(path, 'city', 'jinan').toMatchObject({
        problems: [{ params: { near: expect.stringMatching(/^jn \(济南, Jinan\)/) as string } }],
      });
      await refused(path, 'city', 'qd', JINAN).toMatchObject({ problems: [{ code: 'value-unknown', params: { near: '–' } }] });
      await refused(path, 'source', 'c').toMatchObject({ problems: [{ code: 'value-unknown' }] });
    }
  });

  test('answers for a value that only voices know, such as a category of an older pack', async () => {
    const { answer } = await call<Answer>('/api/ask', { measures: ['voices'], where: [{ field: 'source', in: ['a'] }] });
    expect(answer.rows).toEqual([{ voices: 2 }]);
  });

  test('opens the voices within the viewer’s scope', async () => {
    const { answer } = await call<VoicePage>('/api/voices/search', { where: [], limit: 1 }, JINAN);
    expect(answer).toMatchObject({ count: 2, rows: [{ id: 2 }] });
    const rest = await call<VoicePage>('/api/voices/search', { where: [], limit: 1, cursor: answer.next }, JINAN);
    expect(rest.answer).toMatchObject({ count: 2, rows: [{ id: 1 }], next: null });
  });

  test('gives the words that a viewer’s own rows contain', async () => {
    const { answer } = await call<Vocabulary>('/api/vocabulary', undefined, JINAN);
    expect(answer.attributes).toEqual(['level']);
    expect(answer.regions.map((r) => r.code)).toEqual(['jn', 'p']);
    const whole = await call<Vocabulary>('/api/vocabulary', undefined);
    expect(whole.answer.attributes).toEqual(['level', 'secret']);
    const system = await call<Vocabulary>('/api/vocabulary', undefined, viewerOf({ roles: ['system-admin'] }));
    expect(system.answer.attributes).toEqual([]);
  });
});

describe('exporting', () => {
  async function sheets(bytes: Uint8Array): Promise<Workbook> {
    const book = new Workbook();
    await book.xlsx.load(bytes);
    return book;
  }

  test('an answer is the screen: names, real numbers and dates, a frozen header, and where it comes from', async () => {
    const question = {
      measures: ['voices', 'share', 'mean_score'],
      by: ['day', 'category', 'plan'],
      where: [{ field: 'said_at', from: '2026-03-01', before: '2026-03-03' }],
      limit: 2,
    };
    const { headers, bytes } = await call('/api/exports', { kind: 'answer', question, locale: 'zh' });
    expect(headers['content-disposition']).toBe('attachment; filename="voxloop_answer_2026-03-01_2026-03-03.xlsx"');
    const book = await sheets(bytes);
    const data = book.getWorksheet('数据');
    expect(data?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(data?.rowCount).toBe(3);
    const row = (n: number): unknown[] => ((data?.getRow(n).values ?? []) as unknown[]).slice(1);
    expect(row(1)).toEqual(['日', '问题小类', '套餐', '声音量', '占比', '平均评分']);
    expect(row(2)).toEqual([new Date('2026-03-01T00:00:00Z'), '宽带断网', '未注明', 1, 1 / 3, 7.5]);
    expect(row(3)[1]).toBe('宽带断网');
    const about = book.getWorksheet('说明');
    expect(JSON.stringify(about?.getSheetValues())).toContain('2 行，共 3 行');
  });

  test('voices are not exported by a token that may not read them', async () => {
    const narrowed = { ...JINAN, only: ['numbers.export'] } as const;
    await expect(call('/api/exports', { kind: 'voices', where: [], locale: 'en' }, narrowed)).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  test('voices are exported masked, ids as text, and no text is a formula', async () => {
    const { bytes } = await call('/api/exports', { kind: 'voices', where: [], locale: 'en' }, JINAN);
    const data = (await sheets(bytes)).getWorksheet('Voices');
    const header = ((data?.getRow(1).values ?? []) as string[]).slice(1);
    const cell = (n: number, title: string): unknown => data?.getRow(n).getCell(header.indexOf(title) + 1).value;
    expect([cell(2, 'Id'), cell(2, 'Plan'), cell(2, 'Category, leaf'), cell(2, 'Said at')]).toEqual([
      '2',
      `'-5元`,
      'Unmapped',
      new Date('2026-03-02T09:30:00Z'),
    ]);
    expect(cell(3, 'Text')).toBe(`'=cmd|calc`);
    expect(data?.rowCount).toBe(3);
  });

  test('leaves an audit row that says what was taken and how much', async () => {
    const audit = await sql<{ action: string; detail: object }>`select action, detail from audit order by id`.execute(fresh.db);
    expect(audit.rows.map((r) => r.action)).toEqual(['export', 'export']);
    expect(audit.rows.find((r) => 'where' in r.detail)?.detail).toMatchObject({ rows: 2, total_rows: 2 });
  });
});
