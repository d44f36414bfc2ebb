import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../../test/kit/db.ts';
import { keyedIds } from '../../../test/kit/ids.ts';
import { type Given, type TestWarehouse, viewerOf, warehouseOf } from '../../../test/kit/warehouse-rows.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Pack } from '../../model/pack.ts';
import type { Filter } from '../../model/question.ts';
import type { SatisfactionOverview, ServiceDetail } from '../../model/satisfaction.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { searchVoices } from '../../analyse/read.sql.ts';
import type { Context } from '../../platform/context.ts';
import type { Reply, RouteRequest } from '../../platform/http/route.ts';
import type { Viewer } from '../../model/people.ts';
import { satisfactionRoutes } from './satisfaction.routes.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08'];
const DISTRICTS = Array.from({ length: 8 }, (_, i) => ({ code: `d${i}`, city: i < 4 ? 'a' : 'b' }));
const names = (name: string) => ({ zh: name, en: name });
const pack = {
  categories: ['bills/charge/wrong', 'bills/charge/twice', 'net/mobile/slow', 'net/mobile/gone'].map((code) => ({
    code,
    names: names(code),
    cell: {},
  })),
  departments: [],
  stages: [],
  terms: [{ term: '扣费', category: 'bills/charge/wrong', weight: 1 }],
  segments: [{ id: 'all', names: names('All'), brands: [], tiers: [] }],
  survey: {
    items: [
      {
        code: 'bill-accuracy',
        names: names('话费准确'),
        question: names('话费扣费准确吗'),
        scale: { from: 1, to: 10 },
        asked_as: ['账单满意度'],
        about: ['bills/charge'],
      },
    ],
    services: [
      {
        code: 'bills',
        names: names('话费'),
        points: [
          { category: 'bills/charge/wrong', weight: null },
          { category: 'bills/charge/twice', weight: null },
        ],
        items: [{ item: 'bill-accuracy', loading: null }],
      },
      {
        code: 'net',
        names: names('网络'),
        points: [
          { category: 'net/mobile/slow', weight: null },
          { category: 'net/mobile/gone', weight: null },
        ],
        items: [{ item: 'bill-accuracy', loading: null }],
      },
    ],
    asked_about: [],
    basics: [],
  },
} as unknown as Pack;

/** Where bills are grieved about, their survey item falls; the network's grievances cost nothing. 200 customers in each district. */
function world(): { readonly voices: readonly Given[]; readonly subscribers: readonly Readonly<Record<string, string | number>>[] } {
  const random = seededRandom(5, 'satisfaction-world');
  const voices: Given[] = [];
  let id = 0;
  const day = (): string => String(1 + random.int(28)).padStart(2, '0');
  for (const { code, city } of DISTRICTS) {
    for (const month of MONTHS) {
      const bills = random.int(12);
      const net = random.int(12);
      const say = (kind: string, more: object): void => {
        voices.push({
          id: ++id,
          said: `${month}-${day()}T10:00:00`,
          city,
          district: code,
          kind,
          segment: 'all',
          customer: `${code}-${random.int(200)}`,
          text_masked: '文',
          ...more,
        });
      };
      for (let i = 0; i < bills; i++) say('grievance', { category: i % 3 === 0 ? 'bills/charge/twice' : 'bills/charge/wrong' });
      for (let i = 0; i < net; i++) say('fault', { category: 'net/mobile/slow' });
      for (let i = 0; i < 12; i++) {
        const answer = Math.max(1, Math.min(10, Math.round(9 - bills * 0.5 + random.between(-1, 1))));
        say('survey', {
          score: Math.max(1, Math.min(10, Math.round(7 + random.between(-2, 2)))),
          attributes: { 账单满意度: String(answer) },
        });
      }
    }
  }
  // The month that still runs is in no cell.
  voices.push({
    id: ++id,
    said: '2026-09-05T10:00:00',
    city: 'a',
    district: 'd0',
    kind: 'grievance',
    category: 'bills/charge/wrong',
    text_masked: '文',
  });
  const subscribers = DISTRICTS.flatMap(({ code, city }) =>
    Array.from({ length: 200 }, (_, i) => ({
      subscription: `${code}-${i}`,
      customer: `${code}-${i}`,
      city,
      district: code,
      segment: 'all',
    })),
  );
  // Who left before is nobody's silence.
  const gone = { subscription: 'gone', customer: 'gone', city: 'a', district: 'd0', segment: 'all', until: Date.UTC(2025, 0, 31) };
  return { voices, subscribers: [...subscribers, gone] };
}

