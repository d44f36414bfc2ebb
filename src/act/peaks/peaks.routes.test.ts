import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceHandling } from '../../model/complaint-odds.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import type { CallDetail, CallList, CallRow, ComfortView, PeaksView, PeakVersion, Specialist } from '../../model/peaks.ts';
import { armOf } from '../../model/experiment.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { type Answered, type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { HOURS, measuredExperiment } from '../../../test/scope/peaks-recipes.ts';
import { refreshQueue } from './refresh-queue.job.ts';
import { FIRST_PEAKS } from './settings.ts';

const NOW = '2026-06-01T08:00:00.000Z';
const DAYS = 34;
let product: TestProduct;

/** Grievances of two cities over five weeks: causes that become complaints often and seldom; every customer once, most of low value. */
beforeAll(async () => {
  product = await testProduct();
  product.clock.set(NOW);
  await twoCities(product.ctx);
  const lines: string[] = [];
  for (const city of ['A', 'B']) {
    for (let day = 0; day <= DAYS; day++) {
      for (let i = 0; i < 10 + ((day * 7) % 5); i++) {
        const id = `${city}-${day}-${i}`;
        lines.push(
          JSON.stringify({
            id,
            kind: i % 4 === 3 ? 'fault' : 'grievance',
            customer: `C${id}`,
            region: `${city}1x`,
            text: `多扣费${id}`,
            agent: `${city}-007`,
            unit: `ou_${city.toLowerCase()}1h`,
            category: ['billing/charge/wrong', 'fixed/broadband/slow', 'fixed/broadband/outage'][i % 3],
            said_at: new Date(Date.parse(NOW) - day * 86_400_000 - (i + 1) * 60_000).toISOString(),
          }),
        );
      }
    }
  }
  const pushed = await product.as('me_p', {
    method: 'POST',
    url: '/api/voices?source=all',
    payload: lines.join('\n'),
    headers: { 'idempotency-key': 'x', 'content-type': 'application/x-ndjson' },
  });
  expect(pushed.status, pushed.text).toBeLessThan(300);
  await product.settle();
  const { db } = product.ctx;
  await sql`insert into cause_associations (category, grievances, complained, counted_at) values
    ('billing/charge/wrong', 400, 120, ${NOW}), ('fixed/broadband/slow', 400, 20, ${NOW}), ('fixed/broadband/outage', 400, 60, ${NOW})`.execute(
    db,
  );
  await sql`insert into grievance_levels (voice_id, level, score, reasons, settings_version, facts_at)
    select id, 1 + id % 5, 0.5, '[]', 0, ${NOW} from voices where kind in ('grievance', 'fault') and id % 11 <> 0`.execute(db);
  await sql`insert into customers (customer, source_id, value_tier, batch_id)
    select customer, source_id, case when customer ~ '[13579]-3$' then '钻石' else '普通' end, batch_id from voices
    where customer !~ '[02468]-6$'`.execute(db);
}, 240_000);
afterAll(() => product[Symbol.asyncDispose]());

const get = async <T>(member: string, url: string): Promise<T> => (await product.as(member, { method: 'GET', url })).body as T;
const send = (member: string, method: 'POST' | 'PUT', url: string, payload: object): Promise<Answered> =>
  product.as(member, { method, url, payload });
const SPECIALIST = { ...HOURS, minutes: [72, 72, 72, 72, 72, 72, 72] };

describe('specialists', () => {
  it('are members who may call there; of another city nobody learns anything', async () => {
    expect((await send('me_a', 'POST', '/api/peaks/specialists', { ...SPECIALIST, member: 'me_ag', city: 'A' })).text).toContain(
      'member-cannot-call',
    );
    expect((await send('me_a', 'POST', '/api/peaks/specialists', { ...SPECIALIST, member: 'me_b1', city: 'B' })).status).toBe(404);
    expect((await send('me_a1', 'POST', '/api/peaks/specialists', { ...SPECIALIST, member: 'me_a1', city: 'A' })).status).toBe(403);
    const wrong = await send('me_a', 'POST', '/api/peaks/specialists', { ...SPECIALIST, member: 'me_a1', city: 'A', segments: ['none'] });
    expect(wrong.text).toContain('value-unknown');
    for (const [by, member, city] of [
      ['me_a', 'me_a1', 'A'],
      ['me_p', 'me_b1', 'B'],
    ] as const)
      expect((await send(by, 'POST', '/api/peaks/specialists', { ...SPECIALIST, member, city })).status).toBe(200);
    expect((await send('me_a', 'POST', '/api/peaks/specialists', { ...SPECIALIST, member: 'me_a1', city: 'A' })).status).toBe(409);
    const { rows } = await get<{ rows: readonly Specialist[] }>('me_a', '/api/peaks/specialists');
    expect(rows).toMatchObject([{ id: 'sp_me_a1_A', city: 'A', calls_today: 6, results: { calls: 0, after: { difference: null } } }]);
  });
});

