import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { fsck } from '../app/fsck.ts';
import { scopeOf } from '../model/scope.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { viewerOf } from './members.sql.ts';
import { newToken, tokenHash } from './passwords.client.ts';
import { VOICE_SCOPE, scopeSql } from './scope.sql.ts';
import { openSession } from './sessions.sql.ts';
import { type Placed, whySeen } from './why-seen.ts';
import { settlePathsJob } from './settle-paths.job.ts';

let product: TestProduct;
let base: string;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
  const { db } = product.ctx;
  for (const role of ['system-admin', 'security-admin', 'audit-admin']) {
    await sql`
      insert into members (id, login, name, unit_id, roles, scope, password_hash)
      values (${`me_${role}`}, ${role}, ${role}, 'ou_p', ${[role]}::text[], 'province', 'x')`.execute(db);
  }
  base = await product.app.listen({ host: '127.0.0.1', port: 0 });
  await voices();
});
afterAll(() => product[Symbol.asyncDispose]());

const SECURITY = 'me_security-admin';
const change = async (member: string, method: 'POST' | 'PATCH' | 'DELETE', url: string, payload: object = {}) => {
  product.clock.advanceMs(1000);
  return product.as(member, { method, url, payload });
};
const codesOf = (answer: { body: unknown }): readonly string[] =>
  (answer.body as { problems?: readonly { code: string }[] }).problems?.map((problem) => problem.code) ?? [];
const versionOf = async (id: string): Promise<number> =>
  (await rowOf(product.ctx.db, sql<{ version: number }>`select version from members where id = ${id}`))?.version ?? 0;
const lastAudit = async () =>
  rowOf(
    product.ctx.db,
    sql<{
      action: string;
      detail: { before?: object; after?: object };
    }>`select action, detail from audit order by at desc, id desc limit 1`,
  );

/** Ten voices of each city, some handled by the hall, some by its agent, and two that nobody can place. */
async function voices(): Promise<void> {
  const push = (member: string, voice: object, key: string) =>
    product.as(member, {
      method: 'POST',
      url: '/api/voices?source=members',
      payload: { kind: 'complaint', text: '断网', ...voice },
      headers: { 'idempotency-key': key },
    });
  for (const c of ['a', 'b']) {
    const up = c.toUpperCase();
    for (let i = 0; i < 10; i++) {
      const by = i < 4 ? { unit: `ou_${c}1h`, agent: `${up}-007` } : i < 7 ? { unit: `ou_${c}1h` } : {};
      await push('me_p', { id: `${c}${i}`, region: i % 2 === 0 ? `${up}1x` : up, ...by }, `${c}${i}`);
    }
  }
  for (const i of [1, 2]) await push('me_p', { id: `n${i}` }, `n${i}`);
  await product.settle();
}

/** What a reader of the stream gets until it ends; fails when it is still open after two seconds. */
async function streamOf(member: string): Promise<{ ended(): Promise<number> }> {
  const token = newToken();
  await openSession(product.ctx.db, tokenHash(token), member, product.ctx.clock.now());
  const answer = await fetch(`${base}/api/events`, { headers: { cookie: `voxloop_session=${token}` } });
  const reader = answer.body!.getReader();
  await reader.read();
  return {
    ended: async () => {
      const began = performance.now();
      for (;;) {
        const part = await Promise.race([reader.read(), new Promise<null>((resolve) => setTimeout(resolve, 3000, null))]);
        if (part === null) throw new Error('the stream is still open');
        if (part.done) return performance.now() - began;
      }
    },
  };
}

