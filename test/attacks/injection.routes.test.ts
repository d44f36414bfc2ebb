import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/platform/postgres/db.ts';
import { MAKERS } from '../scope/makers.ts';
import { type Ids, READS, TRIES } from '../scope/reads.ts';
import { recipesOf } from '../scope/recipes.ts';
import { tell, type World } from '../scope/worlds.ts';
import { INJECTIONS } from './payloads.ts';
import { slotsOf } from './slots.ts';

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

/** One request of each form: the same route with the same fields is the same to an attacker. */
function differentOf(requests: readonly InjectOptions[]): readonly InjectOptions[] {
  const forms = new Map<string, InjectOptions>();
  for (const request of requests) {
    const form = JSON.stringify(slotsOf(request).map((slot) => slot.where));
    if (!forms.has(form)) forms.set(form, request);
  }
  return [...forms.values()];
}

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

interface Told {
  readonly member: string;
  readonly request: InjectOptions;
}

/** Routes that start a thread for each request: a second of work, where others take milliseconds. */
const THREADED = /^\/api\/(?:experiments\/tables|experiments\/[^/]+\/(?:cohort|outcomes)-file|satisfaction\/drivers)/;

const isThreaded = (request: InjectOptions): boolean => THREADED.test(String(request.url));

/** Every payload; for routes that start threads, every sixth, from slot to slot another. */
const payloadsFor = (request: InjectOptions, slot: number): readonly string[] =>
  isThreaded(request) ? INJECTIONS.filter((_, i) => (i + slot) % 6 === 0) : INJECTIONS;

/** Every word of every request replaced by every payload; what went wrong. */
async function attack(told: readonly Told[]): Promise<{ asked: number; bad: readonly unknown[] }> {
  const bad: unknown[] = [];
  let asked = 0;
  for (const { member, request } of told) {
    for (const [at, slot] of slotsOf(request).entries()) {
      for (const text of payloadsFor(request, at)) {
        world.at((second += 1));
        const began = performance.now();
        const answer = await world.product.as(member, slot.with(text));
        const ms = performance.now() - began;
        asked += 1;
        if (answer.status >= 500 || ms > (isThreaded(request) ? 15_000 : 3_000) || String(answer.headers['set-cookie']).includes('planted'))
          bad.push([request.method, request.url, slot.where, text.slice(0, 40), answer.status, Math.round(ms), answer.text.slice(0, 200)]);
      }
    }
  }
  return { asked, bad };
}

const ended = (): void => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
};

describe('text that an attacker puts where a word is expected', () => {
  it('of what is asked or tried changes no table, no right and no prototype, keeps nobody waiting and never breaks the server', async () => {
    const found = await someIds();
    const requests = [...Object.values({ ...READS, ...TRIES }).flatMap((of) => of(found)), ...Object.values(MAKERS).flatMap((of) => of())];
    const before = await stands();
    const { asked, bad } = await attack(differentOf(requests).map((request) => ({ member: 'me_p', request })));
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
      const { bad } = await attack([await recipe()]);
      expect([name, bad]).toEqual([name, []]);
    }
    expect(await rowsOf(world.product.ctx.db, sql`select bird from canary`)).toEqual([{ bird: 'sings' }]);
    ended();
  }, 480_000);
});