describe('the line and its queue', () => {
  it('hold the promise: everybody above it who is not held out has a specialist, and who was queued is queued once', async () => {
    await refreshQueue(product.ctx);
    const { lines, back_test, effect } = await get<PeaksView>('me_p', '/api/peaks');
    expect(lines.map((one) => one.city)).toEqual(['A', 'B']);
    for (const line of lines) {
      expect(line.line).toBeGreaterThan(0);
      expect(line.above - line.held_out).toBeLessThanOrEqual(line.calls);
      expect(line.above).toBeGreaterThan(0);
      expect(line.prevented_low).toBeLessThan(line.prevented);
      expect(line.prevented).toBeLessThan(line.prevented_high);
    }
    expect(effect).toMatchObject({ source: 'assumption', value: 0.25 });
    expect(back_test!.days.length).toBeGreaterThan(30);
    expect(back_test!.fitted).toBeGreaterThanOrEqual(0.9);
    const { rows } = await get<CallList>('me_p', '/api/peaks/calls?state=waiting&limit=200');
    expect(rows.every((row) => row.specialist !== null)).toBe(true);
    expect(new Set(rows.map((row) => row.tier))).toEqual(new Set(['high', 'usual', 'low']));
    const worth = rows.reduce((sum, { p, tier }) => sum + p * effect.value * FIRST_PEAKS.values[tier], 0);
    expect(lines.reduce((sum, line) => sum + line.value, 0)).toBeCloseTo(worth, 6);
    expect(rows.map((row) => row.gain)).toEqual(rows.map((row) => row.gain).toSorted((a, b) => b - a));
    expect(await refreshQueue(product.ctx)).toBe(0);
  });

  it('show a city its own customers and lines alone', async () => {
    const view = await get<PeaksView>('me_a', '/api/peaks');
    expect(view.lines.map((one) => one.city)).toEqual(['A']);
    expect(new Set(view.back_test!.days.map((one) => one.city))).toEqual(new Set(['A']));
    const { rows, counts } = await get<CallList>('me_a', '/api/peaks/calls?limit=200');
    expect(new Set(rows.map((row) => row.city))).toEqual(new Set(['A']));
    expect(rows.length).toBe(Object.values(counts).reduce((sum, n) => sum + n, 0));
    const [other] = (await get<CallList>('me_b', '/api/peaks/calls')).rows;
    expect((await product.as('me_a', { method: 'GET', url: `/api/peaks/calls/${other!.id}` })).status).toBe(404);
    expect((await send('me_a1', 'POST', `/api/peaks/calls/${other!.id}/take`, { version: 1 })).status).toBe(404);
  });
});

describe('the map', () => {
  it.each(['me_p', 'me_a'])(
    'counts as many grievances in each field as it opens: %s',
    async (member) => {
      const { cells, segments } = await get<PeaksView>(member, '/api/peaks');
      const sum = cells.reduce((all, cell) => all + cell.n, 0);
      expect(sum).toBe(segments.reduce((all, one) => all + one.n, 0));
      const open = async (query: string): Promise<number> => (await get<{ count: number }>(member, `/api/peaks/voices?${query}`)).count;
      expect(await open('')).toBe(sum);
      for (const { branch, level, n, above } of member === 'me_p' ? cells : cells.slice(0, 3)) {
        const field = `branch=${branch ?? ''}&level=${level ?? 0}`;
        expect([field, await open(field)]).toEqual([field, n]);
        expect([field, await open(`${field}&above=true`)]).toEqual([field, above]);
      }
      expect(cells.some((cell) => cell.above > 0)).toBe(true);
      expect(cells.some((cell) => cell.level === null)).toBe(true);
      // Yesterday’s and today’s customers: who stands above by the map and who was queued are the same.
      const { lines } = await get<PeaksView>(member, '/api/peaks');
      expect(await open('above=true&days=2')).toBe(lines.reduce((all, line) => all + line.above, 0));
    },
    240_000,
  );

  it('names each voice as it counts it: by what the agent filed, not by a reading of the text', async () => {
    for (const branch of ['billing', 'fixed']) {
      const { rows } = await get<VoicePage>('me_p', `/api/peaks/voices?branch=${branch}&limit=50`);
      expect(rows).toHaveLength(50);
      expect(new Set(rows.map(({ category }) => category?.split('/')[0]))).toEqual(new Set([branch]));
    }
  });
});

