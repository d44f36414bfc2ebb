import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../../test/kit/db.ts';
import { keyedIds } from '../../../test/kit/ids.ts';
import { viewerOf } from '../../../test/kit/warehouse-rows.ts';
import type { HandlingView, InboundChain, PressureView } from '../../model/handling.ts';
import type { Pack } from '../../model/pack.ts';
import type { Viewer } from '../../model/people.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import type { RouteRequest } from '../../platform/http/route.ts';
import { loadPack } from '../../understand/load-pack.client.ts';
import { handlingRoutes } from './handling.routes.ts';

let fresh: FreshDb;
let pack: Pack;
let ctx: Context;
const NOW = Date.parse('2026-03-10T02:00:00.000Z');
const clock = fixedClock('2026-03-10T02:00:00.000Z');
let second = 0;
const ALL = { ...viewerOf({ scope: 'province' }), member: 'me' } as Viewer;
const CITY_A = { ...viewerOf({ scope: 'city', city: 'A' }), member: 'me' } as Viewer;
const ago = (days: number): string => new Date(NOW - days * 86_400_000).toISOString();

async function call<T>(
  path: string,
  given: { readonly viewer?: Viewer; readonly params?: object; readonly body?: object } = {},
): Promise<T> {
  clock.set(new Date(NOW + 1000 * ++second).toISOString());
  const route = handlingRoutes.find((one) => one.path === path)!;
  const body = given.body === undefined ? undefined : route.body?.parse(given.body);
  return (await route.handle({
    ctx,
    viewer: given.viewer ?? ALL,
    params: given.params ?? {},
    query: {},
    body,
    headers: {},
  } as unknown as RouteRequest<never, never, never>)) as T;
}

async function voice(id: number, city: string, kind: string, days: number, customer: string): Promise<void> {
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, unit_id, unit_path, customer, text, text_masked, batch_id)
    values (${id}, 'so', ${String(id)}, '\\x00', ${ago(days)}, true, ${ago(days)}, ${kind}, 'hotline', ${city}, 'ou_h', '/ou/ou_h/', ${customer}, '文', '文', 'ba')`.execute(
    fresh.db,
  );
  await sql`
    insert into readings (voice_id, reader_version, category, department, feeling, language, confidence, because, read_at)
    values (${id}, 'r', 'billing/charge/wrong', 'billing', 'neutral', 'zh', 0.9, '[]'::jsonb, ${ago(days)})`.execute(fresh.db);
}

async function order(id: string, city: string, due: number, state: string): Promise<void> {
  await sql`
    insert into work_orders (id, origin, title, severity, state, conditions, city, department, unit_id, created_by, created_at, due_at, closed_at)
    values (${id}, 'finding', '单', 'notice', ${state}, '[]'::jsonb, ${city}, 'billing', ${city === 'A' ? 'ou_a' : 'ou'}, 'me', ${ago(5)}, ${ago(due)}, ${state === 'closed' ? ago(1) : null})`.execute(
    fresh.db,
  );
}

beforeAll(async () => {
  fresh = await freshDb();
  pack = await loadPack();
  ctx = { db: fresh.db, pack, clock, ids: keyedIds(), config: { timeZone: 'Asia/Shanghai' } } as unknown as Context;
  const { db } = fresh;
  await sql`insert into regions (code, level, name, name_en) values ('A', 'city', '甲市', 'City A'), ('B', 'city', '乙市', 'City B')`.execute(
    db,
  );
  await sql`insert into org_units (id, parent_id, level, name, name_en, city, path) values ('ou', null, 'province', '省', 'P', null, '/ou/'),
    ('ou_a', 'ou', 'city', '甲分公司', 'Branch A', 'A', '/ou/ou_a/'), ('ou_h', 'ou', 'unit', '厅', 'Hall', 'A', '/ou/ou_h/')`.execute(db);
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me', 'me', '人', 'ou_h', '{analyst}', 'province')`.execute(
    db,
  );
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so', 's', 'ou', 'voices', ${ago(99)})`.execute(db);
  await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba', 'so', 'me', 'voices', 'f', 'h', 1, 'p', 'done', ${ago(99)})`.execute(db);
  await sql`insert into customers (customer, source_id, brand, value_tier, batch_id) values ('c1', 'so', '商务', '钻石', 'ba'),
    ('c3', 'so', '商务', '普通', 'ba')`.execute(db);
  // Forty grievances of long ago, each of its own customer; ten of them complained within a month.
  for (let i = 0; i < 40; i++) await voice(100 + i, 'A', 'grievance', 60, `g${i}`);
  for (let i = 0; i < 10; i++) await voice(200 + i, 'A', 'complaint', 50, `g${i}`);
  await voice(1, 'A', 'grievance', 1, 'c1');
  await voice(2, 'B', 'grievance', 1, 'c2');
  await order('w1', 'A', 1, 'new');
  await order('w2', 'A', -5, 'accepted');
  await order('w3', 'B', 2, 'new');
  await order('w4', 'A', 0, 'closed');
});
afterAll(() => fresh.close());

