import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPLAINT, GRIEVANCE, openSource, tellCity } from '../../../test/kit/pair-cities.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import type { PairCustomer, PairProfile, PairRow, PairRunView, PairsView } from '../../model/pair-views.ts';
import { renewRuns } from './pairs.job.ts';

let product: TestProduct;

beforeAll(async () => {
  product = await testProduct();
  product.clock.set('2026-07-10T02:00:00.000Z');
  await twoCities(product.ctx);
  await openSource(product.ctx);
  await tellCity(product.ctx, 'A', 120, 0.5);
  await tellCity(product.ctx, 'B', 60, 0.9);
});
afterAll(() => product[Symbol.asyncDispose]());

const get = async <T>(member: string, url: string): Promise<T> => {
  const answer = await product.as(member, { method: 'GET', url });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  return answer.body as T;
};
const post = (member: string, url: string, payload: object = {}) => product.as(member, { method: 'POST', url, payload });
const pairsOf = (member: string): Promise<PairsView> => get(member, '/api/pairs');
const PAIR = `grievance=${GRIEVANCE}&complaint=${COMPLAINT}`;

async function computed(member: string): Promise<PairsView> {
  const answer = await post(member, '/api/pairs/runs', { window: 7 });
  if (answer.status !== 200) throw new Error(answer.text);
  const { run } = answer.body as { run: PairRunView };
  expect(run.state).toBe('queued');
  await product.settle();
  return pairsOf(member);
}

