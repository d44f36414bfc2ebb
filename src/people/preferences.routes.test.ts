import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';
import { PREFERENCES, type SavedView } from '../model/preferences.ts';
import { changedPreferences } from './preferences.ts';

let product: TestProduct;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx);
});
afterAll(() => product[Symbol.asyncDispose]());

const put = (member: string, payload: object) => product.as(member, { method: 'PUT', url: '/api/me/preferences', payload });
const keep = async (member: string, draft: object): Promise<{ status: number; view: SavedView }> => {
  product.clock.advanceMs(1000);
  const answer = await product.as(member, {
    method: 'POST',
    url: '/api/views',
    payload: { page: 'voices', name: '断网', query: 'f=city:A', audience: 'private', ...draft },
  });
  return { status: answer.status, view: (answer.body as { view: SavedView }).view };
};
const seenBy = async (member: string): Promise<readonly string[]> =>
  ((await product.as(member, { method: 'GET', url: '/api/views?page=voices' })).body as { rows: readonly SavedView[] }).rows.map(
    (row) => row.name,
  );

describe('preferences', () => {
  it('follow the member, change only what is given, and are nobody else’s', async () => {
    await put('me_a', {
      tables: {
        orders: {
          columns: [
            { name: 'due', width: 180 },
            { name: 'state', hidden: true },
          ],
        },
      },
    });
    product.clock.advanceMs(1000);
    const answer = await put('me_a', { density: 'compact', shortcuts: false });
    expect(answer.body).toEqual({
      ...PREFERENCES,
      density: 'compact',
      shortcuts: false,
      tables: {
        orders: {
          columns: [
            { name: 'due', width: 180 },
            { name: 'state', hidden: true },
          ],
        },
      },
    });
    expect((await product.as('me_a', { method: 'GET', url: '/api/me/preferences' })).body).toEqual(answer.body);
    expect((await product.as('me_b', { method: 'GET', url: '/api/me/preferences' })).body).toEqual(PREFERENCES);
  });

  it('refuse what no screen could mean', async () => {
    for (const wrong of [
      { density: 'huge' },
      { page_size: 100_000 },
      { tables: { 'constructor.__proto__': { columns: [] } } },
      { tables: { orders: { columns: [{ name: 'due', width: 9 }] } } },
      { shortcuts: 'no' },
    ])
      expect([wrong, (await put('me_a', wrong)).status]).toEqual([wrong, 422]);
  });

  it('forget a table’s look and a page’s view when told null, and the oldest when there are too many', () => {
    const one = changedPreferences(PREFERENCES, { tables: { orders: { columns: [] } }, defaults: { voices: 'vw_1' } });
    expect(changedPreferences(one, { tables: { orders: null }, defaults: { voices: null } })).toEqual(PREFERENCES);
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`t${i}`, { columns: [] }]));
    expect(Object.keys(changedPreferences(one, { tables: many }).tables)).toHaveLength(100);
  });
});

describe('saved views', () => {
  it('are seen by their owner, the owner’s unit, or the owner’s city and the province', async () => {
    await keep('me_a', { name: '自己的' });
    await keep('me_a', { name: '单位的', audience: 'team' });
    await keep('me_a', { name: '公开的', audience: 'public' });
    await keep('me_p', { name: '全省的', audience: 'public' });
    expect(await seenBy('me_a')).toEqual(expect.arrayContaining(['自己的', '单位的', '公开的', '全省的']));
    expect(await seenBy('me_an')).toEqual(['全省的', '公开的'].toSorted());
    expect(await seenBy('me_b')).toEqual(['全省的']);
    expect(await seenBy('me_p')).toEqual(['全省的', '公开的']);
  });

  it('are changed by their owner alone, over the version that was seen', async () => {
    const { view } = await keep('me_a', { name: '共用', audience: 'public' });
    const change = (member: string, payload: object) =>
      product.as(member, {
        method: 'PUT',
        url: `/api/views/${view.id}`,
        payload: { name: '改', query: '', audience: 'public', ...payload },
      });
    expect((await change('me_an', { version: 1 })).status).toBe(403);
    expect((await change('me_b', { version: 1 })).status).toBe(404);
    expect((await change('me_a', {})).status).toBe(428);
    product.clock.advanceMs(1000);
    expect((await change('me_a', { version: 1 })).status).toBe(200);
    expect((await change('me_a', { version: 1 })).status).toBe(409);
    expect((await product.as('me_an', { method: 'DELETE', url: `/api/views/${view.id}` })).status).toBe(403);
    product.clock.advanceMs(1000);
    expect((await product.as('me_a', { method: 'DELETE', url: `/api/views/${view.id}` })).status).toBe(200);
  });

  it('are not published by who sees only a unit', async () => {
    expect((await keep('me_ah', { audience: 'public' })).status).toBe(403);
    expect((await keep('me_ah', { audience: 'team' })).status).toBe(200);
  });
});
