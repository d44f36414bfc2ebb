import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT, everybody, ExperimentWorld, N, nameOf, type Told } from '../../../test/kit/experiment-world.ts';
import { triedOffer } from '../../act/handling/tried-strategy.sql.ts';
import { armOf, type ExperimentDetail, type PickChoices } from '../../model/experiment.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { lookAtDue } from './look.job.ts';

let world: ExperimentWorld;
beforeAll(async () => {
  world = await ExperimentWorld.open();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a cohort', () => {
  it('is picked by who customers are, with how many there are of each, and never beyond the scope', async () => {
    const ask = async (pick: object, member = 'me_a') =>
      (
        await world.product.as(member, {
          method: 'GET',
          url: `/api/experiments/customers?pick=${encodeURIComponent(JSON.stringify(pick))}`,
        })
      ).body as PickChoices;
    const all = await ask({});
    expect(all.customers).toBe(N);
    expect(all.choices.filter(({ field }) => field === 'brand').map(({ value, customers }) => [value, customers])).toEqual([
      ['畅想', N - Math.floor(N / 3)],
      ['商务', Math.floor(N / 3)],
    ]);
    expect((await ask({}, 'me_b')).customers).toBe(0);
    const pick = { brand: ['商务'], value_tier: ['金卡'] };
    const draft = await world.made('', { ...DRAFT, name: '按特征' });
    const chosen = await world.made(`/${draft.id}/cohort`, { version: draft.version, pick });
    expect(chosen.cohort).toMatchObject({ version: 1, customers: (await ask(pick)).customers, from: { kind: 'customers', pick } });
    expect(chosen.customers).toBe(Math.floor(N / 12));
    expect((await world.post(`/${draft.id}/cohort`, { version: chosen.version, pick: { shoe: ['1'] } })).status).toBe(422);
    const where = [
      { field: 'said_at', from: 'soon', before: '2026-03-01' },
      { field: 'shoe', in: ['1'] },
    ];
    const wrong = await world.post(`/${draft.id}/cohort`, { version: chosen.version, where });
    expect([wrong.status, (wrong.body as { problems: readonly { column: string }[] }).problems.map(({ column }) => column)]).toEqual([
      422,
      ['body.where.0.from', 'body.where.1.field'],
    ]);
    const foreign = await world.post(`/${draft.id}/cohort`, { version: chosen.version, pick }, 'me_b');
    expect(foreign.status).toBe(404);
  });

  it('offers every field, though one of them has very many values', async () => {
    const { db } = world.product.ctx;
    await sql`insert into customers (customer, source_id, city, brand, value_tier, batch_id)
      select 'X' || i, source_id, 'A', 'brand' || i, '稀有', batch_id from (select source_id, batch_id from customers limit 1) k, generate_series(1, 600) i`.execute(
      db,
    );
    const { choices } = (await world.product.as('me_a', { method: 'GET', url: '/api/experiments/customers' })).body as PickChoices;
    await sql`delete from customers where customer like 'X%'`.execute(db);
    expect(choices.filter(({ field }) => field === 'brand')).toHaveLength(100);
    expect(choices).toContainEqual({ field: 'value_tier', value: '稀有', customers: 600 });
  });

  it('of an experiment that tries a strategy sees the offer of its arm, the others what the strategy says', async () => {
    const draft = await world.made('', {
      ...DRAFT,
      name: '五级策略',
      arms: [
        { name: '对照组', share: 1 },
        { name: '先免后查组', share: 1, offer: '先免 50 元再核查' },
      ],
      handling: [{ level: 5, tier: 'usual' }],
    });
    const chosen = await world.made(`/${draft.id}/cohort`, { version: draft.version, pick: { brand: ['商务'] } });
    const running = await world.made(`/${draft.id}/start`, { version: chosen.version });
    const { db } = world.product.ctx;
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
    await world.made(`/${running.id}/stop`, { version: running.version, reason: '够了' });
    expect(await triedOffer(db, one!.customer, 5, 'usual')).toBeNull();
  });
});