describe('the three administrators', () => {
  it('are three: neither together nor beside other work, and the role comes only after the member holds the only key', async () => {
    const invited = await change(SECURITY, 'POST', '/api/members', {
      login: 'zhou',
      name: '周',
      unit: 'ou_p',
      roles: ['agent'],
      scope: 'own',
    });
    const id = (invited.body as { id: string }).id;
    const roles = async (wanted: readonly string[]) =>
      change(SECURITY, 'PATCH', `/api/members/${id}`, { version: await versionOf(id), roles: wanted });
    expect(codesOf(await roles(['audit-admin', 'security-admin']))).toEqual(['roles-apart']);
    expect(codesOf(await roles(['audit-admin', 'analyst']))).toEqual(['roles-apart']);
    expect(codesOf(await roles(['audit-admin']))).toEqual(['administrator-first-signs-in']);
    await sql`update members set password_hash = 'own' where id = ${id}`.execute(product.ctx.db);
    expect((await roles(['audit-admin'])).status).toBe(200);
    const left = await rowsOf(product.ctx.db, sql`select 1 from sign_in_links where member_id = ${id} and used_at is null`);
    expect(left, 'the link of the invitation no longer opens the office').toEqual([]);
    const reset = await change(SECURITY, 'POST', `/api/members/${id}/reset`, { version: await versionOf(id) });
    expect(codesOf(reset)).toEqual(['administrator-link']);
    expect(
      codesOf(
        await change(SECURITY, 'POST', '/api/members', { login: 'li', name: '李', unit: 'ou_p', roles: ['audit-admin'], scope: 'own' }),
      ),
    ).toEqual(['administrator-first-signs-in']);
  });

  it('cannot be removed down to none, and do not change themselves', async () => {
    const last = await change(SECURITY, 'PATCH', '/api/members/me_system-admin', { version: 1, roles: ['agent'] });
    // City A and B have a system administrator each, so the province's own may go; with those gone it may not.
    expect(last.status).toBe(200);
    await sql`update members set roles = '{system-admin}', version = 1 where id = 'me_system-admin'`.execute(product.ctx.db);
    await sql`update members set roles = '{analyst}' where id in ('me_a', 'me_b')`.execute(product.ctx.db);
    for (const payload of [{ roles: ['agent'] }, { disabled: true }]) {
      expect(codesOf(await change(SECURITY, 'PATCH', '/api/members/me_system-admin', { version: 1, ...payload }))).toEqual([
        'last-administrator',
      ]);
    }
    await sql`update members set roles = '{analyst,system-admin,security-admin}' where id in ('me_a', 'me_b')`.execute(product.ctx.db);
    for (const payload of [{ roles: ['analyst'] }, { scope: 'city' }, { disabled: true }, { unit: 'ou_a' }])
      expect((await change(SECURITY, 'PATCH', `/api/members/${SECURITY}`, { version: 1, ...payload })).status).toBe(403);
    expect((await change(SECURITY, 'PATCH', `/api/members/${SECURITY}`, { version: 1, name: '安全员' })).status).toBe(200);
  });

  it('of a city neither give more than they see nor touch who sees further', async () => {
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me_wide', 'wide', '宽', 'ou_a', '{analyst}', 'province')`.execute(
      product.ctx.db,
    );
    expect((await change('me_a', 'PATCH', '/api/members/me_wide', { version: 1, disabled: true })).status).toBe(403);
    expect((await change('me_a', 'PATCH', '/api/members/me_ah', { version: 1, scope: 'province' })).status).toBe(403);
    expect((await change('me_a', 'PATCH', '/api/members/me_ah', { version: 1, staff_no: 'B-008' })).status).toBe(403);
    expect((await change('me_a', 'PATCH', '/api/members/me_bh', { version: 1, name: 'x' })).status).toBe(404);
  });
});

describe('a change of a member', () => {
  it('names the version it saw and is written down with before and after', async () => {
    const version = await versionOf('me_ah');
    const done = await change('me_a', 'PATCH', '/api/members/me_ah', { version, roles: ['quality'], name: '厅长' });
    expect(done.status).toBe(200);
    expect(await lastAudit()).toMatchObject({
      action: 'member.change',
      detail: { before: { roles: ['supervisor'], name: 'A厅长' }, after: { roles: ['quality'], name: '厅长' } },
    });
    expect((await change('me_a', 'PATCH', '/api/members/me_ah', { version, roles: ['agent'] })).body).toMatchObject({
      code: 'stale-version',
    });
  });

  it.each<[string, (version: number) => object]>([
    ['roles', (version) => ({ version, roles: ['quality'] })],
    ['scope', (version) => ({ version, scope: 'unit' })],
    ['disabled', (version) => ({ version, disabled: true })],
  ])('of %s ends the member’s sessions and open streams within a second', async (_name, payload) => {
    const stream = await streamOf('me_a1');
    const before = await product.as('me_a1', { method: 'GET', url: '/api/me' });
    expect(before.status).toBe(200);
    expect((await change('me_a', 'PATCH', '/api/members/me_a1', payload(await versionOf('me_a1')))).status).toBe(200);
    expect(await stream.ended()).toBeLessThan(1000);
    expect((await product.as('me_a1', { method: 'GET', url: '/api/me' })).status).toBe(401);
    await sql`update members set disabled_at = null where id = 'me_a1'`.execute(product.ctx.db);
    product.renew('me_a1');
  });

  it('by reset takes the password and gives a link that works once', async () => {
    await sql`update members set password_hash = 'old' where id = 'me_bh'`.execute(product.ctx.db);
    const stream = await streamOf('me_bh');
    const reset = await change(SECURITY, 'POST', '/api/members/me_bh/reset', { version: await versionOf('me_bh') });
    expect(reset.status, reset.text).toBe(200);
    const { link } = reset.body as { link: { path: string } };
    expect(await stream.ended()).toBeLessThan(1000);
    const token = new URL(link.path, base).searchParams.get('token');
    const enter = () => product.app.inject({ method: 'POST', url: '/api/session/link', payload: { token }, headers: { 'x-voxloop': '1' } });
    expect([(await enter()).statusCode, (await enter()).statusCode]).toEqual([200, 401]);
    expect(JSON.stringify(await lastAudit())).not.toContain(token);
  });

  it('by name alone leaves the sessions alone', async () => {
    expect((await product.as('me_bg', { method: 'GET', url: '/api/me' })).status).toBe(200);
    await change(SECURITY, 'PATCH', '/api/members/me_bg', { version: await versionOf('me_bg'), name: '坐席乙' });
    expect((await product.as('me_bg', { method: 'GET', url: '/api/me' })).status).toBe(200);
  });
});