describe('the inbound chain of a voice', () => {
  test('goes from the customer’s type to the strategies of their value, with the share that became complaints', async () => {
    const chain = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 1 } });
    expect(chain).toMatchObject({
      customer: { segment: 'business-high', value_tier: '钻石' },
      category: 'billing/charge/wrong',
      department: 'billing',
      tier: 'high',
    });
    expect(chain.risk).toMatchObject({ share: 0.25, grievances: 40 });
    expect(chain.risk!.low).toBeLessThan(0.25);
    expect(chain.expectation).toMatchObject({ segment: 'business-high', department: 'enterprise' });
    expect(chain.strategies.map((one) => one.level)).toEqual([5, 4, 3, 2, 1]);
    expect([1, 2, 3, 4, 5]).toContain(chain.level);
  });

  test('has the strategies for low value where the customer’s value counts as that', async () => {
    await voice(3, 'B', 'grievance', 1, 'c3');
    const chain = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 3 } });
    expect(chain).toMatchObject({ customer: { value_tier: '普通' }, tier: 'low' });
    expect(chain.strategies.map(({ level, tier }) => `${level} ${tier}`)).toEqual(['5 low', '4 low', '3 low', '2 low', '1 low']);
    await sql`delete from voices where id = 3`.execute(fresh.db);
  });

  test('goes by temperament where there is no line for the segment by rule', async () => {
    const pain = async () => (await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 2 } })).expectation?.segment;
    expect(await pain()).toBeNull();
    await sql`insert into customer_segments (customer, temperament) values ('c2', 'price-sensitive'), ('c1', 'price-sensitive')`.execute(
      fresh.db,
    );
    expect(await pain()).toBe('price-sensitive');
    const { expectation } = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 1 } });
    expect(expectation?.segment).toBe('business-high');
    await sql`delete from customer_segments`.execute(fresh.db);
  });

  test('asks the last year alone, by the complaints of the same customer within the scope', async () => {
    for (let i = 0; i < 5; i++) {
      await voice(300 + i, 'A', 'grievance', 420, `old${i}`);
      await voice(310 + i, 'A', 'complaint', 410, `old${i}`);
      await voice(320 + i, 'A', 'grievance', 90, `far${i}`);
      await voice(330 + i, 'B', 'complaint', 80, `far${i}`);
      await voice(340 + i, 'A', 'complaint', 100, `far${i}`);
    }
    const risk = async (viewer: Viewer) => (await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 1 }, viewer })).risk;
    expect(await risk(CITY_A)).toMatchObject({ share: 10 / 45, grievances: 45 });
    expect(await risk(ALL)).toMatchObject({ share: 15 / 45, grievances: 45 });
  });

  test('falls back on the line for all segments, and tells nothing of a voice outside the scope', async () => {
    const chain = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 2 } });
    expect(chain).toMatchObject({ tier: 'usual', expectation: { segment: null, department: 'billing' } });
    await expect(call('/api/handling/chain/:voice', { params: { voice: 2 }, viewer: CITY_A })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a voice that an agent filed by a name of the pack', () => {
  test('has the cause of that name, its department and its share of complaints; another system’s words do not displace the reading', async () => {
    const { db } = fresh;
    await sql`update voices set recorded_category = '宽带断网无法上网' where id = 2 or id between 100 and 209`.execute(db);
    await sql`update voices set recorded_category = '别家系统/资费/差错' where id = 1`.execute(db);
    const named = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 2 } });
    expect(named).toMatchObject({ category: 'fixed/broadband/outage', department: 'network', risk: { share: 0.25, grievances: 40 } });
    const foreign = await call<InboundChain>('/api/handling/chain/:voice', { params: { voice: 1 } });
    expect(foreign).toMatchObject({ category: 'billing/charge/wrong', department: 'billing', risk: null });
  });
});

