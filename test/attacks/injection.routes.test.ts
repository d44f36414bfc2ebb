import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routeTable } from '../../src/app/routes.ts';
import { ROLES } from '../../src/model/people.ts';
import type { Route } from '../../src/platform/http/route.ts';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { MAKERS } from '../scope/makers.ts';
import { type Ids, READS, TRIES } from '../scope/reads.ts';
import { recipesOf } from '../scope/recipes.ts';
import { emptyRequest, nameOf } from '../scope/requests.ts';
import { tell, type World } from '../scope/worlds.ts';
import { INJECTIONS } from './payloads.ts';
import { type Slot, slotsOf } from './slots.ts';

let world: World;
let second = 300;

beforeAll(async () => {
  world = await tell('a');
  await sql`create table canary (bird text)`.execute(world.product.ctx.db);
  await sql`insert into canary values ('sings')`.execute(world.product.ctx.db);
}, 240_000);
afterAll(() => world.product[Symbol.asyncDispose]());

const TABLES: Readonly<Record<keyof Ids, string>> = {
  voices: 'voices',
  alarms: 'alarms',
  orders: 'work_orders',
  imports: 'import_batches',
  events: 'live_events',
  members: 'members',
  units: 'org_units',
  views: 'saved_views',
  experiments: 'experiments',
  calls: 'peak_calls',
  specialists: 'specialists',
};

/** One of each: the id is a word that gets replaced. */
async function someIds(): Promise<Ids> {
  const found = await Promise.all(
    Object.entries(TABLES).map(async ([kind, table]) => {
      const rows = await rowsOf(world.product.ctx.db, sql<{ id: string }>`select id from ${sql.table(table)} order by id limit 1`);
      return [kind, rows.map((row) => row.id)] as const;
    }),
  );
  return Object.fromEntries(found) as unknown as Ids;
}

/** A place of a request of a route, and who asks. */
interface Target {
  readonly route: string;
  readonly member: string;
  readonly request: InjectOptions;
  readonly slot: Slot;
}

const targetsOf = (route: string, member: string, request: InjectOptions): readonly Target[] =>
  slotsOf(request).map((slot) => ({ route, member, request, slot }));
const nameOfTarget = ({ route, slot }: Target): string => `${route} ${slot.where}`;

/** Each place of a route once: the same field of another request is the same to an attacker. */
const differentOf = (targets: readonly Target[]): readonly Target[] => [
  ...new Map(targets.toReversed().map((target) => [nameOfTarget(target), target])).values(),
];

/** The keys of a query that a route knows. */
function queryKeys({ query }: Route): readonly string[] {
  if (query === undefined) return [];
  return Object.keys(z.toJSONSchema(query, { unrepresentable: 'any', io: 'input' }).properties ?? {});
}

function withKey(request: InjectOptions, key: string, text: string): InjectOptions {
  const url = new URL(String(request.url), 'http://x');
  url.searchParams.set(key, text);
  return { ...request, url: url.pathname + url.search };
}

/** Routes that show no rows and change nothing, asked so that they answer. */
const WITHOUT_ROWS: Readonly<Record<string, string>> = {
  'GET /api/audit': '/api/audit',
  'GET /api/knowledge-map/leaf': '/api/knowledge-map/leaf?code=fixed%2Fbroadband%2Foutage',
  'GET /api/experiments/power': '/api/experiments/power?kind=share&base=0.1&effect=0.02&customers=1000',
};

async function stands(): Promise<unknown> {
  const { db } = world.product.ctx;
  const tables = await rowsOf(db, sql`select schemaname, tablename from pg_tables where schemaname in ('public', 'pgboss') order by 1, 2`);
  const members = await rowsOf(db, sql`select id, roles, scope, password_hash from members order by id`);
  return [
    tables,
    members,
    await rowsOf(db, sql`select bird from canary`),
    await rowsOf(db, sql`select min(id), max(id) from voices where source_id like '%file%'`),
  ];
}

/** Routes that start a thread for each request: a second of work, where others take milliseconds. */
const THREADED =
  /^\/api\/(?:imports\/[^/]+\/rejected\/file|experiments\/tables|experiments\/[^/]+\/(?:cohort|outcomes)-file|satisfaction\/drivers)/;

const isThreaded = (request: InjectOptions): boolean => THREADED.test(String(request.url));