describe('what a scope shows', () => {
  it('is counted and exemplified by the condition that filters every read', async () => {
    for (const [member, seen] of [
      ['me_p', 22],
      ['me_a', 10],
      ['me_b1', 8],
      ['me_bn', 10],
      ['me_bg', 4],
    ] as const) {
      const { body } = await product.as(SECURITY, { method: 'GET', url: `/api/members/${member}/sees` });
      const sees = body as {
        seen: { voices: number };
        hidden: { voices: number };
        examples: { seen: boolean; id: number; why: { zh: string } }[];
      };
      expect([member, sees.seen.voices, sees.seen.voices + sees.hidden.voices]).toEqual([member, seen, 22]);
      for (const example of sees.examples) {
        const payload = { where: [{ field: 'id', in: [String(example.id)] }] };
        const found = await product.as(member, { method: 'POST', url: '/api/voices/search', payload });
        expect([member, example.why.zh, found.body]).toMatchObject([member, example.why.zh, { count: example.seen ? 1 : 0 }]);
      }
    }
  });

  it('is counted over the days of the calendar, as the list of voices counts them', async () => {
    const { db, clock, config } = product.ctx;
    const { id, said_at } = (await rowOf(db, sql<{ id: number; said_at: string }>`select id, said_at from voices order by id limit 1`))!;
    const day = sql`date_trunc('day', ${clock.now()}::timestamptz at time zone ${config.timeZone})`;
    for (const [minutes, seen] of [
      [-1, 21],
      [0, 22],
    ] as const) {
      await sql`update voices set said_at = (${day} - interval '29 days') at time zone ${config.timeZone} + make_interval(mins => ${minutes})
        where id = ${id}`.execute(db);
      const { body } = await product.as('me_p', { method: 'GET', url: '/api/me/sees' });
      expect([minutes, body]).toMatchObject([minutes, { seen: { voices: seen } }]);
    }
    await sql`update voices set said_at = ${said_at} where id = ${id}`.execute(db);
  });

  it('tells a viewer nothing about voices outside his own', async () => {
    const { body } = await product.as('me_a', { method: 'GET', url: '/api/members/me_wide/sees' });
    expect(body).toMatchObject({ beyond: true, seen: { voices: 10 }, hidden: { voices: 0 } });
    expect(JSON.stringify(body)).not.toMatch(/"B1?"/);
    expect((await product.as('me_a', { method: 'GET', url: '/api/members/me_b/sees' })).status).toBe(404);
  });

  it('is explained by the same decision that the SQL makes, for every voice and every member', async () => {
    const { db } = product.ctx;
    for (const { id } of await rowsOf(db, sql<{ id: string }>`select id from members`)) {
      const viewer = await viewerOf(db, id);
      if (viewer === undefined) continue;
      const rows = await rowsOf(
        db,
        sql<Placed & { seen: boolean }>`
          select v.city, v.district, v.unit_id, v.unit_path, v.agent, (${scopeSql(scopeOf(viewer), VOICE_SCOPE)}) is true as seen from voices v`,
      );
      expect(rows.map((row) => whySeen(scopeOf(viewer), row).seen)).toEqual(rows.map((row) => row.seen));
    }
  });
});