describe('the map by the segments of another scheme', () => {
  it('counts the same grievances, and opens each segment as its figure says', async () => {
    const { db } = product.ctx;
    await sql`insert into customer_segments (customer, temperament, usage_group)
      select distinct customer, case when customer like 'CA-1%' then 'impatient' else 'tolerant' end, 'data' from voices where customer like 'CA-%'`.execute(
      db,
    );
    const all = (await get<PeaksView>('me_p', '/api/peaks')).segments.reduce((sum, one) => sum + one.n, 0);
    const { scheme, segments } = await get<PeaksView>('me_p', '/api/peaks?scheme=temperament');
    expect(scheme).toBe('temperament');
    expect(new Set(segments.map((one) => one.segment))).toEqual(new Set(['impatient', 'tolerant', null]));
    expect(segments.reduce((sum, one) => sum + one.n, 0)).toBe(all);
    for (const { segment, n, above } of segments) {
      const url = `/api/peaks/voices?scheme=temperament&segment=${segment ?? ''}`;
      expect((await get<{ count: number }>('me_p', url)).count).toBe(n);
      expect((await get<{ count: number }>('me_p', `${url}&above=true`)).count).toBe(above);
    }
    const { cells } = await get<PeaksView>('me_p', '/api/peaks?scheme=usage&segment=data');
    expect(cells.reduce((sum, one) => sum + one.n, 0)).toBe(segments.reduce((sum, one) => sum + (one.segment === null ? 0 : one.n), 0));
  });
});

