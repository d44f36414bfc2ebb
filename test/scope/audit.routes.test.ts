import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { addSignInLink } from '../../src/people/sessions.sql.ts';
import { rowOf, rowsOf } from '../../src/platform/postgres/db.ts';
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
}, 120_000);
afterAll(() => world.product[Symbol.asyncDispose]());

interface Recipe {
  readonly member: string;
  readonly action: string;
  readonly request: InjectOptions;
}
const PASSWORD = 'a long enough password';
const first = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await rowOf(world.product.ctx.db, query))!;
const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload });

async function freshAlarm(): Promise<{ id: string; version: number }> {
  return first(
    sql<{
      id: string;
      version: number;
    }>`select id, version from alarms where state = 'firing' and fired_at is not null and city = 'A' order by id limit 1`,
  );
}

async function freshBatch(): Promise<{ id: string; version: number }> {
  const text = `编号,内容\n${second},宽带断网${second}\n`;
  const request = {
    method: 'POST',
    url: `/api/imports?name=f${second}.csv&source=audit`,
    payload: Buffer.from(text),
    headers: { 'content-type': 'application/octet-stream' },
  } as const;
  return (await world.do<{ batch: { id: string; version: number } }>('me_a', request)).batch;
}

async function freshOrder(): Promise<{ id: string; version: number }> {
  const finding = {
    title: `单${second}`,
    where: [],
    category: null,
    severity: 'notice',
    department: 'network',
    entity: { dimension: 'city', value: 'A' },
  };
  return (await world.do<{ order: { id: string; version: number } }>('me_a', post('/api/orders', finding))).order;
}