let fresh: FreshDb;
let warehouse: TestWarehouse;
let ctx: Context;
const clock = fixedClock('2026-09-10T02:00:00.000Z');
let second = 0;

beforeAll(async () => {
  fresh = await freshDb();
  const { voices, subscribers } = world();
  warehouse = await warehouseOf(voices, subscribers);
  await sql`insert into org_units (id, level, name, name_en, path) values ('ou', 'province', '省', 'P', '/ou/')`.execute(fresh.db);
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me', 'me', '人', 'ou', '{analyst}', 'province')`.execute(
    fresh.db,
  );
  ctx = { ...warehouse.ctx, clock, db: fresh.db, pack, ids: keyedIds() } as unknown as Context;
});
afterAll(async () => {
  await warehouse.warehouse.close();
  await fresh.close();
});

const ALL = { ...viewerOf({ scope: 'province' }), member: 'me' } as Viewer;
const CITY = { ...viewerOf({ scope: 'city', city: 'a' }), member: 'me' } as Viewer;

async function call<T>(
  path: string,
  given: { readonly viewer?: Viewer; readonly query?: object; readonly params?: object; readonly body?: object } = {},
): Promise<T> {
  const route = satisfactionRoutes.find((one) => one.path === path)!;
  clock.set(new Date(Date.parse('2026-09-10T02:00:00.000Z') + 1000 * ++second).toISOString());
  const query = route.query?.parse(given.query ?? {}) ?? {};
  const body = given.body === undefined ? undefined : route.body?.parse(given.body);
  const request: RouteRequest = {
    ctx,
    viewer: given.viewer ?? ALL,
    params: given.params ?? {},
    query,
    body,
    headers: {},
    address: '127.0.0.1',
    stream: null as never,
    reply: null as unknown as Reply,
    gone: new AbortController().signal,
  };
  return (await route.handle(request)) as T;
}
const count = async (where: readonly Filter[], viewer = ALL): Promise<number> =>
  (await searchVoices(ctx, viewer, where, { limit: 1 })).count;