describe('a unit', () => {
  it('moves with its voices, orders and people; those who watch gain and lose what was said before', async () => {
    const { db } = product.ctx;
    await sql`insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, city, district, arms, metrics, window_days, created_at)
      select 'ex', 'assigned', 'e', 's', 'draft', id, path, city, district, '[]', '[]', 1, now() from org_units where id = 'ou_b1h'`.execute(
      db,
    );
    const { body: said } = await product.as(SECURITY, { method: 'GET', url: '/api/units/ou_b1h/move?to=ou_bn' });
    expect(said).toMatchObject({ units: 1, members: 2, voices: 7, lose: ['B班长'], gain: [], problems: [] });
    expect((await change(SECURITY, 'POST', '/api/units/ou_b1h/move', { version: 1, to: 'ou_a' })).status).toBe(409);
    expect((await change(SECURITY, 'POST', '/api/units/ou_b1h/move', { version: 1, to: 'ou_bn' })).status).toBe(200);
    expect(await lastAudit()).toMatchObject({
      action: 'unit.move',
      detail: { before: { parent: 'B一区分局' }, after: { parent: 'B网运部' } },
    });
    await product.settle();
    const [row] = await rowsOf(
      db,
      sql<{ path: string; district: string | null }>`select path, district from org_units where id = 'ou_b1h'`,
    );
    expect(row).toEqual({ path: '/ou_p/ou_b/ou_bn/ou_b1h/', district: null });
    const moved = await product.ctx.warehouse.select(
      `select count(*) as n from voice_rows where unit_path = '/ou_p/ou_b/ou_bn/ou_b1h/'`,
      [],
    );
    expect(moved[0]?.['n']).toBe(7);
    const check = await fsck(product.ctx);
    expect(check.checks.filter((one) => !one.ok)).toEqual([]);
    await sql`update voices set unit_path = '/ou_p/ou_b/ou_b1/ou_b1h/' where unit_id = 'ou_b1h'`.execute(db);
    await settlePathsJob.run(product.ctx, { since: product.ctx.clock.now() }, new AbortController().signal);
    await product.settle();
    expect((await fsck(product.ctx)).checks.filter((one) => !one.ok)).toEqual([]);
    expect(await rowsOf(db, sql`select unit_path from experiments`)).toEqual([{ unit_path: '/ou_p/ou_b/ou_bn/ou_b1h/' }]);
    expect((await change(SECURITY, 'POST', '/api/units/ou_b1h/move', { version: 1, to: 'ou_b1' })).body).toMatchObject({
      code: 'stale-version',
    });
  });

  it('is retired only when nobody and nothing depends on it', async () => {
    expect(codesOf(await change(SECURITY, 'POST', '/api/units/ou_a1/retire', { version: 1 })).toSorted()).toEqual([
      'unit-has-members',
      'unit-has-units',
    ]);
    const { body } = await change(SECURITY, 'POST', '/api/units', { parent: 'ou_a1', level: 'unit', name: '新班', name_en: 'New team' });
    const id = (body as { id: string }).id;
    expect((await change(SECURITY, 'POST', `/api/units/${id}/retire`, { version: 1 })).status).toBe(200);
    expect(codesOf(await change(SECURITY, 'POST', '/api/units', { parent: id, level: 'unit', name: '下级', name_en: 'Below' }))).toContain(
      'unit-retired',
    );
    expect(codesOf(await change(SECURITY, 'PATCH', '/api/members/me_ag', { version: await versionOf('me_ag'), unit: id }))).toEqual([
      'unit-retired',
    ]);
  });
});

describe('the audit', () => {
  it('is narrowed by member, action, thing, period and words, and says what stands out', async () => {
    const get = async (query: string) =>
      (await product.as('me_audit-admin', { method: 'GET', url: `/api/audit?${query}` })).body as {
        rows: readonly { action: string; member: { id: string } | null }[];
        summary: { count: number; notable: { granted: { rows: number } } };
      };
    const all = await get('limit=200');
    expect(all.summary.count).toBe(all.rows.length);
    expect(all.summary.notable.granted.rows).toBeGreaterThan(5);
    const granted = await get('action=granted&limit=200');
    expect(granted.rows.length).toBe(all.summary.notable.granted.rows);
    const moved = await get('action=unit.move');
    expect(moved.rows.map((row) => row.action)).toEqual(['unit.move']);
    expect((await get(`member=${SECURITY}&limit=200`)).rows.every((row) => row.member?.id === SECURITY)).toBe(true);
    expect((await get(`text=${encodeURIComponent('B网运部')}`)).rows.map((row) => row.action)).toEqual(['unit.move']);
    expect((await get(`text=${encodeURIComponent("%' or 1=1 --")}`)).rows).toEqual([]);
    expect((await get(`from=${encodeURIComponent('2100-01-01T00:00:00Z')}`)).rows).toEqual([]);
    expect((await product.as(SECURITY, { method: 'GET', url: '/api/audit' })).status).toBe(403);
  });
});
