import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPLAINT, GRIEVANCE, openSource, tellCity } from '../../../test/kit/pair-cities.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import type { PairCustomer, PairProfile, PairRow, PairRunView, PairsView } from '../../model/pair-views.ts';
import { TEMPERAMENT_IDS } from '../../model/segment.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import { renewRuns } from './pairs.job.ts';

const MEMBERS = ['me_p', 'me_a'] as const;
const AS_OF = '2026-06-30T16:00:00.000Z';
let product: TestProduct;

beforeAll(async () => {
  product = await testProduct();
  product.clock.set('2026-07-10T02:00:00.000Z');
  await twoCities(product.ctx);
  await openSource(product.ctx);
  await tellCity(product.ctx, 'A', 600, 0.5);
  await tellCity(product.ctx, 'B', 300, 0.9);
});
afterAll(() => product[Symbol.asyncDispose]());

/** Those of city A who complain soon are impatient, the others tolerant but for some whom nobody judged; city B is tolerant. No customer file was imported. */
async function judge(): Promise<void> {
  const { db } = product.ctx;
  await sql`
    insert into customer_segments (customer, temperament)
    select distinct customer, case when city = 'A' and substr(customer, 3)::int % 100 < 50 then 'impatient' else 'tolerant' end
    from voices where not (city = 'A' and substr(customer, 3)::int % 100 >= 90)`.execute(db);
  await sql`
    with scheme as (insert into segment_schemes (id, definition, updated_at) values ('temperament', '{}', ${AS_OF}) returning id)
    insert into segment_runs (id, scheme, scheme_version, as_of, month, state, created_at)
    select 'sr_t', id, 1, ${AS_OF}::timestamptz, '2026-06', 'done', now() from scheme`.execute(db);
}