describe('pairs', () => {
  it('are none before anybody asked', async () => {
    expect(await pairsOf('me_p')).toMatchObject({ done: null, open: null, summary: null, pairs: [] });
  });

  it('are counted over the voices that the viewer may see, and no others', async () => {
    const [province, city] = [await computed('me_p'), await computed('me_a')];
    expect(province.summary).toMatchObject({
      grievances: 180,
      customers: 180,
      window_days: 7,
      recorded: 490,
      read: 0,
    });
    expect(city.summary).toMatchObject({ grievances: 120, customers: 120 });
    expect([province.done?.run, city.done?.run]).toEqual([1, 1]);
    const [whole, own] = [province, city].map(({ pairs }) => pairs.find((row) => row.segment === null)!);
    expect(own).toMatchObject({ grievance: GRIEVANCE, complaint: COMPLAINT, significant: true });
    expect(own!.grievances).toBe(120);
    expect(whole!.grievances).toBe(180);
    expect(own!.ratio).toBeGreaterThan(5);
    expect(own!.excess_per_1000).toBeCloseTo((1000 * own!.complaints * (1 - 1 / own!.ratio)) / 120, 6);
  });

  it('belong to a scope: who sees other voices is told of no such run', async () => {
    expect((await pairsOf('me_b')).done).toBeNull();
    expect((await product.as('me_b', { method: 'GET', url: '/api/pairs/runs/1' })).status).toBe(404);
    expect((await product.as('me_b', { method: 'GET', url: `/api/pairs/runs/1/customers?${PAIR}` })).status).toBe(404);
    expect((await post('me_b', '/api/pairs/runs/1/cancel')).status).toBe(404);
    expect((await pairsOf('me_an')).done?.run).toBe(1);
  });

  it('open the very customers and complaints that were counted', async () => {
    const row = (await pairsOf('me_a')).pairs.find(({ segment }) => segment === null)!;
    type Behind = { readonly rows: readonly PairCustomer[]; readonly customers: number; readonly complaints: number };
    const found = await get<Behind>('me_a', `/api/pairs/runs/1/customers?${PAIR}&limit=200`);
    expect(found).toMatchObject({ customers: row.customers, complaints: row.complaints });
    expect(found.rows).toHaveLength(row.customers);
    expect(found.rows.every(({ customer }) => customer.startsWith('CA'))).toBe(true);
    for (const { grievances, complaints } of found.rows) {
      expect(complaints.length).toBeGreaterThan(0);
      for (const { said_at: at } of complaints)
        expect(
          grievances.some((g) => Date.parse(at) >= Date.parse(g.said_at) && Date.parse(at) < Date.parse(g.said_at) + 7 * 86_400_000),
        ).toBe(true);
    }
    const ids = found.rows.flatMap(({ complaints }) => complaints.map(({ id }) => String(id)));
    await product.settle();
    const opened = await post('me_a', '/api/voices/search', { where: [{ field: 'id', in: ids.slice(0, 20) }], limit: 1 });
    expect(opened.status).toBe(200);
  });

  it('are looked at closely: by lag, by month, with a dead time, and everywhere', async () => {
    const look = await get<{ profile: PairProfile; everywhere: readonly PairRow[] }>('me_p', `/api/pairs/runs/1/look?${PAIR}`);
    expect(look.profile.lags.map(({ from }) => from)).toEqual(Array.from({ length: 21 }, (_, i) => i - 7));
    const most = look.profile.lags.toSorted((a, b) => b.complaints - a.complaints)[0];
    expect(most?.from).toBe(3);
    expect(look.profile.months.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']);
    expect(look.everywhere[0]).toMatchObject({ segment: null, significant: true });
  });

  it('open the complaints of every lag within the window and of every month: as many as the dot says, and no others', async () => {
    for (const member of ['me_p', 'me_a']) {
      const { profile } = await get<{ profile: PairProfile }>(member, `/api/pairs/runs/1/look?${PAIR}`);
      const open = (mark: string): Promise<{ readonly count: number }> =>
        get(member, `/api/pairs/runs/1/complaints?${PAIR}&limit=200&${mark}`);
      const inside = profile.lags.filter(({ from, before }) => from >= 0 && before <= 7);
      expect(inside.reduce((sum, { complaints }) => sum + complaints, 0)).toBeGreaterThan(0);
      for (const { from, before, complaints } of inside) expect((await open(`from=${from}&before=${before}`)).count).toBe(complaints);
      for (const { month, complaints } of profile.months) expect((await open(`month=${month}`)).count).toBe(complaints);
    }
    const opened = (member: string, mark: string) =>
      product.as(member, { method: 'GET', url: `/api/pairs/runs/1/complaints?${PAIR}&${mark}` }).then(({ status }) => status);
    expect(await opened('me_b', 'month=2026-03')).toBe(404);
    expect(
      await Promise.all(['', 'from=3', 'from=4&before=3', 'month=2026-03&from=1&before=2'].map((mark) => opened('me_a', mark))),
    ).toEqual([422, 422, 422, 422]);
  });

  it('say what is wrong with a question', async () => {
    expect((await post('me_a', '/api/pairs/runs', { window: 8 })).status).toBe(422);
    expect((await product.as('me_a', { method: 'GET', url: '/api/pairs/runs/2147483648' })).status).toBe(422);
    expect((await product.as('me_a', { method: 'GET', url: `/api/pairs/runs/1/look?grievance=x&complaint=y` })).status).toBe(404);
    expect((await post('me_a', '/api/pairs/runs/1/cancel')).body).toMatchObject({ code: 'state-wrong' });
  });

  it('are asked for once at a time, and leave a trace', async () => {
    const asked = await Promise.all([1, 2].map(() => post('me_a', '/api/pairs/runs', { window: 30 })));
    const runs = asked.map(({ body }) => (body as { run: PairRunView }).run.run);
    expect(new Set(runs).size).toBe(1);
    await product.settle();
    const audited = await sql<{
      n: number;
    }>`select count(*) as n from audit where action = 'pairs.run' and detail ->> 'window_days' = '30'`.execute(product.ctx.db);
    expect(audited.rows[0]?.n).toBe(1);
  });

  it('are asked for anew where the job of a run is dead, and such a run can be cancelled', async () => {
    const { db } = product.ctx;
    const dead = async (state: string, no: number): Promise<void> => {
      await sql`insert into pair_runs (scope, no, window_days, state, asked_at)
        values ('{"kind":"city","city":"A"}', ${no}::integer, 14, ${state}, '2026-02-01T00:00:00Z')`.execute(db);
    };
    const seen = async (no: number) => (await get<{ run: PairRunView }>('me_a', `/api/pairs/runs/${no}`)).run;
    await dead('running', 90);
    const asked = (await post('me_a', '/api/pairs/runs', { window: 14 })).body as { run: PairRunView };
    expect(asked.run).toMatchObject({ run: 91, state: 'queued' });
    expect(await seen(90)).toMatchObject({ state: 'failed', error: expect.stringContaining('ended each time') });
    await product.settle();
    expect(await seen(91)).toMatchObject({ state: 'done' });

    await dead('queued', 92);
    expect((await post('me_a', '/api/pairs/runs/92/cancel')).body).toMatchObject({ run: { state: 'cancelled' } });
    await sql`delete from pair_runs where window_days = 14`.execute(db);
  });

  it('are made anew at night for whom asked lately, and not by day', async () => {
    const { clock, ctx } = product;
    clock.set('2026-07-20T06:00:00.000Z');
    expect(await renewRuns(ctx)).toBe(0);
    clock.set('2026-07-20T19:00:00.000Z');
    // One that nobody computes any more keeps no night from making the province's anew.
    await sql`insert into pair_runs (scope, no, window_days, state, asked_at) values ('{"kind":"all"}', 99, 7, 'running', '2026-02-01T00:00:00Z')`.execute(
      ctx.db,
    );
    expect(await renewRuns(ctx)).toBe(3);
    await product.settle();
    product.renew('me_a');
    expect((await pairsOf('me_a')).done?.run).toBe(3);
    expect(await renewRuns(ctx)).toBe(0);
  });
});