describe('where problems stand', () => {
  test('by department, branch, window and who raised them, and within the scope alone', async () => {
    const found = await call<PressureView>('/api/handling/pressure');
    expect(found.departments).toMatchObject([{ key: 'billing', open: 3, overdue: 2, closed_30d: 1, list: { department: 'billing' } }]);
    expect(found.branches).toMatchObject([{ key: 'A', names: { zh: '甲市' }, open: 2, overdue: 1 }]);
    expect(found.windows).toMatchObject([{ unit: 'ou_h', voices: 2, complaints: 0 }]);
    expect(found.up).toMatchObject([{ from: { zh: '厅' }, department: 'billing', orders: 4, overdue: 2 }]);
    const ofCity = await call<PressureView>('/api/handling/pressure', { viewer: CITY_A });
    expect(ofCity.departments).toMatchObject([{ key: 'billing', open: 2, overdue: 1 }]);
    expect(ofCity.windows).toMatchObject([{ voices: 1 }]);
  });
});

describe('lines of handling', () => {
  const PATH = '/api/handling/lines';
  test('are the pack’s until somebody changes one: the next version with its reason, what was in the audit', async () => {
    const before = await call<HandlingView>('/api/handling');
    const { version, ...value } = before.strategies.find((one) => one.level === 5 && one.tier === 'high')!;
    expect(version).toBe(0);
    const change = { kind: 'strategy', value: { ...value, within_hours: 1 } };
    expect(await call(PATH, { body: { change, version: 0, reason: '峰值更急' } })).toEqual({ version: 1 });
    const after = await call<HandlingView>('/api/handling');
    expect(after.strategies.find((one) => one.level === 5 && one.tier === 'high')).toMatchObject({ within_hours: 1, version: 1 });
    expect(after.strategies).toHaveLength(before.strategies.length);
    await expect(call(PATH, { body: { change, version: 0, reason: '又改' } })).rejects.toMatchObject({ code: 'stale-version' });
    const rows = await sql<{ detail: { reason: string } }>`select detail from audit where action = 'handling.change'`.execute(fresh.db);
    expect(rows.rows).toMatchObject([{ detail: { reason: '峰值更急', before: null } }]);
  });

  test('name codes that exist and ranges that hold the cost: everything wrong is told at once', async () => {
    const names = { zh: '一', en: 'one' };
    const wrong = {
      kind: 'expectation',
      value: { pain: 'nothing', segment: 'nobody', expectation: names, solution: names, department: 'none' },
    };
    const refused = (await call(PATH, { body: { change: wrong, reason: 'x' } }).catch((error: unknown) => error)) as {
      problems: readonly { column: string }[];
    };
    expect(refused.problems.map((problem) => problem.column)).toEqual(['pain', 'department', 'segment']);
    const cost = { kind: 'cost', value: { code: 'complaint', names, unit_cost: 10, low: 20, high: 30, assumption: true } };
    await expect(call(PATH, { body: { change: cost, reason: 'x' } })).rejects.toMatchObject({ code: 'request-invalid' });
  });

  test('the new-business example lands every factor on departments that can change it', async () => {
    const { chains } = await call<HandlingView>('/api/handling');
    expect(chains[0]!.items.map((item) => item.names.zh)).toEqual(['业务符合需求', '开通得到确认', '费用合理', '取消方便', '容易使用']);
    for (const factor of chains[0]!.factors) expect(factor.departments.length).toBeGreaterThan(0);
  });
});
