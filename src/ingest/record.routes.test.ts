import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerAtDesk, EffectDue, RecordForm, Recorded } from '../model/recording.ts';
import type { VoiceWithOrders } from '../model/voice-views.ts';
import { rowOf, rowsOf } from '../platform/postgres/db.ts';
import { type Answered, type TestProduct, testProduct, twoCities } from '../../test/kit/product.ts';

const NOW = '2026-03-10T02:00:00.000Z';
const OUTAGE = 'fixed/broadband/outage';
let product: TestProduct;

beforeAll(async () => {
  product = await testProduct();
  product.clock.set(NOW);
  await twoCities(product.ctx);
  const { db } = product.ctx;
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_c', 'crm', 'ou_p', 'customers', ${NOW})`.execute(db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba_c', 'so_c', 'me_p', 'customers', 'c.csv', '', 0, '', 'done', ${NOW})`.execute(db);
  for (const [customer, phone, city] of [
    ['CA1', '13912340001', 'A'],
    ['CB1', '13912340002', 'B'],
  ])
    await sql`
      insert into customers (customer, source_id, name, phone, city, district, community, brand, value_tier, batch_id)
      values (${customer}, 'so_c', '王小明', ${phone}, ${city}, ${`${city}1`}, ${`${city}1x`}, '商务', '金卡', 'ba_c')`.execute(db);
}, 120_000);
afterAll(() => product[Symbol.asyncDispose]());

const record = (member: string, key: string, body: object): Promise<Answered> =>
  product.as(member, { method: 'POST', url: '/api/recordings', payload: body, headers: { 'idempotency-key': key } });
const desk = async (member: string, key: string): Promise<CustomerAtDesk> =>
  (await product.as(member, { method: 'POST', url: '/api/record/customer', payload: { key } })).body as CustomerAtDesk;

describe('a recording', () => {
  it('is an ordinary voice of the member’s unit, with the facts beside it, one audit row, and read', async () => {
    const answer = await record('me_ag', 'k1', {
      customer: '13912340001',
      category: OUTAGE,
      text: '宽带断网了，光猫红灯',
      upset: true,
      demand: '今天修好',
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({ kind: 'grievance', duplicate: false, mine_today: 1 } satisfies Partial<Recorded>);
    await product.settle();
    const { db } = product.ctx;
    const { voice } = answer.body as Recorded;
    const stored = await rowOf(
      db,
      sql`select v.kind, v.customer, v.unit_id, v.agent, v.recorded_category, v.community, r.category, r.department, s.name as source
        from voices v join readings r on r.voice_id = v.id join sources s on s.id = v.source_id where v.id = ${voice}`,
    );
    expect(stored).toMatchObject({
      kind: 'grievance',
      customer: 'CA1',
      unit_id: 'ou_a1h',
      agent: 'A-007',
      recorded_category: OUTAGE,
      community: 'A1x',
      category: OUTAGE,
      department: 'network',
      source: 'A营业厅 每诉必录',
    });
    expect(
      await rowOf(db, sql`select upset, problem, demand, frequency_90d, last_before_at from recordings where voice_id = ${voice}`),
    ).toEqual({
      upset: true,
      problem: true,
      demand: '今天修好',
      frequency_90d: 0,
      last_before_at: null,
    });
    const found = await product.as('me_ag', {
      method: 'POST',
      url: '/api/voices/search',
      payload: { where: [{ field: 'id', in: [String(voice)] }] },
    });
    expect(found.body).toMatchObject({ count: 1 });
  });

  it('under the same key is the same voice, and with other content refused', async () => {
    const body = { customer: 'CA1', category: OUTAGE, text: '又断了' };
    const [one, two] = [await record('me_ag', 'k2', body), await record('me_ag', 'k2', body)];
    expect([one.status, two.status]).toEqual([201, 200]);
    expect((two.body as Recorded).voice).toBe((one.body as Recorded).voice);
    expect(two.body).toMatchObject({ duplicate: true, mine_today: 2 });
    expect((await record('me_ag', 'k2', { ...body, text: '别的' })).status).toBe(422);
  });

  it('is one voice also when the same key comes several times at once', async () => {
    const body = { category: OUTAGE, text: '断网，连点了几下' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => record('me_bg', 'k-at-once', body)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => (answer.body as Recorded).voice)).size).toBe(1);
  });

  it('is a complaint only when the customer asks for one, and a question when nothing is wrong', async () => {
    product.clock.advanceMs(60_000);
    const complaint = await record('me_ag', 'k3', { customer: 'CA1', category: OUTAGE, insists: true, problem: false });
    const question = await record('me_ag', 'k4', { customer: 'CA1', category: OUTAGE, problem: false });
    expect([(complaint.body as Recorded).kind, (question.body as Recorded).kind]).toEqual(['complaint', 'consultation']);
    const facts = await rowOf(
      product.ctx.db,
      sql`select frequency_90d, last_before_at from recordings where voice_id = ${(complaint.body as Recorded).voice}`,
    );
    expect(facts).toMatchObject({ frequency_90d: 2 });
  });

  it('without a word says at least what it is about', async () => {
    const { body } = await record('me_ag', 'k5', { category: OUTAGE });
    const row = await rowOf(
      product.ctx.db,
      sql<{ text: string; city: string }>`select text, city from voices where id = ${(body as Recorded).voice}`,
    );
    expect(row).toEqual({ text: '宽带断网无法上网', city: 'A' });
  });

  it('is kept by the hotline of the whole province too, for anybody who calls', async () => {
    const { db } = product.ctx;
    await sql`
      insert into members (id, login, name, staff_no, unit_id, roles, scope)
      values ('me_hot', 'hot', '热线坐席', 'P-001', 'ou_p', '{agent}', 'own')`.execute(db);
    for (const [key, customer, city] of [
      ['h1', null, null],
      ['h2', '13912340002', 'B'],
      ['h3', 'CB1', 'B'],
    ]) {
      const { status, body, text } = await record('me_hot', key ?? '', { customer, category: OUTAGE });
      expect(status, text).toBe(201);
      const row = await rowOf(db, sql`select city, unit_id, agent from voices where id = ${(body as Recorded).voice}`);
      expect(row).toEqual({ city, unit_id: 'ou_p', agent: 'P-001' });
    }
  });

  it('lists everything that is wrong with it', async () => {
    const answer = await record('me_ag', 'k6', { category: 'fixed', started_at: '2026-03-11T00:00:00.000Z', online: true, replied: false });
    expect(answer.status).toBe(422);
    expect((answer.body as { problems: readonly { column: string }[] }).problems.map((one) => one.column)).toEqual([
      'category',
      'started_at',
      'replied',
    ]);
  });
});

describe('the customer at the desk', () => {
  it('is found by phone or number, with what he said before', async () => {
    const found = await desk('me_ag', '13912340001');
    expect(found).toMatchObject({
      known: true,
      brand: '商务',
      value_tier: '金卡',
      frequency_90d: 3,
      complaints_90d: 1,
      last_category: OUTAGE,
      times: 3,
    });
    expect(found.phone).not.toContain('12340001');
    expect(found.name).toBe('王**');
    expect(found.history[0]?.category).toBe(OUTAGE);
    expect(await desk('me_ag', 'CA1')).toMatchObject({ frequency_90d: 3 });
  });

  it('of another city is nobody, and what was said to others is told without its words', async () => {
    expect(await desk('me_ag', 'CB1')).toMatchObject({ known: false, frequency_90d: 0, history: [] });
    await sql`update voices set agent = 'A-999' where customer = 'CA1' and kind = 'complaint'`.execute(product.ctx.db);
    const history = (await desk('me_ag', 'CA1')).history;
    expect(history.filter((one) => one.kind === 'complaint').map(({ id, text }) => [id, text])).toEqual([[null, null]]);
    expect(history.filter((one) => one.text !== null).length).toBeGreaterThan(1);
  });

  it('of another city keeps his number as it was given, and the voice stands in the own city', async () => {
    const { body } = await record('me_ag', 'k7', { customer: 'CB1', category: OUTAGE });
    const [row] = await rowsOf(product.ctx.db, sql`select city, customer from voices where id = ${(body as Recorded).voice}`);
    expect(row).toEqual({ city: 'A', customer: 'CB1' });
  });
});

it('the form has the whole tree of the pack with its scripts, the rhyme, and the last channel', async () => {
  const form = (await product.as('me_ag', { method: 'GET', url: '/api/record/form' })).body as RecordForm;
  expect(form.causes.length).toBe(product.ctx.pack.categories.filter((one) => one.cell !== undefined).length);
  expect(form.causes.every((one) => one.scripts.length > 0)).toBe(true);
  expect(form.judgement?.rhyme).toHaveLength(4);
  expect((await product.as('me_an', { method: 'GET', url: '/api/record/form' })).status).toBe(403);
});

describe('the effect of a recording', () => {
  it('is asked after from a day on, by who recorded it; each look is kept, and the newest counts', async () => {
    const { voice } = (
      await record('me_ag', 'effect', { customer: '13912340001', category: OUTAGE, text: '又断网了', solution: '派人上门' })
    ).body as Recorded;
    const due = async (member: string): Promise<readonly EffectDue[]> => {
      product.renew(member);
      return ((await product.as(member, { method: 'GET', url: '/api/recordings/effects' })).body as { rows: readonly EffectDue[] }).rows;
    };
    const looked = (member: string, effect: string): Promise<Answered> =>
      product.as(member, { method: 'POST', url: `/api/recordings/${voice}/effects`, payload: { effect } });
    expect((await due('me_ag')).map((row) => row.voice)).not.toContain(voice);
    product.clock.advanceMs(2 * 86_400_000);
    expect((await due('me_ag')).find((row) => row.voice === voice)).toMatchObject({ effect: 'none', looks: 1, solution: '派人上门' });
    product.renew('me_b');
    expect((await looked('me_b', 'most')).status).toBeGreaterThanOrEqual(403);
    expect((await looked('me_ag', 'most')).status).toBe(200);
    expect((await due('me_ag')).map((row) => row.voice)).not.toContain(voice);
    product.clock.advanceMs(3 * 86_400_000);
    expect((await due('me_ag')).find((row) => row.voice === voice)).toMatchObject({ effect: 'most', looks: 2 });
    await looked('me_ag', 'all-happy');
    expect((await due('me_ag')).map((row) => row.voice)).not.toContain(voice);
    const kept = await rowsOf(
      product.ctx.db,
      sql<{ effect: string }>`select effect from recording_effects where voice_id = ${voice} order by at`,
    );
    expect(kept.map((row) => row.effect)).toEqual(['none', 'most', 'all-happy']);
  });
});

describe('what was recorded', () => {
  const facts = { upset: true, responsible: 'yes', times: 2, demand: `退费，回我13912340009`, solution: '已解释账单' };
  const voiceOf = async (member: string, voice: number): Promise<Answered> => {
    product.renew(member);
    return product.as(member, { method: 'GET', url: `/api/voices/${voice}` });
  };

  it('as done becomes an action of the pack, in the same transaction; a mere question has none', async () => {
    product.renew('me_ag');
    const body = { category: 'billing/charge/wrong', online: true, explained: true, script: 0, ...facts };
    const { voice } = (await record('me_ag', 'done', body)).body as Recorded;
    await record('me_ag', 'done', body);
    const asked = (await record('me_ag', 'asked', { category: OUTAGE, problem: false, explained: true })).body as Recorded;
    const actions = await rowsOf(
      product.ctx.db,
      sql`select a.voice_id as voice, a.kind, a.at = v.said_at as in_contact, a.done_by from handling_actions a join voices v on v.id = a.voice_id
        where a.voice_id = any(${[voice, asked.voice]}::bigint[]) order by a.kind`,
    );
    expect(actions).toEqual([
      { voice, kind: 'explain-bill', in_contact: true, done_by: 'me_ag' },
      { voice, kind: 'solve-now', in_contact: true, done_by: 'me_ag' },
    ]);
    const handling = await product.as('me_ag', { method: 'GET', url: `/api/voices/${voice}/handling` });
    expect((handling.body as { actions: readonly { kind: string }[] }).actions.map((one) => one.kind)).toEqual([
      'explain-bill',
      'solve-now',
    ]);
  });

  it('stands beside the voice, masked, with every look at what came of it; of another city it is not told', async () => {
    product.renew('me_ag');
    const started = product.clock.now();
    product.clock.advanceMs(5 * 60_000);
    const body = { category: 'billing/charge/wrong', explained: true, script: 0, started_at: started, ...facts };
    const { voice } = (await record('me_ag', 'facts', body)).body as Recorded;
    const { voice: seen } = (await voiceOf('me_ag', voice)).body as { voice: VoiceWithOrders };
    const { recorded } = seen;
    expect(recorded).toMatchObject({
      problem: true,
      upset: true,
      insists: false,
      responsible: 'yes',
      times: 2,
      explained: true,
      solution: '已解释账单',
      started_at: started,
      first_reply_at: product.clock.now(),
      effects: [{ at: product.clock.now(), effect: 'none' }],
    });
    expect(recorded?.script?.zh).toBe(product.ctx.pack.scripts.find((one) => one.category === 'billing/charge/wrong')?.say.zh);
    expect(recorded?.demand).toMatch(/^退费/);
    expect(recorded?.demand).not.toContain('12340009');
    expect((await voiceOf('me_b', voice)).status).toBe(404);
    product.renew('me_a');
    const reveal = await product.as('me_a', { method: 'POST', url: `/api/voices/${voice}/reveal`, payload: { reason: '核实' } });
    expect(reveal.body).toMatchObject({ recorded: { demand: facts.demand, solution: facts.solution } });
  });
});

it('a cause that came by its name counts for the customer at the desk as that cause', async () => {
  const said = (id: string, category: string): string =>
    JSON.stringify({ id, kind: 'grievance', category, customer: 'CA9', region: 'A1x', said_at: product.clock.now(), text: `老问题${id}` });
  product.renew('me_a');
  await product.as('me_a', {
    method: 'POST',
    url: '/api/voices?source=named',
    payload: [said('n1', '别家系统/宽带/断网'), said('n2', OUTAGE), said('n3', '宽带断网无法上网')].join('\n'),
    headers: { 'idempotency-key': 'named', 'content-type': 'application/x-ndjson' },
  });
  await product.settle();
  product.renew('me_ag');
  const found = await desk('me_ag', 'CA9');
  expect(found.history.map((one) => one.category).filter((one) => one === OUTAGE)).toHaveLength(2);
  expect(found.history.map((one) => one.category)).not.toContain('别家系统/宽带/断网');
  expect(found).toMatchObject({ last_category: OUTAGE, times: 2 });
});
