import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct();
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

const change = async (member: string, method: 'POST' | 'PATCH' | 'DELETE', url: string, payload: object = {}) => {
  product.clock.advanceMs(1000);
  return product.as(member, { method, url, payload });
};

describe('a token', () => {
  const made = async (payload: object) => change('me_p', 'POST', '/api/me/tokens', { name: '抽数', days: 30, ...payload });
  const by = (token: string, method: 'GET' | 'POST', url: string, payload?: object) =>
    product.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload === undefined ? {} : { payload }) });

  it('does what it was made for and nothing else, and never touches the own account', async () => {
    const { token } = (await made({ verbs: ['numbers.read'] })).body as { token: string };
    expect((await by(token, 'GET', '/api/vocabulary')).statusCode).toBe(200);
    expect((await by(token, 'POST', '/api/voices/search', { where: [] })).statusCode).toBe(403);
    expect((await by(token, 'GET', '/api/me')).json()).toMatchObject({ verbs: ['numbers.read'] });
    for (const [url, payload] of [
      ['/api/me/password', { password: 'another long password' }],
      ['/api/me/tokens', { name: 'x', days: 1 }],
    ] as const)
      expect((await by(token, 'POST', url, payload)).statusCode).toBe(403);
    expect((await made({ verbs: ['members.write'] })).status).toBe(403);
  });

  it('outlives idle days, ends at its date, and at once when it is revoked', async () => {
    const { token } = (await made({ days: 2 })).body as { token: string };
    product.clock.advanceMs(30 * 3_600_000);
    expect((await by(token, 'GET', '/api/me')).statusCode).toBe(200);
    product.clock.advanceMs(30 * 3_600_000);
    expect((await by(token, 'GET', '/api/me')).statusCode).toBe(401);
    for (const member of ['me_p', 'me_b']) product.renew(member);
    const { token: other } = (await made({ name: '另一个' })).body as { token: string };
    const { rows } = (await product.as('me_p', { method: 'GET', url: '/api/me/sessions' })).body as {
      rows: { id: string; name: string; current: boolean }[];
    };
    expect(rows.filter((row) => row.current)).toHaveLength(1);
    const id = rows.find((row) => row.name === '另一个')?.id ?? '';
    expect((await change('me_b', 'DELETE', `/api/me/sessions/${id}`)).status).toBeGreaterThanOrEqual(400);
    expect((await change('me_p', 'DELETE', `/api/me/sessions/${id}`)).status).toBe(200);
    expect((await by(other, 'GET', '/api/me')).statusCode).toBe(401);
  });
});