describe('a call', () => {
  const list = async (): Promise<readonly CallRow[]> => (await get<CallList>('me_a1', '/api/peaks/calls?state=waiting')).rows;
  const OUTCOME = { reached: true, attitude: 'calm', promise: '本周退费', solved: 'yes', note: '' };

  it('shows what to say by cause, segment and value', async () => {
    const rows = await list();
    for (const tier of ['high', 'low']) {
      const { id } = rows.find((row) => row.tier === tier)!;
      const { script } = await get<CallDetail>('me_a1', `/api/peaks/calls/${id}`);
      expect(script.opening.zh).toContain('品质专员');
      expect(script.explanation).not.toBeNull();
      expect(script.strategy).toMatchObject({ tier });
    }
  });

  it('offers what a running experiment has for the arm of the customer, whose number stays masked', async () => {
    const { db } = product.ctx;
    const [one, listed] = await list();
    const other = { ...listed!, customer: '13812345678' };
    await sql`update peak_calls set customer = ${other.customer} where id = ${other.id}`.execute(db);
    const handling = [one!, other].map(({ level, tier }) => ({ level: level ?? 5, tier }));
    const arms = [
      { name: '对照组', share: 1 },
      { name: '先免组', share: 1, offer: '先免 50 元再核查' },
    ];
    // A salt by which the two are in different arms.
    const salts = Array.from({ length: 64 }, (_, i) => `s${i}`);
    const salt = salts.find((each) => armOf(each, one!.customer, [1, 1]) === 0 && armOf(each, other.customer, [1, 1]) === 1)!;
    await sql`
      insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, city, arms, metrics, window_days, salt, handling, started_at, created_at)
      values ('ex_tried', 'assigned', '外呼先免', '先免后查', 'running', 'ou_a', '/ou_p/ou_a/', 'A', ${JSON.stringify(arms)}::jsonb, '[]', 30, ${salt},
        ${JSON.stringify(handling)}::jsonb, ${NOW}, ${NOW})`.execute(db);
    await sql`insert into experiment_customers (experiment_id, customer) values ('ex_tried', ${one!.customer}), ('ex_tried', ${other.customer})`.execute(
      db,
    );
    const detailOf = (id: string) => get<CallDetail>('me_a1', `/api/peaks/calls/${id}`);
    const triedOn = async (id: string) => (await detailOf(id)).script.tried;
    expect((await detailOf(other.id)).customer).toBe('138****5678');
    const experiment = { id: 'ex_tried', name: '外呼先免' };
    expect(await triedOn(one!.id)).toEqual({ experiment, arm: '对照组', offer: null });
    expect(await triedOn(other.id)).toEqual({ experiment, arm: '先免组', offer: '先免 50 元再核查' });
    await sql`update experiments set state = 'stopped' where id = 'ex_tried'`.execute(db);
    expect(await triedOn(other.id)).toBeNull();
  });

  it('is taken by a specialist over the version that was seen, and its outcome stands with its audit', async () => {
    const [first] = await list();
    const url = `/api/peaks/calls/${first!.id}`;
    expect((await send('me_ag', 'POST', `${url}/take`, { version: 1 })).status).toBe(403);
    // May call, but is no specialist of the city.
    expect((await send('me_ah', 'POST', `${url}/take`, { version: 1 })).status).toBe(403);
    expect((await send('me_a1', 'POST', `${url}/outcome`, { version: 1, outcome: OUTCOME })).text).toContain('state-wrong');
    expect((await send('me_a1', 'POST', `${url}/take`, { version: 1 })).body).toMatchObject({ state: 'taken', version: 2 });
    const stale = await send('me_a1', 'POST', `${url}/take`, { version: 1 });
    expect([stale.status, (stale.body as { code: string; params: object }).code, (stale.body as { params: object }).params]).toEqual([
      409,
      'stale-version',
      { version: 2 },
    ]);
    const bare = await send('me_a1', 'POST', `${url}/outcome`, { version: 2, outcome: { ...OUTCOME, attitude: null, solved: null } });
    expect((bare.body as { problems: readonly { column: string }[] }).problems.map((one) => one.column)).toEqual(['attitude', 'solved']);
    expect((await send('me_a1', 'POST', `${url}/outcome`, { version: 2, outcome: OUTCOME })).body).toMatchObject({
      state: 'done',
      outcome: OUTCOME,
    });
    const rows = await rowsOf(
      product.ctx.db,
      sql<{ action: string }>`select action from audit where subject_kind = 'call' and subject_id = ${first!.id} order by id`,
    );
    expect(rows.map((row) => row.action).toSorted()).toEqual(['call.outcome', 'call.take']);
    const { rows: found } = await get<{ rows: readonly Specialist[] }>('me_a', '/api/peaks/specialists');
    expect(found[0]!.results).toMatchObject({ calls: 1, reached: 1, solved: 1 });
    // The grievance knows of it like of any other call.
    const { actions } = await get<VoiceHandling>('me_a1', `/api/voices/${first!.voice}/handling`);
    expect(actions).toMatchObject([{ kind: 'care-call', at: NOW, done_by: 'me_a1' }]);
  });

  it('that is given back waits again; one that waited too long leaves the queue', async () => {
    const [next] = await list();
    const url = `/api/peaks/calls/${next!.id}`;
    await send('me_a1', 'POST', `${url}/take`, { version: 1 });
    expect((await send('me_a1', 'POST', `${url}/release`, { version: 2 })).body).toMatchObject({ state: 'waiting', version: 3 });
    product.clock.set('2026-06-03T08:00:00.000Z');
    await refreshQueue(product.ctx);
    product.clock.set(NOW);
    for (const member of ['me_a', 'me_a1', 'me_b', 'me_p', 'me_ag', 'me_ah']) product.renew(member);
    expect(await get<CallDetail>('me_a1', url)).toMatchObject({ state: 'expired' });
  });
});

describe('the effect', () => {
  it('is an assumption until an experiment measured it; a change needs a reason and the version that was seen', async () => {
    const url = '/api/peaks/settings';
    const more = { ...FIRST_PEAKS, effect: { value: 0.2, low: 0.1, high: 0.3, experiment: { id: 'made-up', name: '编的' } } };
    expect((await send('me_a1', 'PUT', url, { settings: more, seen: 0, reason: '估' })).status).toBe(403);
    expect((await send('me_a', 'PUT', url, { settings: { ...more, hold_out: 0.3 }, seen: 0, reason: '估' })).text).toContain('hold_out');
    // Whoever types an effect in assumes it.
    expect((await send('me_a', 'PUT', url, { settings: more, seen: 0, reason: '按经验估计' })).body).toMatchObject({
      version: 1,
      settings: { effect: { value: 0.2, experiment: null } },
    });
    expect((await send('me_a', 'PUT', url, { settings: more, seen: 0, reason: '又估' })).status).toBe(409);
    await measuredExperiment({ product }, 'ex_call');
    expect((await send('me_b', 'POST', '/api/peaks/effects', { experiment: 'ex_call', seen: 1, reason: '实验' })).status).toBe(404);
    expect((await send('me_a', 'POST', '/api/peaks/effects', { experiment: 'ex_call', seen: 1, reason: '实验已结束' })).status).toBe(200);
    const { effect } = await get<PeaksView>('me_a', '/api/peaks');
    expect(effect).toMatchObject({ source: 'experiment', experiment: { id: 'ex_call', name: '外呼实验' }, value: expect.closeTo(0.3, 6) });
    const { versions } = await get<{ versions: readonly PeakVersion[] }>('me_a', url);
    expect(versions.map((one) => [one.version, one.reason])).toEqual([
      [2, '实验已结束'],
      [1, '按经验估计'],
      [0, null],
    ]);
  });
});