describe('satisfaction and grievances by service item', () => {
  test('the planted association is found, through the survey item that a column carries, and the other is not', async () => {
    const found = await call<SatisfactionOverview>('/api/satisfaction');
    expect(found.months).toEqual(MONTHS.map((month) => `${month}-01`));
    const [bills, net] = found.services;
    expect(bills).toMatchObject({ code: 'bills', measured_by: 'items', answers: 8 * 8 * 12 });
    expect(bills!.association).toMatchObject({ verdict: 'against', n: 8 * 5 });
    expect(bills!.association.r!).toBeLessThan(-0.8);
    expect(net!.association.verdict).toBe('none');
    expect(found.base).toBe('subscribers');
  });

  test('every figure opens exactly its voices', async () => {
    const { services } = await call<SatisfactionOverview>('/api/satisfaction');
    for (const one of services) {
      expect(await count(one.grievances_where)).toBe(one.grievances);
      expect(await count(one.answers_where)).toBe(one.answers);
    }
    const detail = await call<ServiceDetail>('/api/satisfaction/services/:code', { params: { code: 'bills' } });
    for (const cell of detail.cells.slice(0, 4)) {
      expect(await count(cell.grievances_where)).toBe(cell.grievances);
      expect(await count(cell.answers_where)).toBe(cell.answers);
    }
    for (const point of detail.points) expect(await count(point.where)).toBe(point.grievances);
  });

  test('a member of a city sees the cells of the city alone', async () => {
    const { services, places } = await call<SatisfactionOverview>('/api/satisfaction', { viewer: CITY });
    expect(Object.keys(places).toSorted()).toEqual(['d0', 'd1', 'd2', 'd3']);
    expect(services[0]!.answers).toBe(4 * 8 * 12);
    const detail = await call<ServiceDetail>('/api/satisfaction/services/:code', { params: { code: 'bills' }, viewer: CITY });
    expect(new Set(detail.cells.map((cell) => cell.place))).toEqual(new Set(['d0', 'd1', 'd2', 'd3']));
  });

  test('those who did not answer are told with an interval, by segment too', async () => {
    const { silent } = await call<SatisfactionOverview>('/api/satisfaction');
    expect(silent).toMatchObject({ customers: 1600 });
    expect(silent!.all.low).toBeLessThan(silent!.all.value);
    const detail = await call<ServiceDetail>('/api/satisfaction/services/:code', { params: { code: 'bills' } });
    expect(detail.segments[0]).toMatchObject({ segment: 'all', association: { verdict: 'against' } });
  });

  test('no service item of that name is not found', async () => {
    await expect(call('/api/satisfaction/services/:code', { params: { code: 'never' } })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('decisions about the mapping', () => {
  const PATH = '/api/satisfaction/decisions';
  const detail = () => call<ServiceDetail>('/api/satisfaction/services/:code', { params: { code: 'bills' } });
  const point = (found: ServiceDetail) => found.points.find((one) => one.category === 'bills/charge/wrong');

  test('a match found by itself is confirmed, then overridden; what was stands in the audit', async () => {
    expect(point(await detail())!.match).toMatchObject({ item: 'bill-accuracy', state: 'found', path: 'bills/charge', words: ['扣费'] });
    const decision = { kind: 'match', subject: 'bills/charge/wrong', item: 'bill-accuracy' };
    expect(await call(PATH, { body: { decision } })).toEqual({ version: 1 });
    expect(point(await detail())!.match).toMatchObject({ state: 'confirmed', version: 1 });
    await call(PATH, { body: { decision: { ...decision, item: null }, version: 1 } });
    const now = point(await detail())!;
    expect(now.match).toMatchObject({ item: null, state: 'chosen', version: 2 });
    expect(now.proposal).toMatchObject({ state: 'open' });
    await expect(call(PATH, { body: { decision, version: 1 } })).rejects.toMatchObject({ code: 'stale-version' });
    const rows = await sql<{ detail: { before: unknown } }>`select detail from audit where action = 'survey.decide' order by id`.execute(
      fresh.db,
    );
    expect(rows.rows.map((row) => row.detail.before)).toContainEqual({ item: 'bill-accuracy' });
  });

  test('weights of a person replace learned ones, and everything wrong with them is told at once', async () => {
    const weights = { 'bills/charge/wrong': 0.9, 'bills/charge/twice': 0.1 };
    await call(PATH, { body: { decision: { kind: 'weights', subject: 'bills', weights, reason: '业务评审' } } });
    const found = await detail();
    expect(found).toMatchObject({ weights_from: 'set', weights_version: 1 });
    expect(point(found)!.weight).toBeCloseTo(0.9, 9);
    const wrong = { kind: 'weights', subject: 'bills', weights: { 'bills/charge/wrong': 0.5, foreign: 0.2 }, reason: 'x' };
    const refused = await call(PATH, { body: { decision: wrong, version: 1 } }).catch((error: unknown) => error);
    expect((refused as { problems: readonly { column: string }[] }).problems.map((problem) => problem.column).toSorted()).toEqual([
      'weights',
      'weights.bills/charge/twice',
      'weights.foreign',
    ]);
    await call(PATH, { body: { decision: { kind: 'weights', subject: 'bills', weights: null, reason: '恢复' }, version: 1 } });
    expect((await detail()).weights_from).toBe('learned');
  });

  test('a proposed question is kept for the next survey', async () => {
    const question = { zh: '话费扣错过吗？', en: 'Wrong charges?' };
    await call(PATH, { body: { decision: { kind: 'question', subject: 'bills/charge/wrong', state: 'kept', question } } });
    expect(point(await detail())!.proposal).toEqual({ question, state: 'kept', version: 1 });
  });
});

describe('a survey with one score and a column that says what was asked about', () => {
  const asking: Pack = { ...pack, survey: { ...pack.survey!, asked_about: ['调查主题', '回访项目'] } };
  let named: TestWarehouse;
  const overview = async (viewer = ALL): Promise<SatisfactionOverview> => {
    const route = satisfactionRoutes.find((one) => one.path === '/api/satisfaction')!;
    const own = { ...ctx, ...named.ctx, clock, pack: asking } as unknown as Context;
    const query = route.query?.parse({});
    return (await route.handle({
      ctx: own,
      viewer,
      params: {},
      query,
      body: undefined,
    } as unknown as RouteRequest)) as SatisfactionOverview;
  };
  const countOf = async (where: readonly Filter[], viewer = ALL): Promise<number> =>
    (await searchVoices({ ...ctx, ...named.ctx } as unknown as Context, viewer, where, { limit: 1 })).count;

  beforeAll(async () => {
    const { voices, subscribers } = world();
    const random = seededRandom(6, 'named-world');
    const bills = Map.groupBy(
      voices.filter((one) => one['category'] !== undefined && String(one['category']).startsWith('bills')),
      (one) => `${String(one['district'])} ${one.said.slice(0, 7)}`,
    );
    // The bills' score falls where bills are grieved about; the network's is good everywhere; some ask about what nobody knows.
    const scored = voices.map((one, i): Given => {
      if (one['kind'] !== 'survey') return one;
      const grieved = bills.get(`${String(one['district'])} ${one.said.slice(0, 7)}`)?.length ?? 0;
      const low = Math.max(1, Math.min(10, Math.round(9 - 0.5 * grieved + random.between(-1, 1))));
      const high = Math.round(random.between(7, 10));
      if (i % 16 === 0) return { ...one, score: 1, attributes: { 回访项目: i % 32 === 0 ? '食堂' : '天气' } };
      if (i % 16 === 1) return { ...one, score: 10, attributes: {} };
      return i % 2 === 0
        ? { ...one, score: low, attributes: { 调查主题: '话费', 回访项目: '网络' } }
        : { ...one, score: high, attributes: { 回访项目: '网络' } };
    });
    named = await warehouseOf(scored, subscribers);
  });
  afterAll(() => named.warehouse.close());

  test('tells each service item the satisfaction of those who were asked about it', async () => {
    const [bills, net] = (await overview()).services;
    expect(bills).toMatchObject({ measured_by: 'named', answers_whole: true, association: { verdict: 'against' } });
    expect(net).toMatchObject({ measured_by: 'named', answers_whole: true, association: { verdict: 'none' } });
    expect(net!.satisfaction!).toBeGreaterThan(75);
    expect(bills!.satisfaction!).toBeLessThan(net!.satisfaction! - 15);
  });

  test('counts what names nothing known for nothing, says so, and opens it; every list is as long as its figure', async () => {
    for (const viewer of [ALL, CITY]) {
      const { services, unplaced } = await overview(viewer);
      expect(unplaced.names.map(({ name, why }) => [name, why]).toSorted()).toEqual([
        ['天气', 'unknown'],
        ['食堂', 'unknown'],
      ]);
      expect(unplaced.answers).toBe(unplaced.names.reduce((sum, one) => sum + one.answers, 0));
      for (const one of [...services.map((each) => ({ where: each.answers_where, answers: each.answers })), ...unplaced.names])
        expect(await countOf(one.where, viewer)).toBe(one.answers);
    }
  });
});
