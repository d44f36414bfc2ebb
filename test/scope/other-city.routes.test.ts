import { Workbook } from '@cj-tech-master/excelts';
import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import type { Answered } from '../kit/product.ts';
import { mutations, nameOf, scoped } from './requests.ts';
import { MAKERS } from './makers.ts';
import { type Ids, READS, TRIES } from './reads.ts';
import { importFile, tell, type World } from './worlds.ts';

/** City analyst, network manager, district supervisor, head of a hall, agent. */
const MEMBERS = ['me_a', 'me_an', 'me_a1', 'me_ah', 'me_ag'];
const NEVER = {
  voices: 7,
  alarms: 'alarm_never',
  orders: 'order_never',
  imports: 'batch_never',
  events: 'event_never',
  members: 'me_never',
  units: 'ou_never',
  views: 'view_never',
  experiments: 'experiment_never',
  calls: 'pc_7',
  specialists: 'sp_me_never_B',
};

let alone: World;
let beside: World;
let ids: Ids;
let foreign: Ids;

beforeAll(async () => {
  alone = await tell('a');
  beside = await tell('a and b');
  const own = await idsOf(alone);
  const all = await idsOf(beside);
  foreign = Object.fromEntries(
    Object.entries(all).map(([kind, found]) => [kind, found.filter((id: never) => !own[kind as keyof Ids].includes(id))]),
  ) as unknown as Ids;
  ids = Object.fromEntries(
    Object.keys(all).map((kind) => {
      const key = kind as keyof Ids;
      return [kind, [...sample(own[key]), ...sample(foreign[key]), NEVER[key]]];
    }),
  ) as unknown as Ids;
}, 240_000);
afterAll(async () => {
  await alone.product[Symbol.asyncDispose]();
  await beside.product[Symbol.asyncDispose]();
});

/** Some of the beginning and some of the end. */
const sample = <T>(all: readonly T[]): readonly T[] => (all.length <= 12 ? all : [...all.slice(0, 6), ...all.slice(-6)]);

async function idsOf(world: World): Promise<Ids> {
  const { db } = world.product.ctx;
  const of = async (table: string): Promise<readonly never[]> =>
    (await rowsOf(db, sql<{ id: never }>`select id from ${sql.table(table)} order by id`)).map((row) => row.id);
  const [voices, alarms, orders, imports, events, members, units, views, experiments, calls, specialists] = await Promise.all(
    [
      'voices',
      'alarms',
      'work_orders',
      'import_batches',
      'live_events',
      'members',
      'org_units',
      'saved_views',
      'experiments',
      'peak_calls',
      'specialists',
    ].map(of),
  );
  return {
    voices: voices!,
    alarms: alarms!,
    orders: orders!,
    imports: imports!,
    events: events!,
    members: members!,
    units: units!,
    views: views!,
    experiments: experiments!,
    calls: calls!,
    specialists: specialists!,
  };
}

const SHOWN = ['content-type', 'content-disposition', 'cache-control', 'location', 'retry-after', 'idempotency-replayed'];

/** How far a thread has come with a run that was just asked for is a matter of the machine. */
const OPEN_RUN = /"state":"(?:queued|running)","progress":[\d.]+|"started_at":(?:null|"[^"]*")/g;

/** All that a caller gets to see. The parts of a workbook are compared, because its archive carries the time of packing. */
async function seenOf(answer: Answered): Promise<unknown> {
  const headers = SHOWN.map((name) => [name, answer.headers[name]]);
  if (!String(answer.headers['content-type']).includes('spreadsheet'))
    return [answer.status, headers, answer.text.replaceAll(OPEN_RUN, '…')];
  const book = new Workbook();
  await book.xlsx.load(answer.bytes);
  return [answer.status, headers, JSON.stringify(book.worksheets.map((sheet) => [sheet.name, sheet.getSheetValues()]))];
}

/** The city analyst asks everything; of long lists of questions and filters each of the others asks a part. */
const share = <T>(all: readonly T[], turn: number): readonly T[] =>
  turn === 0 || all.length < 40 ? all : all.filter((_, i) => i % 4 === turn - 1);

