import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, newToken, tokenHash } from '../../src/people/passwords.client.ts';
import { addSignInLink } from '../../src/people/sessions.sql.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { timeSortedIds } from '../../src/platform/new-id.ts';
import { rowOf } from '../../src/platform/postgres/db.ts';
import { type TestProduct, testProduct, twoCities } from '../kit/product.ts';

const PASSWORD = 'a long enough password';
let product: TestProduct;

beforeAll(async () => {
  product = await testProduct({ work: false, ids: timeSortedIds(systemClock) });
  await twoCities(product.ctx);
  await sql`update members set password_hash = ${await hashPassword(PASSWORD)}`.execute(product.ctx.db);
});
afterAll(() => product[Symbol.asyncDispose]());

const signIn = (login: string, password: string, remoteAddress = '127.0.0.1') => {
  product.clock.advanceMs(1);
  const payload = { login, password };
  return product.app.inject({ method: 'POST', url: '/api/session', payload, headers: { 'x-voxloop': '1' }, remoteAddress });
};
/** Passwords that were looked at: each wrong one is written down. */
const looked = async (login: string): Promise<number> =>
  (await rowOf(
    product.ctx.db,
    sql<{ n: number }>`select count(*)::int as n from audit where action = 'sign-in-failed' and subject_id = ${login}`,
  ))!.n;

describe('guessing', () => {
  it('a thousand times at one login has ten passwords looked at, five from one address, right ones too', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 20; round++) {
      const from = `10.0.0.${round % 4}`;
      const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => signIn('city-a', `guess ${round}/${i}`, from)));
      statuses.push(...answers.map((answer) => answer.statusCode));
      if (round === 0) expect(await looked('city-a')).toBe(5);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(990);
    expect(await looked('city-a')).toBe(10);
    expect((await signIn('CITY-A', PASSWORD)).statusCode).toBe(429);
    expect((await signIn('city-b', PASSWORD)).statusCode).toBe(200);
    product.clock.advanceMs(16 * 60_000);
    expect((await signIn('city-a', PASSWORD)).statusCode).toBe(200);
  }, 60_000);

  it('every minute for an hour locks nobody out who comes from elsewhere, and a link opens the way from the same place', async () => {
    const attacker = '10.0.0.9';
    const statuses: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      statuses.push((await signIn('net-a', `guess ${minute}`, attacker)).statusCode);
      product.clock.advanceMs(60_000);
    }
    // Five of each quarter of an hour were looked at: those that were refused put nothing off.
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect((await signIn('net-a', PASSWORD)).statusCode).toBe(200);

    for (let i = 0; i < 10; i++) await signIn('super-a', `guess ${i}`);
    expect((await signIn('super-a', PASSWORD)).statusCode).toBe(429);
    const { id } = (await rowOf(product.ctx.db, sql<{ id: string }>`select id from members where login = 'super-a'`))!;
    const token = newToken();
    await addSignInLink(product.ctx.db, tokenHash(token), id, product.ctx.clock.now(), 15);
    const link = { method: 'POST', url: '/api/session/link', payload: { token }, headers: { 'x-voxloop': '1' } } as const;
    expect((await product.app.inject(link)).statusCode).toBe(200);
    expect((await signIn('super-a', PASSWORD)).statusCode).toBe(200);
  });

  it('once at each of many logins tells nothing about which of them exist', async () => {
    const logins = ['net-a', 'super-a', 'hall-a', 'agent-a', 'operator', 'nobody', 'admin', 'root', "' or 1=1 --", 'net-a '];
    const answers = await Promise.all(logins.map((login) => signIn(login, 'Spring2026!')));
    expect(new Set(answers.map((answer) => `${answer.statusCode} ${answer.body}`)).size).toBe(1);
    expect(new Set(answers.map((answer) => Object.keys(answer.headers).toSorted().join())).size).toBe(1);
  });

  it('takes as long for a login that does not exist', async () => {
    const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 9; i++) {
      for (const [kind, login] of [
        ['known', ['net-b', 'super-b', 'hall-b', 'agent-b'][i % 4] ?? ''],
        ['unknown', `nobody-${i}`],
      ] as const) {
        const began = performance.now();
        await signIn(login, 'wrong all along');
        took[kind].push(performance.now() - began);
      }
    }
    const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[4] ?? 0;
    // Without a hash to check it would be some fifty times as fast. Turn by turn, so that a busy machine slows both.
    const ratio = median(took.unknown) / median(took.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('at links finds none, and a cookie planted before signing in is never the one after', async () => {
    const made = Array.from({ length: 50 }, (_, i) => `${'A'.repeat(42)}${i % 10}`);
    for (const token of made) {
      const answer = await product.app.inject({
        method: 'POST',
        url: '/api/session/link',
        payload: { token },
        headers: { 'x-voxloop': '1' },
      });
      expect([answer.statusCode, 'set-cookie' in answer.headers]).toEqual([401, false]);
    }
    const planted = `voxloop_session=${'p'.repeat(43)}`;
    product.clock.advanceMs(16 * 60_000);
    const answer = await product.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'hall-b', password: PASSWORD },
      headers: { 'x-voxloop': '1', cookie: planted },
    });
    expect(String(answer.headers['set-cookie'])).not.toContain('ppp');
    expect((await product.app.inject({ method: 'GET', url: '/api/me', headers: { cookie: planted } })).statusCode).toBe(401);
  });
});
