import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { triedOffer } from '../../act/handling/tried-strategy.sql.ts';
import { armOf, type ExperimentDetail, type PickChoices } from '../../model/experiment.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { anyExperiment } from './experiment-rows.sql.ts';
import { lookAt, lookAtDue } from './look.job.ts';

const DAY = 86_400_000;
const N = 2_000;
let product: TestProduct;
beforeAll(async () => {
  product = await testProduct({ work: false });
  await twoCities(product.ctx);
  const { db } = product.ctx;
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_x', 'x', 'ou_p', 'voices', now())`.execute(db);
  await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba_x', 'so_x', 'me_p', 'voices', 'x', 'x', 0, 'x', 'done', now())`.execute(db);
  await sql`insert into customers (customer, source_id, batch_id, city, district, brand, value_tier, tenure_months)
    select 'c' || lpad(i::text, 5, '0'), 'so_x', 'ba_x', 'A', 'A1', case when i % 3 = 0 then '商务' else '畅想' end, case when i % 4 = 0 then '金卡' else '普通' end, i % 60
    from generate_series(1, ${N}::int) i`.execute(db);
  // Every customer complained once in the four weeks before with probability .3.
  await speak(
    Array.from({ length: N }, (_, i) => i + 1).filter(() => random.chance(0.3)),
    -10,
  );
});
afterAll(() => product[Symbol.asyncDispose]());

const random = seededRandom(5, 'experiment');
const nameOf = (i: number): string => `c${String(i).padStart(5, '0')}`;
let voice = 1_000_000;

/** One complaint of each of these customers, so many days from now. */
async function speak(customers: readonly number[], days: number): Promise<void> {
  const at = new Date(product.clock.nowMs() + days * DAY).toISOString();
  voice += 10_000;
  await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, customer, text, text_masked, batch_id)
    select ${voice} + row_number() over (), 'so_x', ${`${voice}-`} || given.customer, '\\x00', ${at}, true, ${at}, 'complaint', 'hotline', 'A', 'A1', given.customer, '断网', '断网', 'ba_x'
    from unnest(${customers.map(nameOf)}::text[]) as given (customer)`.execute(product.ctx.db);
  await sql`insert into readings (voice_id, reader_version, feeling, language, confidence, because, read_at)
    select id, 'v', 'neutral', 'zh', 1, '[]', ${at} from voices where id > ${voice} and id <= ${voice} + 10000`.execute(product.ctx.db);
}

/** What customers answered to a survey, so many days from now. */
async function answer(answers: readonly { readonly customer: string; readonly score: number }[], days: number): Promise<void> {
  const at = new Date(product.clock.nowMs() + days * DAY).toISOString();
  voice += 10_000;
  await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, customer, score, text, text_masked, batch_id)
    select ${voice} + row_number() over (), 'so_x', ${`${voice}-`} || given.customer, '\\x00', ${at}, true, ${at}, 'survey', 'survey', 'A', 'A1', given.customer, given.score, '', '', 'ba_x'
    from unnest(${answers.map(({ customer }) => customer)}::text[], ${answers.map(({ score }) => score)}::float8[]) as given (customer, score)`.execute(
    product.ctx.db,
  );
}

/** The clock moves on, and whoever was signed in signs in anew. */
function later(days: number): void {
  product.clock.advanceMs(days * DAY);
  for (const member of ['me_a', 'me_b', 'me_p']) product.renew(member);
}