let second = 200;
async function bothAsked(member: string, request: InjectOptions): Promise<readonly [unknown, unknown, Answered]> {
  second += 1;
  alone.at(second);
  beside.at(second);
  const [one, two] = await Promise.all([alone.product.as(member, request), beside.product.as(member, request)]);
  return [await seenOf(one), await seenOf(two), two];
}

async function compare(member: string, requests: readonly InjectOptions[]): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const request of requests) {
    const [without, having, answer] = await bothAsked(member, request);
    expect({ member, request: [request.method, request.url, request.payload, request.headers], seen: having }).toEqual({
      member,
      request: [request.method, request.url, request.payload, request.headers],
      seen: without,
    });
    expect(answer.status, answer.text).toBeLessThan(500);
    answers.push(answer);
  }
  return answers;
}

/** Everything that is stored, but what is written down about looking. */
async function everything(world: World): Promise<unknown> {
  const tables = [
    'voices',
    'readings',
    'customers',
    'subscriptions',
    'sources',
    'import_batches',
    'rejected_rows',
    'rules',
    'alarms',
    'announcements',
    'work_orders',
    'work_order_events',
    'live_events',
    'members',
    'org_units',
    'saved_views',
    'experiments',
    'specialists',
    'peak_calls',
    'peak_comforts',
    'audit',
  ];
  const sums = tables.map(
    (table) =>
      sql`select ${table}::text as name, count(*) as n, md5(string_agg(t::text, '' order by t::text)) as sum from ${sql.table(table)} t`,
  );
  return rowsOf(world.product.ctx.db, sql`${sql.join(sums, sql` union all `)}`);
}

describe('what a member of city A gets', () => {
  it('is asked of every route with scope', () => {
    const asked = [...Object.keys(READS), ...Object.keys(TRIES), ...Object.keys(MAKERS)];
    expect(asked.toSorted()).toEqual(scoped.map(nameOf).toSorted());
    expect(
      mutations
        .filter((route) => route.scope === 'rows')
        .map(nameOf)
        .toSorted(),
    ).toEqual([...Object.keys(TRIES), ...Object.keys(MAKERS)].toSorted());
  });

  it('is something: the worlds are not empty, and city B is in one of them', () => {
    for (const kind of ['voices', 'alarms', 'orders', 'imports', 'events', 'members', 'units', 'views', 'calls', 'specialists'] as const)
      expect([kind, foreign[kind].length]).not.toEqual([kind, 0]);
  });

  for (const [turn, member] of MEMBERS.entries()) {
    it(`is the same with and without city B: ${member}`, async () => {
      for (const [route, requests] of Object.entries(READS)) {
        const answers = await compare(member, share(requests(ids), turn));
        // Live changes resume after one's own first event, so there is something to tell apart.
        if (route === 'GET /api/events' && member === 'me_a')
          expect(answers.some((answer) => answer.text.includes('event: alarm'))).toBe(true);
      }
    }, 240_000);
  }

  it('of another city’s things is what one gets of nothing, and every try at them changes nothing', async () => {
    const kinds = {
      '/api/voices/': 'voices',
      '/api/alarms/': 'alarms',
      '/api/orders/': 'orders',
      '/api/imports/': 'imports',
      '/api/members/': 'members',
      '/api/units/': 'units',
      '/api/views/': 'views',
      '/api/peaks/calls/': 'calls',
      '/api/peaks/specialists/': 'specialists',
    } as const;
    const before = await everything(beside);
    for (const member of MEMBERS) {
      for (const [route, requestsFor] of Object.entries({ ...READS, ...TRIES })) {
        const kind = Object.entries(kinds).find(([path]) => route.includes(`${path}:id`))?.[1];
        if (kind === undefined) continue;
        const only = { ...ids, [kind]: [NEVER[kind], ...sample(foreign[kind]).slice(0, 4)] } as Ids;
        const answers = await compare(member, requestsFor(only));
        expect(new Set(answers.map((answer) => answer.text)), `${member} ${route}`).toHaveLength(1);
        expect([404, 403]).toContain(answers[0]?.status);
      }
    }
    expect(await everything(beside)).toEqual(before);
  });

  for (const [route, requests] of Object.entries(MAKERS)) {
    it(`when making something new does not tell what city B has: ${route}`, async () => {
      for (const member of MEMBERS) await compare(member, requests());
    });
  }
});

