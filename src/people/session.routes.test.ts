import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { rowOf } from '../platform/postgres/db.ts';
import { hashPassword, newToken, tokenHash } from './passwords.client.ts';
import { addSignInLink } from './sessions.sql.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx);
  const hash = await hashPassword('a long enough password');
  expect(hash).toMatch(/^\$argon2id\$/);
  await sql`update members set password_hash = ${hash} where id in ('me_a', 'me_b')`.execute(product.ctx.db);
});
afterAll(() => product[Symbol.asyncDispose]());

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  product.app.inject({ method: 'POST', url, payload, headers: { 'x-voxloop': '1', ...headers } });
const signIn = (login: string, password: string) => {
  // Keyed ids: two audit rows of one member and one instant would be one.
  product.clock.advanceMs(1000);
  return post('/api/session', { login, password });
};
const cookieOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie']).split(';')[0] ?? '';
const me = (cookie: string) => product.app.inject({ method: 'GET', url: '/api/me', headers: { cookie } });

describe('signing in', () => {
  it('gives a new session in a cookie that scripts and other sites cannot use', async () => {
    const planted = 'voxloop_session=planted-by-somebody';
    const answer = await post('/api/session', { login: 'city-a', password: 'a long enough password' }, { cookie: planted });
    expect(answer.statusCode).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookieOf(answer)).not.toBe(planted);
    expect((await me(cookieOf(answer))).json()).toMatchObject({ member: 'me_a', scope: 'city' });
    expect((await me(planted)).statusCode).toBe(401);
  });

  it('answers an unknown login and a wrong password alike', async () => {
    const unknown = await signIn('nobody', 'whatever it is');
    const wrong = await signIn('city-b', 'whatever it is');
    expect([unknown.statusCode, unknown.body]).toEqual([wrong.statusCode, wrong.body]);
    expect(wrong.json()).toMatchObject({ code: 'sign-in-failed' });
  });

  it('has no default password: a member without one cannot sign in with any', async () => {
    for (const password of ['', 'admin', 'password', 'operator']) expect((await signIn('operator', password)).statusCode).not.toBe(200);
  });

  it('looks at no more than ten passwords of one login in a quarter of an hour, right or wrong', async () => {
    for (let i = 0; i < 10; i++) await signIn('net-b', `guess ${i}`);
    const throttled = await signIn('net-b', 'a long enough password');
    expect(throttled.statusCode).toBe(429);
    expect(throttled.headers['retry-after']).toBe('900');
    product.clock.advanceMs(16 * 60_000);
    expect((await signIn('net-b', 'wrong')).statusCode).toBe(401);
  });

  it('takes a link once, and not after its time', async () => {
    const { ctx } = product;
    const token = newToken();
    await addSignInLink(ctx.db, tokenHash(token), 'me_p', ctx.clock.now(), 15);
    expect((await post('/api/session/link', { token })).statusCode).toBe(200);
    expect((await post('/api/session/link', { token })).json()).toMatchObject({ code: 'link-unusable' });
    const late = newToken();
    await addSignInLink(ctx.db, tokenHash(late), 'me_p', ctx.clock.now(), 15);
    product.clock.advanceMs(16 * 60_000);
    expect((await post('/api/session/link', { token: late })).statusCode).toBe(401);
  });

  it('stores neither tokens nor passwords', async () => {
    const cookie = cookieOf(await signIn('city-a', 'a long enough password'));
    const token = cookie.split('=')[1] ?? '';
    const row = await rowOf(
      product.ctx.db,
      sql<{ n: number }>`select count(*) as n from sessions where encode(token_hash, 'escape') like ${`%${token}%`}`,
    );
    expect(row?.n).toBe(0);
  });
});