const get = async <T>(member: string, url: string): Promise<T> => {
  const answer = await product.as(member, { method: 'GET', url });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  return answer.body as T;
};
const ask = (member: string, payload: object) => product.as(member, { method: 'POST', url: '/api/pairs/runs', payload });
const by = (member: string, scheme: SchemeId): Promise<PairsView> => get(member, `/api/pairs?window=7&scheme=${scheme}`);
const ofAll = ({ pairs }: PairsView): readonly PairRow[] => pairs.filter(({ segment }) => segment === null);
/** Parts are summed up in another order. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'number' ? Number(one.toPrecision(9)) : one));

async function computed(member: string, scheme: SchemeId): Promise<PairsView> {
  const answer = await ask(member, { window: 7, scheme });
  if (answer.status !== 200) throw new Error(answer.text);
  await product.settle();
  return by(member, scheme);
}

describe('pairs by another scheme of segments', () => {
  it('are refused with the way out where the scheme has put nobody into a segment, and where there is no such scheme', async () => {
    expect(await by('me_p', 'temperament')).toMatchObject({ scheme: 'temperament', segments: [], done: null });
    const refused = await ask('me_p', { window: 7, scheme: 'temperament' });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'state-wrong', problems: [{ code: 'segments-none', column: 'body.scheme' }] });
    expect((await ask('me_p', { window: 7, scheme: 'cluster' })).status).toBe(422);
    expect((await product.as('me_p', { method: 'GET', url: '/api/pairs?scheme=mood' })).status).toBe(422);
  });

  it('tell customers apart where the newest run put them, within the scope; what holds of all customers is the same as by rule', async () => {
    await judge();
    const grieved: Record<string, number> = {};
    for (const member of MEMBERS) {
      const [rules, view] = [await computed(member, 'rules'), await computed(member, 'temperament')];
      expect(view.segments.map(({ id }) => id)).toEqual(TEMPERAMENT_IDS);
      expect(view.segments[0]?.names.zh).toBe('耐心有限型');
      expect(view.done).toMatchObject({ scheme: 'temperament', run: 2 });
      expect(view.summary).toMatchObject({ segments_as_of: AS_OF });
      expect(rules.done).toMatchObject({ scheme: 'rules', run: 1 });
      expect(rules.summary).not.toHaveProperty('segments_as_of');
      expect(rounded(ofAll(view))).toEqual(rounded(ofAll(rules)));
      const row = view.pairs.find(({ segment }) => segment === 'impatient')!;
      expect(row).toMatchObject({ grievance: GRIEVANCE, complaint: COMPLAINT, significant: true, close: true, grievances: 300 });
      expect(row.ratio).toBeGreaterThan(ofAll(view)[0]!.ratio);
      for (const { segment, grievances } of view.pairs) grieved[`${member} ${segment}`] = grievances;
      expect(view.pairs.filter(({ segment }) => segment !== null).length).toBeGreaterThan(1);
      expect(view.differences.some(({ significant }) => significant)).toBe(true);
    }
    expect(grieved).toEqual({
      'me_p null': 900,
      'me_p impatient': 300,
      'me_p tolerant': 540,
      'me_a null': 600,
      'me_a impatient': 300,
      'me_a tolerant': 240,
    });
  });

  it.each(MEMBERS)(
    'open for %s the very customers and complaints that each row counts, and those of its days and months',
    async (member) => {
      type Behind = { readonly rows: readonly PairCustomer[]; readonly customers: number; readonly complaints: number };
      const view = await by(member, 'temperament');
      const looked = view.pairs.filter(({ close }) => close);
      expect(looked.map(({ segment }) => segment)).toContain('impatient');
      for (const row of looked) {
        const pair = `grievance=${row.grievance}&complaint=${row.complaint}&segment=${row.segment ?? ''}`;
        const url = `/api/pairs/runs/${view.done!.run}`;
        const found = await get<Behind>(member, `${url}/customers?${pair}&limit=200`);
        expect([row.segment, found.customers, found.complaints]).toEqual([row.segment, row.customers, row.complaints]);
        if (member === 'me_a' || row.segment === 'impatient')
          expect(found.rows.every(({ customer }) => customer.startsWith('CA'))).toBe(true);
        if (row.segment === 'impatient') expect(found.rows.every(({ customer }) => Number(customer.slice(2)) % 100 < 50)).toBe(true);
        const { profile } = await get<{ profile: PairProfile }>(member, `${url}/look?${pair}`);
        for (const { from, before, complaints } of profile.lags.filter((lag) => lag.from >= 0 && lag.before <= 7))
          expect((await get<{ count: number }>(member, `${url}/complaints?${pair}&from=${from}&before=${before}`)).count).toBe(complaints);
        for (const { month, complaints } of profile.months)
          expect((await get<{ count: number }>(member, `${url}/complaints?${pair}&month=${month}`)).count).toBe(complaints);
      }
    },
  );

  it('belong to a scope like any other', async () => {
    expect((await by('me_b', 'temperament')).done).toBeNull();
    const pair = `grievance=${GRIEVANCE}&complaint=${COMPLAINT}&segment=impatient`;
    expect((await product.as('me_b', { method: 'GET', url: `/api/pairs/runs/2/customers?${pair}` })).status).toBe(404);
  });

  it('are asked for once at a time for each scheme, and leave a trace that names it', async () => {
    const asked = await Promise.all(
      (['temperament', 'temperament', 'rules'] as const).map((scheme) => ask('me_a', { window: 30, scheme })),
    );
    const runs = asked.map(({ body }) => (body as { run: PairRunView }).run);
    expect(new Set(runs.map(({ run }) => run)).size).toBe(2);
    await product.settle();
    const { rows } = await sql<{ scheme: string }>`
      select detail ->> 'scheme' as scheme from audit where action = 'pairs.run' and detail ->> 'window_days' = '30' order by 1`.execute(
      product.ctx.db,
    );
    expect(rows).toEqual([{ scheme: 'rules' }, { scheme: 'temperament' }]);
    await sql`delete from pair_runs where window_days = 30`.execute(product.ctx.db);
  });

  it('keep the clusters of the run that counted them, by their names of now', async () => {
    const { db } = product.ctx;
    await sql`update customer_segments set cluster = case when temperament = 'impatient' then 'k2' else 'k1' end`.execute(db);
    await sql`insert into segment_schemes (id, definition, updated_at) values ('clusters', '{}', now())`.execute(db);
    await sql`insert into segments (scheme, segment, name_zh, name_en) values ('clusters', 'k1', '少投诉', 'seldom complains')`.execute(db);
    const view = await computed('me_a', 'clusters');
    expect(view.segments).toEqual([
      { id: 'k1', names: { zh: '少投诉', en: 'seldom complains' } },
      { id: 'k2', names: { zh: 'k2', en: 'k2' } },
    ]);
    const temperaments = await by('me_a', 'temperament');
    const of = ({ pairs }: PairsView, segment: string) => ({ ...pairs.find((row) => row.segment === segment), segment: '' });
    expect(rounded(of(view, 'k2'))).toEqual(rounded(of(temperaments, 'impatient')));
    await sql`update customer_segments set cluster = 'k9' where cluster = 'k2'`.execute(db);
    expect((await by('me_a', 'clusters')).segments.map(({ id }) => id)).toEqual(['k1', 'k2']);
    expect((await by('me_b', 'clusters')).segments.map(({ id }) => id)).toEqual(['k1', 'k9']);
  });

  it('are made anew at night for whom asked lately, each by its scheme; a run of before there were others is one by rule', async () => {
    const { ctx, clock } = product;
    await sql`
      insert into pair_runs (scope, no, window_days, state, member_id, asked_at, finished_at, summary, differences)
      values ('{"kind":"city","city":"B"}', 1, 7, 'done', 'me_b', '2026-07-09T00:00:00Z', '2026-07-09T00:00:00Z', '{"families":[]}', '[]')`.execute(
      ctx.db,
    );
    expect((await by('me_b', 'rules')).done).toMatchObject({ run: 1, scheme: 'rules' });
    expect((await by('me_b', 'temperament')).done).toBeNull();
    clock.set('2026-07-20T19:00:00.000Z');
    expect(await renewRuns(ctx)).toBe(6);
    await product.settle();
    const { rows } = await sql<{ city: string | null; scheme: string }>`
      select scope ->> 'city' as city, scheme from pair_runs where asked_at >= '2026-07-20T00:00:00Z' and state = 'done' order by 1, 2`.execute(
      ctx.db,
    );
    expect(rows.map(({ city, scheme }) => `${city} ${scheme}`)).toEqual([
      'A clusters',
      'A rules',
      'A temperament',
      'B rules',
      'null rules',
      'null temperament',
    ]);
    expect(await renewRuns(ctx)).toBe(0);
  });
});