describe('what a member of city A does', () => {
  it('neither takes over nor counts customers of another city', async () => {
    const standing = (world: World): Promise<unknown> =>
      rowsOf(world.product.ctx.db, sql`select * from customers where city is distinct from 'A' order by customer`);
    const before = await standing(beside);
    second += 1;
    for (const world of [alone, beside]) {
      world.at(second);
      const text = '客户编号,用户编号,小区,品牌\nCB1,SB1,B1x,夺\nCB2,SB2,A1x,夺\nCA77,SB3,A1x,夺\nCA78,SA78,A1x,新\n';
      await importFile(world, 'me_a', 'takeover.csv', 'takeover', text, 'customers');
    }
    expect(await standing(beside)).toEqual(before);
    const [batch] = await rowsOf(
      beside.product.ctx.db,
      sql`select accepted, rejected from import_batches where file_name = 'takeover.csv'`,
    );
    expect(batch).toEqual({ accepted: 1, rejected: 3 });
  });

  it('shows no person of another city, though a voice of the own city names one', async () => {
    second += 1;
    await sql`update customers set name = '乙某某', address = '乙市某号' where customer = 'CB1'`.execute(beside.product.ctx.db);
    beside.at(second);
    const { ids: made } = await beside.do<{ ids: readonly number[] }>('me_a', {
      method: 'POST',
      url: '/api/voices?source=visitor',
      payload: { kind: 'complaint', text: '在甲市断网', region: 'A1x', customer: 'CB1' },
      headers: { 'idempotency-key': 'visitor' },
    });
    const reveal = (member: string): Promise<Answered> =>
      beside.product.as(member, { method: 'POST', url: `/api/voices/${made[0]}/reveal`, payload: { reason: '客户来电' } });
    expect((await reveal('me_a')).body).toMatchObject({ customer_name: null, address: null });
    second += 1;
    beside.at(second);
    expect((await reveal('me_p')).body).toMatchObject({ customer_name: '乙某某', address: '乙市某号' });
  });

  it('moves nobody to another city and lifts nobody above the own', async () => {
    const change = (payload: object): InjectOptions => ({
      method: 'PATCH',
      url: '/api/members/me_ag',
      payload: { version: 1, ...payload },
    });
    const answers = await compare('me_a', [
      change({ unit: 'ou_b' }),
      change({ unit: 'ou_never' }),
      change({ unit: 'ou_p' }),
      change({ scope: 'province' }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 403]);
  });
});

describe('voices without a region', () => {
  it('are seen with province scope and no other', async () => {
    const { db } = beside.product.ctx;
    const [lost] = await rowsOf(db, sql<{ id: number; n: number }>`select min(id) as id, count(*) as n from voices where city is null`);
    expect(lost?.n).toBe(8);
    const text = { where: [{ text: '没有地方' }], limit: 50 };
    for (const scope of ['own', 'team', 'unit', 'unit-below', 'city', 'province']) {
      // All of them were handled by this very unit, and by the agent of this number.
      const id = `me_lost_${scope}`;
      await sql`insert into members (id, login, name, staff_no, unit_id, roles, scope) values (${id}, ${id}, ${id}, ${`lost-${scope}`}, 'ou_pn', '{analyst}', ${scope})`.execute(
        db,
      );
      const found = await beside.product.as(id, { method: 'POST', url: '/api/voices/search', payload: text });
      const one = await beside.product.as(id, { method: 'GET', url: `/api/voices/${lost?.id}` });
      expect([scope, (found.body as { count: number }).count, one.status]).toEqual(
        scope === 'province' ? [scope, 8, 200] : [scope, 0, 404],
      );
    }
  });
});