describe('a session', () => {
  it('ends at sign-out, when idle, and when the member is disabled', async () => {
    const fresh = async (): Promise<string> => cookieOf(await signIn('city-a', 'a long enough password'));
    const out = await fresh();
    await product.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie: out, 'x-voxloop': '1' } });
    expect((await me(out)).statusCode).toBe(401);
    const idle = await fresh();
    product.clock.advanceMs(9 * 3_600_000);
    expect((await me(idle)).statusCode).toBe(401);
    const disabled = await fresh();
    await sql`update members set disabled_at = now() where id = 'me_a'`.execute(product.ctx.db);
    expect((await me(disabled)).statusCode).toBe(401);
    await sql`update members set disabled_at = null where id = 'me_a'`.execute(product.ctx.db);
  });

  it('ends elsewhere when the password changes, and only the old password changes it', async () => {
    const one = cookieOf(await signIn('city-b', 'a long enough password'));
    const two = cookieOf(await signIn('city-b', 'a long enough password'));
    const wrong = await post('/api/me/password', { current: 'wrong', password: 'another long password' }, { cookie: one });
    expect([wrong.statusCode, wrong.json().problems[0].code]).toEqual([422, 'password-wrong']);
    const plain = await post('/api/me/password', { current: 'a long enough password', password: 'aaaaaaaaaa' }, { cookie: one });
    expect([plain.statusCode, plain.json().problems[0].code]).toEqual([422, 'password-too-plain']);
    const short = await post('/api/me/password', { current: 'a long enough password', password: 'nine-char' }, { cookie: one });
    expect(short.statusCode).toBe(422);
    product.clock.advanceMs(1000);
    const changed = await post(
      '/api/me/password',
      { current: 'a long enough password', password: 'another long password' },
      { cookie: one },
    );
    expect(changed.statusCode).toBe(200);
    expect((await me(two)).statusCode).toBe(401);
    expect((await me(cookieOf(changed))).statusCode).toBe(200);
  });
});

describe('a request that changes something', () => {
  it('is refused when another site sent it', async () => {
    const cookie = cookieOf(await signIn('city-a', 'a long enough password'));
    const change = (headers: Record<string, string>) =>
      product.app.inject({
        method: 'PATCH',
        url: '/api/me',
        payload: { locale: 'en' },
        headers: { cookie, host: 'voxloop.test', ...headers },
      });
    expect((await change({})).json()).toMatchObject({ code: 'cross-site' });
    expect((await change({ 'x-voxloop': '1', origin: 'https://evil.test' })).statusCode).toBe(403);
    expect((await change({ 'x-voxloop': '1', 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await change({ 'x-voxloop': '1', origin: 'http://voxloop.test', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });

  it('hears of every mistake of every part at once', async () => {
    const answer = await product.as('me_p', {
      method: 'POST',
      url: '/api/voices?source=&nonsense=1',
      payload: { kind: 'whisper', text: '', surprise: 1 },
    });
    expect(answer.status).toBe(422);
    const columns = (answer.body as { problems: { column: string }[] }).problems.map((p) => p.column).toSorted();
    expect(columns).toEqual(['body.kind', 'body.surprise', 'body.text', 'headers.idempotency-key', 'query.nonsense', 'query.source']);
  });
});

describe('the security administrator', () => {
  it('grants roles to others within sight, never to the own account, and the change is audited', async () => {
    const change = (id: string, payload: object) => product.as('me_a', { method: 'PATCH', url: `/api/members/${id}`, payload });
    expect((await change('me_ah', { version: 1, roles: ['quality'] })).status).toBe(200);
    expect((await change('me_ah', { version: 1, roles: ['agent'] })).body).toMatchObject({ code: 'stale-version' });
    expect((await change('me_a', { version: 1, roles: ['audit-admin'] })).status).toBe(403);
    expect((await change('me_bh', { version: 1, roles: ['agent'] })).status).toBe(404);
    const row = await rowOf(
      product.ctx.db,
      sql<{ n: number }>`select count(*) as n from audit where action = 'member.change' and subject_id = 'me_ah'`,
    );
    expect(row?.n).toBe(1);
  });
});