interface Told {
  readonly experiment: ExperimentDetail;
  readonly problems?: readonly { readonly code: string; readonly params: { readonly count: number } }[];
}
const post = async (path: string, payload: object = {}, member = 'me_a') => {
  product.clock.advanceMs(1_000);
  return product.as(member, { method: 'POST', url: `/api/experiments${path}`, payload });
};
const made = async (path: string, payload: object = {}): Promise<ExperimentDetail> => {
  const answer = await post(path, payload);
  expect([path, answer.status, answer.text.slice(0, 300)]).toEqual([path, answer.status < 300 ? answer.status : 200, expect.anything()]);
  return (answer.body as Told).experiment;
};
const upload = async (path: string, text: string) => {
  product.clock.advanceMs(1_000);
  return product.as('me_a', {
    method: 'POST',
    url: `/api/experiments${path}`,
    payload: Buffer.from(text),
    headers: { 'content-type': 'application/octet-stream' },
  });
};
const DRAFT = {
  name: '先回电',
  strategy: '24 小时内先回电再处理',
  arms: [
    { name: '对照组', share: 1 },
    { name: '回电组', share: 1 },
  ],
  metrics: [
    { name: '再次投诉', source: 'complaint', direction: 'down' },
    { name: '离网', source: 'outcome', direction: 'down' },
  ],
  strata: ['brand'],
  windowDays: 28,
};
const everybody = `客户编号\n${Array.from({ length: N }, (_, i) => nameOf(i + 1)).join('\n')}\nnobody\n`;