/** One request for each changing route that goes well, and what is written down about it. */
const RECIPES: Readonly<Record<string, () => Promise<Recipe>>> = {
  'POST /api/session': async () => {
    await sql`update members set password_hash = ${await hashPassword(PASSWORD)} where id = 'me_an'`.execute(world.product.ctx.db);
    return { member: 'me_a', action: 'sign-in', request: post('/api/session', { login: 'net-a', password: PASSWORD }) };
  },
  'POST /api/session/link': async () => {
    const token = newToken();
    await addSignInLink(world.product.ctx.db, tokenHash(token), 'me_an', world.product.ctx.clock.now(), 10);
    return { member: 'me_a', action: 'sign-in', request: post('/api/session/link', { token }) };
  },
  'DELETE /api/session': async () => ({ member: 'me_a1', action: 'sign-out', request: { method: 'DELETE', url: '/api/session' } }),
  'PATCH /api/me': async () => ({
    member: 'me_ag',
    action: 'member.locale',
    request: { method: 'PATCH', url: '/api/me', payload: { locale: 'en' } },
  }),
  'POST /api/me/password': async () => ({
    member: 'me_ah',
    action: 'member.password',
    request: post('/api/me/password', { password: PASSWORD }),
  }),
  'PATCH /api/members/:id': async () => {
    const { version } = await first(sql<{ version: number }>`select version from members where id = 'me_a1'`);
    return {
      member: 'me_a',
      action: 'member.change',
      request: { method: 'PATCH', url: '/api/members/me_a1', payload: { version, scope: 'unit' } },
    };
  },
  'POST /api/imports': async () => ({
    member: 'me_a',
    action: 'import.upload',
    request: {
      method: 'POST',
      url: `/api/imports?name=g${second}.csv&source=audit`,
      payload: Buffer.from('编号,内容\n1,x\n'),
      headers: { 'content-type': 'application/octet-stream' },
    },
  }),
  'PATCH /api/imports/:id': async () => {
    const { id, version } = await freshBatch();
    return {
      member: 'me_a',
      action: 'import.options',
      request: { method: 'PATCH', url: `/api/imports/${id}`, payload: { version, options: { encoding: 'utf-8' } } },
    };
  },
  ...Object.fromEntries(
    ['check', 'commit', 'cancel'].map((verb) => [
      `POST /api/imports/:id/${verb}`,
      async () => {
        const { id, version } = await freshBatch();
        return { member: 'me_a', action: `import.${verb}`, request: post(`/api/imports/${id}/${verb}`, { version }) };
      },
    ]),
  ),
  'POST /api/voices': async () => ({
    member: 'me_ag',
    action: 'voices.push',
    request: {
      ...post('/api/voices?source=audit-push', { id: `v${second}`, kind: 'complaint', text: '断网', region: 'A1x' }),
      headers: { 'idempotency-key': `k${second}` },
    },
  }),
  'POST /api/rules': async () => ({ member: 'me_p', action: 'rule.create', request: post('/api/rules', { ...RULE, id: 'audited' }) }),
  'PUT /api/rules/:id': async () => {
    const { version } = await first(sql<{ version: number }>`select version from rules where id = 'many-plan'`);
    return {
      member: 'me_p',
      action: 'rule.change',
      request: { method: 'PUT', url: '/api/rules/many-plan', payload: { ...RULE, version } },
    };
  },
  'POST /api/alarms/:id/acknowledge': async () => {
    const { id, version } = await freshAlarm();
    return { member: 'me_an', action: 'alarm.acknowledge', request: post(`/api/alarms/${id}/acknowledge`, { version, reason: '看过' }) };
  },
  'POST /api/alarms/:id/order': async () => {
    const { id } = await first(
      sql<{
        id: string;
      }>`select id from alarms a where fired_at is not null and city = 'A' and not exists (select 1 from work_orders where alarm_id = a.id) order by id limit 1`,
    );
    return { member: 'me_an', action: 'order.create', request: post(`/api/alarms/${id}/order`) };
  },
  'POST /api/orders': async () => ({
    member: 'me_a',
    action: 'order.create',
    request: post('/api/orders', {
      title: '发现',
      where: [],
      category: null,
      severity: 'notice',
      department: 'network',
      entity: { dimension: 'city', value: 'A' },
    }),
  }),
  'POST /api/orders/:id/actions': async () => {
    const { id, version } = await freshOrder();
    return { member: 'me_an', action: 'order.accept', request: post(`/api/orders/${id}/actions`, { action: 'accept', version }) };
  },
  'POST /api/orders/:id/comments': async () => ({
    member: 'me_an',
    action: 'order.comment',
    request: post(`/api/orders/${(await freshOrder()).id}/comments`, { note: '等备件' }),
  }),
  'POST /api/jobs/:id/replay': async () => {
    const { id } = await first(sql<{ id: string }>`
      update pgboss.job set state = 'failed' where id = (select id from pgboss.job where state = 'completed' and name = 'understand.read' order by id limit 1) returning id::text`);
    return { member: 'me_a', action: 'job.replay', request: post(`/api/jobs/${id}/replay`) };
  },
};
const RULE = {
  names: { zh: '多', en: 'Many' },
  dimension: 'plan',
  where: [],
  windowMinutes: 60,
  threshold: 999,
  holdMinutes: 0,
  department: 'network',
  severity: 'notice',
};

/** What is seen unmasked or leaves the house. */
const LOOKS: Readonly<Record<string, () => Promise<Recipe>>> = {
  'POST /api/exports': async () => ({ member: 'me_a', action: 'export', request: post('/api/exports', { kind: 'voices', where: [] }) }),
  'POST /api/voices/:id/reveal': async () => {
    const { id } = await first(sql<{ id: number }>`select min(id) as id from voices where city = 'A'`);
    return { member: 'me_a', action: 'voice.reveal', request: post(`/api/voices/${id}/reveal`, { reason: '客户来电' }) };
  },
  'POST /api/imports/:id/rejected/reveal': async () => {
    const { id } = await first(
      sql<{ id: string }>`select id from import_batches where member_id = 'me_a' and rejected > 0 order by id limit 1`,
    );
    return { member: 'me_a', action: 'import.rejected.reveal', request: post(`/api/imports/${id}/rejected/reveal`, { reason: '核查' }) };
  },
};

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
  return rowsOf(db, sql`${sql.join([...sums, ...others], sql` union all `)}`);
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
    expect(Object.keys(RECIPES).toSorted()).toEqual(mutations.map(nameOf).toSorted());
    expect(Object.keys(LOOKS).toSorted()).toEqual([...WATCHED].toSorted());
  });

  for (const [route, recipe] of Object.entries({ ...RECIPES, ...LOOKS })) {
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
