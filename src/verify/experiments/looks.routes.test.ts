import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testClock } from '../../../test/kit/clock.ts';
import { DRAFT, ExperimentWorld, type Told } from '../../../test/kit/experiment-world.ts';
import { type ExperimentDetail } from '../../model/experiment.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { anyExperiment } from './experiment-rows.sql.ts';
import { lookAt, lookAtDue } from './look.job.ts';

let world: ExperimentWorld;
beforeAll(async () => {
  world = await ExperimentWorld.open();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a look', () => {
  const assigned = async (id: string, arm: number): Promise<readonly number[]> =>
    (
      await rowsOf(
        world.product.ctx.db,
        sql<{ customer: string }>`select customer from experiment_customers where experiment_id = ${id} and arm = ${arm} order by customer`,
      )
    ).map(({ customer }) => Number(customer.slice(1)));
  const seen = async (id: string): Promise<ExperimentDetail> =>
    ((await world.product.as('me_a', { method: 'GET', url: `/api/experiments/${id}` })).body as Told).experiment;
  const events = ({ report }: ExperimentDetail): number => report!.treated.events! + report!.control.events!;

  it('counts until an experiment was stopped, not until it was to end; so do the voices behind it', async () => {
    const running = await world.started();
    await world.speak([1, 2, 3, 4, 5, 6], 1);
    world.later(3);
    const stopped = await world.made(`/${running.id}/stop`, { version: running.version, reason: '够了' });
    await world.speak(
      Array.from({ length: 500 }, (_, i) => i + 10),
      1,
    );
    world.later(5);
    expect((await world.post(`/${running.id}/look`)).status).toBe(200);
    expect(events(await seen(running.id))).toBe(6);
    const behind = [0, 1].map((arm) =>
      world.product.as('me_a', { method: 'GET', url: `/api/experiments/${running.id}/voices?arm=${arm}&kind=complaint` }),
    );
    const counts = (await Promise.all(behind)).map(({ body }) => (body as { count: number }).count);
    expect(counts[0]! + counts[1]!).toBe(6);

    const unwritten = (await anyExperiment(world.product.ctx.db, running.id))!;
    const concluded = await world.made(`/${running.id}/conclude`, { version: stopped.version, decision: 'drop', note: '' });
    expect((await world.post(`/${running.id}/look`)).text).toContain('state-wrong');
    world.product.clock.advanceMs(1_000);
    expect(await lookAt(world.product.ctx, null, unwritten)).toEqual(concluded.report);
    expect((await seen(running.id)).reported_at).toBe(concluded.reported_at);
  });

  it('before the end finds a difference only where looking every day permits it', async () => {
    const running = await world.started();
    const [control, treated] = [await assigned(running.id, 0), await assigned(running.id, 1)];
    await world.speak([...control.slice(0, 130), ...treated.slice(0, 95)], 3);
    world.later(5);
    await world.post(`/${running.id}/look`);
    const early = (await seen(running.id)).report!;
    expect(early.p!).toBeLessThan(0.05);
    expect(early).toMatchObject({ verdict: 'no_difference_found', caveats: expect.arrayContaining(['peeking']) });
    world.later(30);
    await lookAtDue(world.product.ctx);
    expect(await seen(running.id)).toMatchObject({ state: 'stopped', verdict: 'better' });
  });

  it('is of the moment when it began, and one that began earlier does not take its place', async () => {
    const { ctx, clock } = world.product;
    const stored = (await anyExperiment(ctx.db, (await world.started()).id))!;
    world.later(3);
    const began = [ctx.clock.now()];
    const first = lookAt(ctx, null, stored);
    clock.advanceMs(60_000);
    began.push(ctx.clock.now());
    // Another process, with a clock of its own: two of one moment in one process would be one line of the audit.
    const second = lookAt({ ...ctx, clock: testClock(began[1]) }, null, stored);
    clock.advanceMs(60_000);
    await Promise.all([first, second]);
    const { reported_at, looks: kept } = await seen(stored.id);
    expect(reported_at).toBe(began[1]);
    expect(kept.every(({ at }) => began.includes(at))).toBe(true);
  });

  it('that cannot compare says why; blanks around names of arms are nothing', async () => {
    const { db } = world.product.ctx;
    const running = await world.started();
    const arms = JSON.stringify([
      { name: '对照组 ', share: 1 },
      { name: ' 回电组', share: 1 },
      { name: '无人组', share: 1 },
    ]);
    await sql`update experiments set arms = ${arms}::jsonb where id = ${running.id}`.execute(db);
    world.later(1);
    const refused = await world.post(`/${running.id}/look`);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('trial-shares-wrong')]);
    await sql`update experiments set arms = ${arms}::jsonb - 2 where id = ${running.id}`.execute(db);
    expect((await world.post(`/${running.id}/look`)).status).toBe(200);
    expect((await seen(running.id)).report!.arms.map(({ arm }) => arm)).toEqual(['对照组', '回电组']);
  });

  it('that fails keeps no other waiting, and what has nothing to compare yet is asked once a day', async () => {
    const [broken, sound] = [await world.started(), await world.started()];
    const metrics = [{ name: '离网', source: 'outcome', direction: 'down' }];
    const draft = await world.made('', { ...DRAFT, name: '只看离网', metrics });
    const chosen = await world.made(`/${draft.id}/cohort`, { version: draft.version, pick: { brand: ['商务'] } });
    const waiting = await world.made(`/${draft.id}/start`, { version: chosen.version });
    await sql`update experiments set metrics = '[{}]' where id = ${broken.id}`.execute(world.product.ctx.db);
    world.later(29);
    expect(await lookAtDue(world.product.ctx)).toBeGreaterThanOrEqual(3);
    expect(await seen(sound.id)).toMatchObject({ state: 'stopped', report: { arm: '回电组' } });
    expect(await seen(waiting.id)).toMatchObject({ state: 'stopped', report: null });
    expect(await anyExperiment(world.product.ctx.db, broken.id)).toMatchObject({ state: 'stopped', reported_at: null });
    // Only the broken one is still due.
    expect(await lookAtDue(world.product.ctx)).toBe(1);
    const stops = await rowsOf(
      world.product.ctx.db,
      sql<{ n: number }>`select count(*)::int as n from audit where action = 'experiment.stop' and subject_id = ${broken.id}`,
    );
    expect(stops).toEqual([{ n: 1 }]);
  });
});
