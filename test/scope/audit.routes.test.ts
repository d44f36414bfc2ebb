import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf, rowsOf } from '../../src/platform/postgres/db.ts';
import { RULE } from './makers.ts';
import { post, recipesOf } from './recipes.ts';
import { mutations, nameOf, WATCHED } from './requests.ts';
import { tell, type World } from './worlds.ts';

let world: World;
let second = 300;

beforeAll(async () => {
  world = await tell('a');
  const { db } = world.product.ctx;
  await sql`
    create function refuse_audit() returns trigger language plpgsql as $$ begin raise exception 'no audit row today'; end $$`.execute(db);
  await sql`create trigger refuse_audit before insert on audit for each row execute function refuse_audit()`.execute(db);
  await sql`alter table audit disable trigger refuse_audit`.execute(db);
}, 240_000);
afterAll(() => world.product[Symbol.asyncDispose]());

const { changes, looks, freshBatch } = recipesOf(
  () => world,
  () => second,
);
const first = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await rowOf(world.product.ctx.db, query))!;

/** Everything that stands, but the audit itself and the counting of sign-in tries, which must outlive a refusal. */
async function everything(): Promise<unknown> {
  const { db } = world.product.ctx;
  const tables = await rowsOf(
    db,
    sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('audit', 'sign_in_attempts', 'sessions', 'watermarks') order by 1`,
  );
  const sums = tables.map(
    ({ name }) => sql`select ${name}::text as name, md5(string_agg(t::text, '' order by t::text)) as sum from ${sql.table(name)} t`,
  );
  const others = [
    sql`select 'sessions', md5(string_agg(member_id || token_hash::text, '' order by token_hash)) from sessions`,
    sql`select 'jobs', md5(string_agg(id::text || state::text, '' order by id)) from pgboss.job where state in ('created', 'retry', 'active')`,
  ];
  return rowsOf(db, sql`${sql.join([...sums, ...others], sql` union all `)} order by 1`);
}

/** Rows of people; what a job writes down about a whole batch comes later. */
const auditOf = (): Promise<readonly { action: string; n: number }[]> =>
  rowsOf(
    world.product.ctx.db,
    sql<{ action: string; n: number }>`select action, count(*)::int as n from audit where via <> 'job' group by action order by action`,
  );

async function oneMore(before: readonly { action: string; n: number }[], action: string): Promise<void> {
  const counts = new Map(before.map((row) => [row.action, row.n]));
  counts.set(action, (counts.get(action) ?? 0) + 1);
  expect(new Map((await auditOf()).map((row) => [row.action, row.n]))).toEqual(counts);
}

describe('the audit', () => {
  it('has a recipe for every changing route and for every look at what is not masked', () => {
    expect(Object.keys(changes).toSorted()).toEqual(mutations.map(nameOf).toSorted());
    expect(Object.keys(looks).toSorted()).toEqual([...WATCHED].toSorted());
  });

  for (const [route, recipe] of Object.entries({ ...changes, ...looks })) {
    it(`gets exactly one row with ${route}, or nothing happens`, async () => {
      const { product } = world;
      const { db } = product.ctx;
      second += 10;
      world.at(second);
      const { member, action, request } = await recipe();
      await product.settle();
      await product.as(member, { method: 'GET', url: '/api/me' });
      world.at(second + 1);
      const [rows, before] = [await auditOf(), await everything()];
      await sql`alter table audit enable trigger refuse_audit`.execute(db);
      const refused = await product.as(member, request);
      await sql`alter table audit disable trigger refuse_audit`.execute(db);
      expect(refused.status, refused.text).toBeGreaterThanOrEqual(500);
      expect(await everything()).toEqual(before);
      expect(await auditOf()).toEqual(rows);
      world.at(second + 2);
      const done = await product.as(member, request);
      expect(done.status, done.text).toBeLessThan(300);
      await oneMore(rows, action);
    });
  }

  it('gets no row when the change is refused', async () => {
    second += 10;
    world.at(second);
    const rows = await auditOf();
    const refused: readonly (readonly [string, InjectOptions])[] = [
      [
        'me_an',
        post(`/api/alarms/${(await first(sql<{ id: string }>`select min(id) as id from alarms where city = 'A'`)).id}/acknowledge`, {
          version: 99,
          reason: 'x',
        }),
      ],
      ['me_an', post('/api/orders/nothing/comments', { note: 'x' })],
      ['me_ag', post('/api/voices/7/reveal', { reason: '好奇而已' })],
      ['me_a', post('/api/voices/7/reveal', { reason: '好奇而已' })],
      ['me_a', post('/api/exports', { kind: 'answer', question: { measures: ['nothing'], by: [] } })],
      ['me_p', post('/api/rules', { ...RULE, id: 'wrong', threshold: 0 })],
    ];
    for (const [member, request] of refused) expect((await world.product.as(member, request)).status).toBeGreaterThanOrEqual(400);
    expect(await auditOf()).toEqual(rows);
  });

  it('gets one row for a whole import when it starts and one when it is done, however many rows it has', async () => {
    second += 10;
    world.at(second);
    const { id, version } = await freshBatch();
    await world.do('me_a', post(`/api/imports/${id}/commit`, { version }));
    await world.product.settle();
    const rows = await rowsOf(
      world.product.ctx.db,
      sql<{ action: string }>`select action from audit where subject_kind = 'batch' and subject_id = ${id} order by action`,
    );
    expect(rows.map((row) => row.action)).toEqual(['import.commit', 'import.done', 'import.upload']);
  });
});