describe('an experiment', () => {
  it('is registered, assigned evenly by a function that anybody can ask, and frozen', async () => {
    const draft = await world.made('', DRAFT);
    expect(draft).toMatchObject({ state: 'draft', cohort: null, outlook: null, unit: { id: 'ou_a' } });
    expect((await world.post(`/${draft.id}/start`, { version: draft.version })).text).toContain('cohort-empty');
    const answer = (await world.upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
    expect(answer.problems).toEqual([{ code: 'cohort-unknown', params: { count: 1, rows: '2001' } }]);
    expect(answer.experiment.cohort).toMatchObject({ version: 1, customers: N });
    expect(answer.experiment.outlook).toMatchObject({ kind: 'share', customers: N, base: expect.closeTo(0.3, 1) });
    expect(answer.experiment.outlook!.detectable).toBeGreaterThan(0.04);
    const running = await world.made(`/${draft.id}/start`, { version: answer.experiment.version });
    expect(running).toMatchObject({ state: 'running', customers: N });
    const { db } = world.product.ctx;
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
    const changed = await world.product.as('me_a', {
      method: 'PUT',
      url: `/api/experiments/${draft.id}`,
      payload: { ...DRAFT, version: running.version },
    });
    expect(changed.text).toContain('state-wrong');
  });

  it('is looked at as often as one likes, opens its voices, ends by itself, and is concluded', async () => {
    const running = await world.started();
    const arms = await rowsOf(
      world.product.ctx.db,
      sql<{
        customer: string;
        arm: number;
      }>`select customer, arm from experiment_customers where experiment_id = ${running.id} order by customer`,
    );
    // The treated complain half as often.
    const who = arms.flatMap(({ customer, arm }) => (world.random.chance(arm === 1 ? 0.15 : 0.3) ? [Number(customer.slice(1))] : []));
    await world.speak(who, 3);
    world.later(5);
    const { report } = (await world.post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    expect(report).toMatchObject({ srm: { ok: true }, verdict: 'better', arm: '回电组', direction: 'down', kind: 'share' });
    expect(report.balance.map(({ name }) => name)).toContain('complaints_before');
    expect(report.balance.every(({ ok }) => ok)).toBe(true);
    expect(report.before!.difference_in_differences.effect).toBeLessThan(-0.08);
    expect(report.before).toMatchObject({ of: 'same', arms: { treated: { change: { effect: expect.any(Number) } } } });
    expect(report.always_valid.p!).toBeLessThan(0.05);
    expect(report.caveats).not.toContain('imbalance');
    const voices = await world.product.as('me_a', {
      method: 'GET',
      url: `/api/experiments/${running.id}/voices?arm=1&kind=complaint&limit=1`,
    });
    expect(voices.body).toMatchObject({ customers: report.treated.events, rows: [{ kind: 'complaint', text: '断网' }] });
    // Voices after the report were not counted by it; every stratum opens those of its own customers.
    world.later(1);
    await world.speak(who, -0.5);
    expect(report.strata!.length).toBeGreaterThan(1);
    for (const { stratum, treated, control } of report.strata!)
      for (const [arm, side] of [control, treated].entries()) {
        const url = `/api/experiments/${running.id}/voices?arm=${arm}&kind=complaint&stratum=${encodeURIComponent(stratum)}`;
        expect((await world.product.as('me_a', { method: 'GET', url })).body).toMatchObject({ customers: side.events, count: side.events });
      }
    world.later(30);
    expect(await lookAtDue(world.product.ctx)).toBeGreaterThan(0);
    const stopped = ((await world.product.as('me_a', { method: 'GET', url: `/api/experiments/${running.id}` })).body as Told).experiment;
    expect(stopped).toMatchObject({ state: 'stopped', stop_reason: 'ended', looks: [{ arm: '回电组' }, { arm: '回电组' }] });
    const concluded = await world.made(`/${running.id}/conclude`, { version: stopped.version, decision: 'adopt', note: '推广' });
    expect(concluded).toMatchObject({ state: 'concluded', conclusion: { decision: 'adopt', verdict: 'better' } });
  });

  it('of satisfaction sets those who were asked before beside those who were asked after, whoever they are', async () => {
    await world.answer(
      Array.from({ length: N / 2 }, (_, i) => ({ customer: nameOf(2 * i + 1), score: 5 + world.random.int(5) })),
      -3,
    );
    const draft = await world.made('', { ...DRAFT, name: '满意', metrics: [{ name: '满意度', source: 'satisfaction', direction: 'up' }] });
    const { experiment } = (await world.upload(`/${draft.id}/cohort-file?name=all.csv&version=${draft.version}`, everybody)).body as Told;
    const running = await world.made(`/${draft.id}/start`, { version: experiment.version });
    const arms = await rowsOf(
      world.product.ctx.db,
      sql<{ customer: string; arm: number }>`select customer, arm from experiment_customers where experiment_id = ${running.id}`,
    );
    const even = arms.filter(({ customer }) => Number(customer.slice(1)) % 2 === 0);
    await world.answer(
      even.map(({ customer, arm }) => ({ customer, score: 5 + world.random.int(5) + arm })),
      2,
    );
    world.later(5);
    const { report } = (await world.post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    const { of, arms: told, cuped, difference_in_differences: did } = report.before!;
    expect([of, cuped, told!.control.pairs, told!.treated.pairs]).toEqual(['others', undefined, 0, 0]);
    expect(told!.control.before.n + told!.treated.before.n).toBe(N / 2);
    expect(told!.control.change.low).toBeLessThan(0);
    expect(told!.control.change.high).toBeGreaterThan(0);
    expect(told!.treated.change.low).toBeGreaterThan(0.5);
    expect([did.low > 0.4, did.high < 1.6]).toEqual([true, true]);
  });

  it('counts imported outcomes by what was assigned, and says who has none', async () => {
    const running = await world.started();
    const half = Array.from({ length: N / 2 }, (_, i) => `${nameOf(i + 1)},${i % 10 === 0 ? 1 : 0}`).join('\n');
    const path = `/${running.id}/outcomes-file?name=left.csv&version=${running.version}&metric=${encodeURIComponent('离网')}`;
    const wrong = await world.upload(path, 'customer,left\nc00001,maybe\n');
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('trial-not-numbers')]);
    const answer = (await world.upload(path, `customer,left\n${half}\nc99999,1\n`)).body as Told;
    expect(answer.problems).toEqual([{ code: 'outcome-outside', params: { count: 1, rows: `${N / 2 + 1}` } }]);
    const { report } = (await world.post(`/${running.id}/look`)).body as { report: NonNullable<ExperimentDetail['report']> };
    expect(report.metrics).toEqual([expect.objectContaining({ metric: '离网', caveats: expect.arrayContaining(['metric_missing']) })]);
    expect(report.metrics![0]!.treated.n + report.metrics![0]!.control.n).toBe(N / 2);
  });

  it('is registered for a handling action of the pack, which the start freezes; of another there is none', async () => {
    const draft = await world.made('', { ...DRAFT, name: '关怀', action: 'care-call' });
    expect(draft.action).toBe('care-call');
    const changed = await world.product.as('me_a', {
      method: 'PUT',
      url: `/api/experiments/${draft.id}`,
      payload: { ...DRAFT, name: '关怀', action: 'callback', version: draft.version },
    });
    const { version } = (changed.body as Told).experiment;
    const chosen = await world.made(`/${draft.id}/cohort`, { version, pick: { brand: ['商务'] } });
    const running = await world.made(`/${draft.id}/start`, { version: chosen.version });
    expect(running).toMatchObject({ state: 'running', action: 'callback' });
    const payload = { ...DRAFT, name: '关怀', action: 'compensate', version: running.version };
    const late = await world.product.as('me_a', { method: 'PUT', url: `/api/experiments/${draft.id}`, payload });
    expect(late.text).toContain('state-wrong');
    expect((await world.made('', DRAFT)).action).toBeNull();
    const wrong = await world.post('', { ...DRAFT, action: '取消回访' });
    expect(wrong.body).toMatchObject({ problems: [{ code: 'value-unknown', column: 'body.action', params: { value: '取消回访' } }] });
  });

  it('lists everything that is wrong with a draft, and belongs to its unit', async () => {
    const wrong = await world.post('', {
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
    const { id } = await world.made('', DRAFT);
    expect((await world.product.as('me_b', { method: 'GET', url: `/api/experiments/${id}` })).status).toBe(404);
    expect((await world.product.as('me_p', { method: 'GET', url: `/api/experiments/${id}` })).status).toBe(200);
    const plan = await world.product.as('me_a', {
      method: 'GET',
      url: '/api/experiments/power?kind=share&base=0.071&effect=-0.003&customers=44000',
    });
    expect(plan.body).toMatchObject({ detectable: expect.closeTo(0.0069, 4), power: expect.closeTo(0.24, 1) });
  });

  it('that ran elsewhere is evaluated from its table; the published one comes with the pack', async () => {
    const demonstration = await world.made('/demonstration');
    expect(demonstration).toMatchObject({ origin: 'table', demonstration: true, customers: 44_000, verdict: 'not_comparable' });
    expect(demonstration.notes).toHaveLength(4);
    expect((await world.made('/demonstration')).id).toBe(demonstration.id);
    const answer = await world.upload(
      '/tables?name=t&arm=arm&metric=hit:up&balance=all',
      'arm,hit,age\ncontrol,1,3\nnew,0,4\ncontrol,0,5\nnew,1,6\n',
    );
    expect((answer.body as Told).experiment.report).toMatchObject({ metric: 'hit', caveats: expect.arrayContaining(['small_sample']) });
    expect((await world.upload('/tables?name=t&arm=group&metric=x', 'arm,hit\ncontrol,1\n')).text).toContain('trial-column-missing');
  });
});