async function started(): Promise<ExperimentDetail> {
  const draft = await made('', { ...DRAFT, name: `先回电 ${product.clock.nowMs()}` });
  const { experiment } = (await upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
  return made(`/${draft.id}/start`, { version: experiment.version });
}

describe('a cohort', () => {
  it('is picked by who customers are, with how many there are of each, and never beyond the scope', async () => {
    const ask = async (pick: object, member = 'me_a') =>
      (await product.as(member, { method: 'GET', url: `/api/experiments/customers?pick=${encodeURIComponent(JSON.stringify(pick))}` }))
        .body as PickChoices;
    const all = await ask({});
    expect(all.customers).toBe(N);
    expect(all.choices.filter(({ field }) => field === 'brand').map(({ value, customers }) => [value, customers])).toEqual([
      ['畅想', N - Math.floor(N / 3)],
      ['商务', Math.floor(N / 3)],
    ]);
    expect((await ask({}, 'me_b')).customers).toBe(0);
    const pick = { brand: ['商务'], value_tier: ['金卡'] };
    const draft = await made('', { ...DRAFT, name: '按特征' });
    const chosen = await made(`/${draft.id}/cohort`, { version: draft.version, pick });
    expect(chosen.cohort).toMatchObject({ version: 1, customers: (await ask(pick)).customers, from: { kind: 'customers', pick } });
    expect(chosen.customers).toBe(Math.floor(N / 12));
    expect((await post(`/${draft.id}/cohort`, { version: chosen.version, pick: { shoe: ['1'] } })).status).toBe(422);
    const where = [
      { field: 'said_at', from: 'soon', before: '2026-03-01' },
      { field: 'shoe', in: ['1'] },
    ];
    const wrong = await post(`/${draft.id}/cohort`, { version: chosen.version, where });
    expect([wrong.status, (wrong.body as { problems: readonly { column: string }[] }).problems.map(({ column }) => column)]).toEqual([
      422,
      ['body.where.0.from', 'body.where.1.field'],
    ]);
    const foreign = await post(`/${draft.id}/cohort`, { version: chosen.version, pick }, 'me_b');
    expect(foreign.status).toBe(404);
  });

  it('offers every field, though one of them has very many values', async () => {
    const { db } = product.ctx;
    await sql`insert into customers (customer, source_id, city, brand, value_tier, batch_id)
      select 'X' || i, source_id, 'A', 'brand' || i, '稀有', batch_id from (select source_id, batch_id from customers limit 1) k, generate_series(1, 600) i`.execute(
      db,
    );
    const { choices } = (await product.as('me_a', { method: 'GET', url: '/api/experiments/customers' })).body as PickChoices;
    await sql`delete from customers where customer like 'X%'`.execute(db);
    expect(choices.filter(({ field }) => field === 'brand')).toHaveLength(100);
    expect(choices).toContainEqual({ field: 'value_tier', value: '稀有', customers: 600 });
  });

  it('of an experiment that tries a strategy sees the offer of its arm, the others what the strategy says', async () => {
    const draft = await made('', {
      ...DRAFT,
      name: '五级策略',
      arms: [
        { name: '对照组', share: 1 },
        { name: '先免后查组', share: 1, offer: '先免 50 元再核查' },
      ],
      handling: [{ level: 5, tier: 'usual' }],
    });
    const chosen = await made(`/${draft.id}/cohort`, { version: draft.version, pick: { brand: ['商务'] } });
    const running = await made(`/${draft.id}/start`, { version: chosen.version });
    const { db } = product.ctx;
    const rows = await rowsOf(
      db,
      sql<{ customer: string; arm: number }>`select customer, arm from experiment_customers where experiment_id = ${running.id}`,
    );
    for (const { customer, arm } of rows.slice(0, 50))
      expect(await triedOffer(db, customer, 5, 'usual')).toEqual({
        experiment: { id: running.id, name: '五级策略' },
        arm: arm === 0 ? '对照组' : '先免后查组',
        offer: arm === 0 ? null : '先免 50 元再核查',
      });
    const [one] = rows;
    expect(await triedOffer(db, one!.customer, 4, 'usual')).toBeNull();
    expect(await triedOffer(db, one!.customer, 5, 'high')).toBeNull();
    expect(await triedOffer(db, nameOf(1), 5, 'usual')).toBeNull();
    await made(`/${running.id}/stop`, { version: running.version, reason: '够了' });
    expect(await triedOffer(db, one!.customer, 5, 'usual')).toBeNull();
  });
});

describe('an experiment', () => {
  it('is registered, assigned evenly by a function that anybody can ask, and frozen', async () => {
    const draft = await made('', DRAFT);
    expect(draft).toMatchObject({ state: 'draft', cohort: null, outlook: null, unit: { id: 'ou_a' } });
    expect((await post(`/${draft.id}/start`, { version: draft.version })).text).toContain('cohort-empty');
    const answer = (await upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
    expect(answer.problems).toEqual([{ code: 'cohort-unknown', params: { count: 1, rows: '2001' } }]);
    expect(answer.experiment.cohort).toMatchObject({ version: 1, customers: N });
    expect(answer.experiment.outlook).toMatchObject({ kind: 'share', customers: N, base: expect.closeTo(0.3, 1) });
    expect(answer.experiment.outlook!.detectable).toBeGreaterThan(0.04);
    const running = await made(`/${draft.id}/start`, { version: answer.experiment.version });
    expect(running).toMatchObject({ state: 'running', customers: N });
    const { db } = product.ctx;
    const rows = await rowsOf(
      db,
      sql<{ customer: string; arm: number; brand: string }>`
      select customer, arm, traits ->> 'brand' as brand from experiment_customers where experiment_id = ${draft.id}`,
    );
    const [{ salt } = { salt: '' }] = await rowsOf(db, sql<{ salt: string }>`select salt from experiments where id = ${draft.id}`);
    expect(rows.every(({ customer, arm }) => armOf(salt, customer, [1, 1]) === arm)).toBe(true);
    for (const brand of ['商务', '畅想']) {
      const arms = rows.filter((row) => row.brand === brand).map(({ arm }) => arm);
      expect(Math.abs(arms.filter((arm) => arm === 1).length / arms.length - 0.5)).toBeLessThan(0.02);
    }
    const changed = await product.as('me_a', {
      method: 'PUT',
      url: `/api/experiments/${draft.id}`,
      payload: { ...DRAFT, version: running.version },
    });
    expect(changed.text).toContain('state-wrong');
  });

  it('is looked at as often as one likes, opens its voices, ends by itself, and is concluded', async () => {
    const running = await started();
    const arms = await rowsOf(
      product.ctx.db,
      sql<{
        customer: string;
        arm: number;
      }>`select customer, arm from experiment_customers where experiment_id = ${running.id} order by customer`,
    );
    // The treated complain half as often.
    const who = arms.flatMap(({ customer, arm }) => (random.chance(arm === 1 ? 0.15 : 0.3) ? [Number(customer.slice(1))] : []));
    await speak(who, 3);
    later(5);
    const { report } = (await post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    expect(report).toMatchObject({ srm: { ok: true }, verdict: 'better', arm: '回电组', direction: 'down', kind: 'share' });
    expect(report.balance.map(({ name }) => name)).toContain('complaints_before');
    expect(report.balance.every(({ ok }) => ok)).toBe(true);
    expect(report.before!.difference_in_differences.effect).toBeLessThan(-0.08);
    expect(report.before).toMatchObject({ of: 'same', arms: { treated: { change: { effect: expect.any(Number) } } } });
    expect(report.always_valid.p!).toBeLessThan(0.05);
    expect(report.caveats).not.toContain('imbalance');
    const voices = await product.as('me_a', { method: 'GET', url: `/api/experiments/${running.id}/voices?arm=1&kind=complaint&limit=1` });
    expect(voices.body).toMatchObject({ customers: report.treated.events, rows: [{ kind: 'complaint', text: '断网' }] });
    // Voices after the report were not counted by it; every stratum opens those of its own customers.
    later(1);
    await speak(who, -0.5);
    expect(report.strata!.length).toBeGreaterThan(1);
    for (const { stratum, treated, control } of report.strata!)
      for (const [arm, side] of [control, treated].entries()) {
        const url = `/api/experiments/${running.id}/voices?arm=${arm}&kind=complaint&stratum=${encodeURIComponent(stratum)}`;
        expect((await product.as('me_a', { method: 'GET', url })).body).toMatchObject({ customers: side.events, count: side.events });
      }
    later(30);
    expect(await lookAtDue(product.ctx)).toBeGreaterThan(0);
    const stopped = ((await product.as('me_a', { method: 'GET', url: `/api/experiments/${running.id}` })).body as Told).experiment;
    expect(stopped).toMatchObject({ state: 'stopped', stop_reason: 'ended', looks: [{ arm: '回电组' }, { arm: '回电组' }] });
    const concluded = await made(`/${running.id}/conclude`, { version: stopped.version, decision: 'adopt', note: '推广' });
    expect(concluded).toMatchObject({ state: 'concluded', conclusion: { decision: 'adopt', verdict: 'better' } });
  });

  it('of satisfaction sets those who were asked before beside those who were asked after, whoever they are', async () => {
    await answer(
      Array.from({ length: N / 2 }, (_, i) => ({ customer: nameOf(2 * i + 1), score: 5 + random.int(5) })),
      -3,
    );
    const draft = await made('', { ...DRAFT, name: '满意', metrics: [{ name: '满意度', source: 'satisfaction', direction: 'up' }] });
    const { experiment } = (await upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
    const running = await made(`/${draft.id}/start`, { version: experiment.version });
    const arms = await rowsOf(
      product.ctx.db,
      sql<{ customer: string; arm: number }>`select customer, arm from experiment_customers where experiment_id = ${running.id}`,
    );
    const even = arms.filter(({ customer }) => Number(customer.slice(1)) % 2 === 0);
    await answer(
      even.map(({ customer, arm }) => ({ customer, score: 5 + random.int(5) + arm })),
      2,
    );
    later(5);
    const { report } = (await post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    const { of, arms: told, cuped, difference_in_differences: did } = report.before!;
    expect([of, cuped, told!.control.pairs, told!.treated.pairs]).toEqual(['others', undefined, 0, 0]);
    expect(told!.control.before.n + told!.treated.before.n).toBe(N / 2);
    expect(told!.control.change.low).toBeLessThan(0);
    expect(told!.control.change.high).toBeGreaterThan(0);
    expect(told!.treated.change.low).toBeGreaterThan(0.5);
    expect([did.low > 0.4, did.high < 1.6]).toEqual([true, true]);
  });

  it('counts imported outcomes by what was assigned, and says who has none', async () => {
    const running = await started();
    const half = Array.from({ length: N / 2 }, (_, i) => `${nameOf(i + 1)},${i % 10 === 0 ? 1 : 0}`).join('\n');
    const path = `/${running.id}/outcomes-file?name=left.csv&version=${running.version}&metric=${encodeURIComponent('离网')}`;
    const wrong = await upload(path, 'customer,left\nc00001,maybe\n');
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('trial-not-numbers')]);
    const answer = (await upload(path, `customer,left\n${half}\nc99999,1\n`)).body as Told;
    expect(answer.problems).toEqual([{ code: 'outcome-outside', params: { count: 1, rows: `${N / 2 + 1}` } }]);
    const { report } = (await post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    expect(report.metrics).toEqual([expect.objectContaining({ metric: '离网', caveats: expect.arrayContaining(['metric_missing']) })]);
    expect(report.metrics![0]!.treated.n + report.metrics![0]!.control.n).toBe(N / 2);
  });

  it('is registered for a handling action of the pack, which the start freezes; of another there is none', async () => {
    const draft = await made('', { ...DRAFT, name: '关怀', action: 'care-call' });
    expect(draft.action).toBe('care-call');
    const changed = await product.as('me_a', {
      method: 'PUT',
      url: `/api/experiments/${draft.id}`,
      payload: { ...DRAFT, name: '关怀', action: 'callback', version: draft.version },
    });
    const { version } = (changed.body as Told).experiment;
    const chosen = await made(`/${draft.id}/cohort`, { version, pick: { brand: ['商务'] } });
    const running = await made(`/${draft.id}/start`, { version: chosen.version });
    expect(running).toMatchObject({ state: 'running', action: 'callback' });
    const payload = { ...DRAFT, name: '关怀', action: 'compensate', version: running.version };
    const late = await product.as('me_a', { method: 'PUT', url: `/api/experiments/${draft.id}`, payload });
    expect(late.text).toContain('state-wrong');
    expect((await made('', DRAFT)).action).toBeNull();
    const wrong = await post('', { ...DRAFT, action: '取消回访' });
    expect(wrong.body).toMatchObject({ problems: [{ code: 'value-unknown', column: 'body.action', params: { value: '取消回访' } }] });
  });

  it('lists everything that is wrong with a draft, and belongs to its unit', async () => {
    const wrong = await post('', {
      ...DRAFT,
      name: ' ',
      arms: [{ name: 'x', share: 0 }],
      metrics: [{ name: 'arm', source: 'complaint', direction: 'up' }],
      windowDays: 0,
    });
    expect((wrong.body as { problems: readonly { column: string }[] }).problems.map(({ column }) => column)).toEqual([
      'body.name',
      'body.arms',
      'body.arms.0.share',
      'body.windowDays',
      'body.metrics',
    ]);
    const { id } = await made('', DRAFT);
    expect((await product.as('me_b', { method: 'GET', url: `/api/experiments/${id}` })).status).toBe(404);
    expect((await product.as('me_p', { method: 'GET', url: `/api/experiments/${id}` })).status).toBe(200);
    const plan = await product.as('me_a', {
      method: 'GET',
      url: '/api/experiments/power?kind=share&base=0.071&effect=-0.003&customers=44000',
    });
    expect(plan.body).toMatchObject({ detectable: expect.closeTo(0.0069, 4), power: expect.closeTo(0.24, 1) });
  });

  it('that ran elsewhere is evaluated from its table; the published one comes with the pack', async () => {
    const demonstration = await made('/demonstration');
    expect(demonstration).toMatchObject({ origin: 'table', demonstration: true, customers: 44_000, verdict: 'not_comparable' });
    expect(demonstration.notes).toHaveLength(4);
    expect((await made('/demonstration')).id).toBe(demonstration.id);
    const answer = await upload(
      '/tables?name=t&arm=arm&metric=hit:up&balance=all',
      'arm,hit,age\ncontrol,1,3\nnew,0,4\ncontrol,0,5\nnew,1,6\n',
    );
    expect((answer.body as Told).experiment.report).toMatchObject({ metric: 'hit', caveats: expect.arrayContaining(['small_sample']) });
    expect((await upload('/tables?name=t&arm=group&metric=x', 'arm,hit\ncontrol,1\n')).text).toContain('trial-column-missing');
  });
});

describe('a look', () => {
  const assigned = async (id: string, arm: number): Promise<readonly number[]> =>
    (
      await rowsOf(
        product.ctx.db,
        sql<{ customer: string }>`select customer from experiment_customers where experiment_id = ${id} and arm = ${arm} order by customer`,
      )
    ).map(({ customer }) => Number(customer.slice(1)));
  const seen = async (id: string): Promise<ExperimentDetail> =>
    ((await product.as('me_a', { method: 'GET', url: `/api/experiments/${id}` })).body as Told).experiment;
  const events = ({ report }: ExperimentDetail): number => report!.treated.events! + report!.control.events!;

  it('counts until an experiment was stopped, not until it was to end; so do the voices behind it', async () => {
    const running = await started();
    await speak([1, 2, 3, 4, 5, 6], 1);
    later(3);
    const stopped = await made(`/${running.id}/stop`, { version: running.version, reason: '够了' });
    await speak(
      Array.from({ length: 500 }, (_, i) => i + 10),
      1,
    );
    later(5);
    expect((await post(`/${running.id}/look`)).status).toBe(200);
    expect(events(await seen(running.id))).toBe(6);
    const behind = [0, 1].map((arm) =>
      product.as('me_a', { method: 'GET', url: `/api/experiments/${running.id}/voices?arm=${arm}&kind=complaint` }),
    );
    const counts = (await Promise.all(behind)).map(({ body }) => (body as { count: number }).count);
    expect(counts[0]! + counts[1]!).toBe(6);

    const unwritten = (await anyExperiment(product.ctx.db, running.id))!;
    const concluded = await made(`/${running.id}/conclude`, { version: stopped.version, decision: 'drop', note: '' });
    expect((await post(`/${running.id}/look`)).text).toContain('state-wrong');
    product.clock.advanceMs(1_000);
    expect(await lookAt(product.ctx, null, unwritten)).toEqual(concluded.report);
    expect((await seen(running.id)).reported_at).toBe(concluded.reported_at);
  });

  it('before the end finds a difference only where looking every day permits it', async () => {
    const running = await started();
    const [control, treated] = [await assigned(running.id, 0), await assigned(running.id, 1)];
    await speak([...control.slice(0, 130), ...treated.slice(0, 95)], 3);
    later(5);
    await post(`/${running.id}/look`);
    const early = (await seen(running.id)).report!;
    expect(early.p!).toBeLessThan(0.05);
    expect(early).toMatchObject({ verdict: 'no_difference_found', caveats: expect.arrayContaining(['peeking']) });
    later(30);
    await lookAtDue(product.ctx);
    expect(await seen(running.id)).toMatchObject({ state: 'stopped', verdict: 'better' });
  });

  it('that fails keeps no other waiting, and what has nothing to compare yet is asked once a day', async () => {
    const [broken, sound] = [await started(), await started()];
    const metrics = [{ name: '离网', source: 'outcome', direction: 'down' }];
    const draft = await made('', { ...DRAFT, name: '只看离网', metrics });
    const chosen = await made(`/${draft.id}/cohort`, { version: draft.version, pick: { brand: ['商务'] } });
    const waiting = await made(`/${draft.id}/start`, { version: chosen.version });
    await sql`update experiments set metrics = '[{}]' where id = ${broken.id}`.execute(product.ctx.db);
    later(29);
    expect(await lookAtDue(product.ctx)).toBeGreaterThanOrEqual(3);
    expect(await seen(sound.id)).toMatchObject({ state: 'stopped', report: { arm: '回电组' } });
    expect(await seen(waiting.id)).toMatchObject({ state: 'stopped', report: null });
    expect(await anyExperiment(product.ctx.db, broken.id)).toMatchObject({ state: 'stopped', reported_at: null });
    // Only the broken one is still due.
    expect(await lookAtDue(product.ctx)).toBe(1);
    const stops = await rowsOf(
      product.ctx.db,
      sql<{ n: number }>`select count(*)::int as n from audit where action = 'experiment.stop' and subject_id = ${broken.id}`,
    );
    expect(stops).toEqual([{ n: 1 }]);
  });
});