/** Every so many of the payloads, from place to place others; every sixth for routes that start threads. */
const payloadsFor = (request: InjectOptions, place: number, every: number): readonly string[] => {
  const step = isThreaded(request) ? 6 : every;
  return INJECTIONS.filter((_, i) => (i + place) % step === 0);
};

/** What was attacked, by route and place. */
const attacked = new Set<string>();

/** The word in every place replaced by payloads; what went wrong. */
async function attack(targets: readonly Target[], every = 1): Promise<{ asked: number; bad: readonly unknown[] }> {
  const bad: unknown[] = [];
  let asked = 0;
  for (const [at, target] of targets.entries()) {
    const { member, request, slot } = target;
    attacked.add(nameOfTarget(target));
    for (const text of payloadsFor(request, at, every)) {
      world.at((second += 1));
      const began = performance.now();
      const answer = await world.product.as(member, slot.with(text));
      const ms = performance.now() - began;
      asked += 1;
      if (answer.status >= 500 || ms > (isThreaded(request) ? 15_000 : 3_000) || String(answer.headers['set-cookie']).includes('planted'))
        bad.push([request.method, request.url, slot.where, text.slice(0, 40), answer.status, Math.round(ms), answer.text.slice(0, 200)]);
    }
  }
  return { asked, bad };
}

/** Of routes by name: what each is asked in these worlds. */
async function knownRequests(): Promise<Readonly<Record<string, readonly InjectOptions[]>>> {
  const found = await someIds();
  const known = { ...READS, ...TRIES };
  return Object.fromEntries([
    ...Object.entries(known).map(([route, of]) => [route, of(found)] as const),
    ...Object.entries(MAKERS).map(([route, of]) => [route, of()] as const),
    ...Object.entries(WITHOUT_ROWS).map(([route, url]) => [route, [{ method: 'GET', url }]] as const),
  ]);
}

const ended = (): void => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
};

describe('text that an attacker puts where a word is expected', () => {
  it('of what is asked or tried changes no table, no right and no prototype, keeps nobody waiting and never breaks the server', async () => {
    const requests = Object.entries(await knownRequests());
    const before = await stands();
    const targets = requests.flatMap(([route, asked]) => asked.flatMap((request) => targetsOf(route, 'me_p', request)));
    const { asked, bad } = await attack(differentOf(targets), 2);
    expect(bad).toEqual([]);
    expect(asked).toBeGreaterThan(1_000);
    expect(await stands()).toEqual(before);
    ended();
  }, 480_000);

  it('of what would go well otherwise is stored as text, or refused', async () => {
    const { changes, looks } = recipesOf(
      () => world,
      () => second,
    );
    for (const [name, recipe] of Object.entries({ ...changes, ...looks })) {
      world.at((second += 10));
      const { member, request } = await recipe();
      const { bad } = await attack(targetsOf(name, member, request));
      expect([name, bad]).toEqual([name, []]);
    }
    expect(await rowsOf(world.product.ctx.db, sql`select bird from canary`)).toEqual([{ bird: 'sings' }]);
    ended();
  }, 480_000);

  it('of every key that a route knows and nothing asked for so far is an ordinary word, also for who may see everything', async () => {
    const { db } = world.product.ctx;
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_all', 'all', '全', 'ou_p', ${[...ROLES]}::text[], 'province')`.execute(
      db,
    );
    const known = await knownRequests();
    for (const [route, url] of Object.entries(WITHOUT_ROWS)) {
      const { status, text } = await world.product.as('me_all', { method: 'GET', url });
      expect([route, status, status === 200 ? '' : text]).toEqual([route, 200, '']);
    }
    const before = await stands();
    const targets = routeTable.flatMap((route) => {
      const name = nameOf(route);
      const request = known[name]?.[0] ?? emptyRequest(route);
      const more = queryKeys(route).map((key): Target => ({
        route: name,
        member: 'me_all',
        request,
        slot: { where: `?${key}`, with: (text) => withKey(request, key, text) },
      }));
      // As the one who may: the tests above asked as somebody who may not see the audit.
      const all = name in WITHOUT_ROWS;
      return more.filter((target) => all || !attacked.has(nameOfTarget(target)));
    });
    const { bad } = await attack(targets, 4);
    expect(bad).toEqual([]);
    expect(await stands()).toEqual(before);
    const declared = routeTable.flatMap((route) => queryKeys(route).map((key) => `${nameOf(route)} ?${key}`));
    expect(declared.length).toBeGreaterThan(60);
    expect(declared.filter((name) => !attacked.has(name))).toEqual([]);
    ended();
  }, 240_000);
});