describe('what came after', () => {
  it('is asked of those whose thirty days are over and who were queued within 180, whoever took them, within the duty', async () => {
    const { db } = product.ctx;
    const after = async () => (await get<{ rows: readonly Specialist[] }>('me_a', '/api/peaks/specialists')).rows[0]!.results.after;
    const queue = (days: number) =>
      sql`insert into peak_calls (id, city, day, voice_id, customer, category, tier, p, p_low, p_high, p_from, gain, state, specialist_id, assigned_id, queued_at, due_at)
        select 'old_' || id, 'A', (${NOW}::timestamptz - make_interval(days => ${days}))::date, id, customer,
          case when place % 2 = 0 then 'billing/charge/wrong' else 'fixed/broadband/slow' end, 'usual', 0.2, 0.1, 0.3, 'cause', 1,
          case when place % 3 = 0 then 'held_out' else 'done' end, case when place % 3 = 0 then null else 'sp_me_b1_B' end,
          case when place % 3 = 0 then null else 'sp_me_a1_A' end,
          ${NOW}::timestamptz - make_interval(days => ${days}), ${NOW}::timestamptz
        from (select v.id, v.customer, row_number() over (order by v.id) as place from voices v
          where v.city = 'A' and not exists (select 1 from peak_calls q where q.voice_id = v.id) order by v.id limit 60) x`.execute(db);
    const none = { called: { n: 0, complaints: 0 }, held_out: { n: 0, complaints: 0 }, difference: null };
    await queue(200);
    expect(await after()).toMatchObject(none);
    await queue(40);
    await queue(10);
    expect(await after()).toMatchObject({ ...none, called: { n: 40, complaints: 0 }, held_out: { n: 20, complaints: 0 } });
    const duty = (categories: readonly string[]) =>
      sql`update specialists set categories = ${categories}::text[] where id = 'sp_me_a1_A'`.execute(db);
    await duty(['billing/charge']);
    expect(await after()).toMatchObject({ called: { n: 20 }, held_out: { n: 10 } });
    await duty([]);
    await sql`delete from peak_calls where id like 'old\\_%'`.execute(db);
  });
});

describe('the ends', () => {
  it('are comforted within the budget of the city, and each customer once', async () => {
    const { groups } = await get<ComfortView>('me_a', '/api/peaks/comforts');
    expect(groups).toHaveLength(15);
    const group = groups.find((one) => one.tier === 'low' && one.customers > 5)!;
    const { level, tier, customers } = group;
    const give = (n: number, city = 'A'): Promise<Answered> =>
      send('me_a', 'POST', '/api/peaks/comforts', { city, level, tier, customers: n });
    expect((await give(1, 'B')).status).toBe(404);
    expect((await give(customers + 1)).status).toBe(409);
    const [{ version }] = (await rowsOf(product.ctx.db, sql<{ version: number }>`select max(version) as version from peak_settings`)) as [
      { version: number },
    ];
    const comfort = { high: { each: 20, month: 100 }, usual: { each: 8, month: 80 }, low: { each: 5, month: 12 } };
    const settings = { ...FIRST_PEAKS, comfort };
    await send('me_a', 'PUT', '/api/peaks/settings', { settings, seen: version, reason: '预算收紧' });
    const over = await give(3);
    expect((over.body as { problems: readonly object[] }).problems).toMatchObject([
      { code: 'budget-exceeded', params: { cost: 15, left: 12, most: 2 } },
    ]);
    expect((await give(2)).body).toEqual({ customers: 2 });
    const after = (await get<ComfortView>('me_a', '/api/peaks/comforts')).groups.find((one) => one.level === level && one.tier === tier)!;
    expect(after).toMatchObject({ customers: customers - 2, given: 2, spent: 10 });
  });
});
