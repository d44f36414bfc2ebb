import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GradedVoice, LevelsView } from '../../model/levels.ts';
import type { CustomerAtDesk } from '../../model/recording.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { type Answered, type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { peaksOf } from '../../../test/scope/peaks-recipes.ts';
import { likely } from '../likely.sql.ts';
import { gradeGrievances } from './grade-grievances.job.ts';
import { levelsOf } from './levels.sql.ts';
import { FIRST_SETTINGS } from './settings.ts';

const NOW = '2026-06-01T02:00:00.000Z';
/** How some agents file an outage. */
const NAMED = '宽带断网无法上网';
let product: TestProduct;
let ids: ReadonlyMap<string, number>;

/** Outages lead to complaints, slow lines do not; over five months of two cities. Some agents file by code, some by name, one in another system's words. */
beforeAll(async () => {
  product = await testProduct();
  product.clock.set(NOW);
  await twoCities(product.ctx);
  const lines: string[] = [];
  const say = (
    id: string,
    customer: string,
    day: number,
    kind: string,
    category: string,
    region = 'A1x',
    text = `宽带有问题${id}`,
  ): void => {
    const at = new Date(Date.UTC(2026, 0, 1) + day * 86_400_000 + 3_600_000).toISOString();
    lines.push(JSON.stringify({ id, kind, category, customer, region, said_at: at, text, agent: 'A-007', unit: 'ou_a1h' }));
  };
  for (let i = 0; i < 400; i++) {
    const [day, outage] = [i % 110, i % 2 === 0];
    const code = outage ? 'fixed/broadband/outage' : 'fixed/broadband/slow';
    say(`g${i}`, `C${i}`, day, 'grievance', outage && i % 3 === 0 ? NAMED : code);
    if (outage && i % 5 !== 0) say(`c${i}`, `C${i}`, day + 4, 'complaint', 'fixed/broadband/outage');
  }
  say('old', 'X1', 140, 'grievance', 'fixed/broadband/outage');
  say('new', 'X1', 150, 'grievance', 'fixed/broadband/outage');
  say('named', 'X3', 140, 'grievance', NAMED);
  say('coded', 'X3', 150, 'grievance', 'fixed/broadband/outage');
  say('foreign', 'X4', 150, 'grievance', '别家系统/宽带/断网', 'A1x', '宽带断网了，光猫红灯亮');
  say('other', 'X2', 150, 'grievance', 'fixed/broadband/slow', 'B1x');
  await product.as('me_p', {
    method: 'POST',
    url: '/api/voices?source=all',
    payload: lines.join('\n'),
    headers: { 'idempotency-key': 'x', 'content-type': 'application/x-ndjson' },
  });
  await product.settle();
  const rows = await rowsOf(product.ctx.db, sql<{ key: string; id: number }>`select outside_key as key, id from voices`);
  ids = new Map(rows.map((row) => [row.key, row.id]));
  await gradeGrievances(product.ctx);
}, 120_000);
afterAll(() => product[Symbol.asyncDispose]());

const get = async <T>(member: string, url: string): Promise<T> => (await product.as(member, { method: 'GET', url })).body as T;
const put = (member: string, body: object): Promise<Answered> =>
  product.as(member, { method: 'PUT', url: '/api/levels/settings', payload: body });
const levelOf = async (key: string, at?: string): Promise<GradedVoice> => (await levelsOf(product.ctx, [ids.get(key)!], at))[0]!;

describe('levels', () => {
  it('follow from facts of the time alone: the matter lasts since it was first told, its cause is one that leads to complaints', async () => {
    const graded = await levelOf('new');
    const facts = Object.fromEntries(graded.reasons.map((reason) => [reason.indicator, reason.fact]));
    expect(facts).toMatchObject({ effect: null, tolerance: 0 });
    // Told on day 140, not on day 150.
    expect(Number(facts['duration'])).toBeCloseTo(24 * 11 + 1, 0);
    expect(Number(facts['association'])).toBeGreaterThan(1.5);
    expect((await levelOf('other')).level).toBeLessThan(graded.level);
    expect(await levelsOf(product.ctx, [ids.get('c2')!])).toEqual([]);
  });

  it('take the cause that an agent filed by its name as that leaf, and another system’s words for nothing', async () => {
    const factsOf = async (key: string): Promise<Record<string, unknown>> =>
      Object.fromEntries((await levelOf(key)).reasons.map((reason) => [reason.indicator, reason.fact]));
    const [named, coded, outage] = [await factsOf('named'), await factsOf('coded'), await factsOf('old')];
    expect(named['association']).toBe(outage['association']);
    // Told by name on day 140 first, by code on day 150 again: one matter.
    expect(Number(coded['duration'])).toBeCloseTo(24 * 11 + 1, 0);
    const { db, pack } = product.ctx;
    const which = ['named', 'coded', 'foreign'].map((key) => ids.get(key)!);
    const rows = await rowsOf(
      db,
      sql<{ category: string }>`select t.category from ${likely(pack, sql<boolean>`v.id = any(${which}::bigint[])`)} t order by t.voice`,
    );
    // Of another system's words nothing is known: what was read of the text stands.
    expect(rows.map((row) => row.category)).toEqual(Array.from({ length: 3 }, () => 'fixed/broadband/outage'));
    const counted = await rowsOf(
      db,
      sql<{ category: string; grievances: number }>`select category, grievances from cause_associations order by category`,
    );
    expect(counted).toEqual([
      { category: 'fixed/broadband/outage', grievances: 200 },
      { category: 'fixed/broadband/slow', grievances: 200 },
    ]);
  });

  it('of a time that has passed stay what they were, whatever is heard later', async () => {
    const landmark = '2026-05-31T20:00:00.000Z';
    const before = await levelOf('new', landmark);
    await product.as('me_p', {
      method: 'POST',
      url: '/api/voices?source=all',
      payload: {
        id: 'later',
        kind: 'complaint',
        category: 'fixed/broadband/outage',
        customer: 'X1',
        region: 'A1x',
        said_at: '2026-06-01T01:00:00.000Z',
        text: '投诉断网',
      },
      headers: { 'idempotency-key': 'later' },
    });
    expect(await levelOf('new', landmark)).toEqual(before);
    const now = await levelOf('new');
    expect(now.score).toBeGreaterThan(before.score);
    expect(now.reasons.find((one) => one.indicator === 'tolerance')).toMatchObject({ value: 4, fact: 1 });
  });

  it('are written down by the regular grading, and rise as time passes; every change is kept', async () => {
    const standing = async (): Promise<readonly { level: number; n: number }[]> =>
      rowsOf(
        product.ctx.db,
        sql`select level, count(*)::int as n from grievance_level_changes where voice_id = ${ids.get('other')!} group by level order by level`,
      );
    const first = await standing();
    expect(first).toHaveLength(1);
    expect(await gradeGrievances(product.ctx)).toBeGreaterThanOrEqual(0);
    product.clock.set('2026-06-18T02:00:00.000Z');
    await gradeGrievances(product.ctx);
    expect((await standing()).length).toBeGreaterThan(1);
    product.clock.set(NOW);
  });

  it('are validated on later months, with complaints after the landmark', async () => {
    const { validation, distribution, standing } = await get<LevelsView>('me_p', '/api/levels');
    expect(validation).not.toBeNull();
    expect(validation!.cutoff > '2026-02-20').toBe(true);
    const rows = validation!.rows.filter((row) => row.n > 0);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.at(-1)!.share).toBeGreaterThan(rows[0]!.share);
    expect(distribution.shares.reduce((sum, one) => sum + one.n, 0)).toBe(distribution.n);
    for (const { level, n } of standing) {
      const page = await get<{ count: number; rows: readonly unknown[] }>('me_p', `/api/levels/voices?level=${level}`);
      expect([level, page.count]).toEqual([level, n]);
    }
  });

  it('are validated with those whom a specialist reached until then; one who was not reached is followed to the end', async () => {
    const said = async (): Promise<readonly (number | undefined)[]> => {
      const { validation } = await get<LevelsView>('me_p', '/api/levels');
      return [validation!.rows.reduce((sum, row) => sum + row.n, 0), validation!.called, validation!.handled];
    };
    const call = async (key: string, reached: boolean): Promise<void> => {
      const voice = ids.get(key)!;
      await peaksOf({ product }, 'A', 'me_a1', [voice]);
      const outcome = { reached, attitude: reached ? 'calm' : null, promise: '', solved: reached ? 'no' : null, note: '' };
      const url = `/api/peaks/calls/pc_${voice}`;
      const post = (step: string, payload: object): Promise<Answered> =>
        product.as('me_a1', { method: 'POST', url: `${url}/${step}`, payload });
      expect((await post('take', { version: 1 })).status).toBe(200);
      expect((await post('outcome', { version: 2, outcome })).status).toBe(200);
    };
    const [n, called, handled] = await said();
    product.clock.set('2026-04-12T02:00:00.000Z');
    await call('g97', false);
    await call('g99', true);
    product.clock.set(NOW);
    for (const member of ['me_p', 'me_a1']) product.renew(member);
    expect(await said()).toEqual([n, called, handled! + 1]);
  });

  it('of another city’s voices are not told', async () => {
    expect((await product.as('me_a', { method: 'GET', url: `/api/voices/${ids.get('other')}/level` })).status).toBe(404);
    expect((await get<{ graded: GradedVoice }>('me_p', `/api/voices/${ids.get('other')}/level`)).graded.version).toBe(0);
    expect((await get<LevelsView>('me_b', '/api/levels')).distribution.of).toBe(1);
  });

  it('stand beside the contacts of the customer at the desk', async () => {
    const found = await product.as('me_ag', { method: 'POST', url: '/api/record/customer', payload: { key: 'X1' } });
    const { history } = found.body as CustomerAtDesk;
    expect(history.filter((one) => one.kind === 'grievance').map((one) => one.level)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(JSON.stringify(history)).not.toContain('"voice"');
  });
});

describe('the settings of levels', () => {
  it('are not tried where saving would find no grading in them; wanted shares may be unfinished', async () => {
    const tried = async (change: object) => {
      const payload = { settings: { ...FIRST_SETTINGS, ...change }, days: 90 };
      return (await product.as('me_a', { method: 'POST', url: '/api/levels/preview', payload })) as Answered;
    };
    const none = { duration: 0, effect: 0, association: 0, tolerance: 0 };
    expect(await tried({ weights: none, cuts: [0.1, 0.2, 0.3] })).toMatchObject({
      status: 422,
      body: { problems: [{ column: 'weights' }, { column: 'cuts' }] },
    });
    expect((await tried({ shares: [10, 20, 30, 20, 10] })).status).toBe(200);
  });

  it('make a new version over the one that was seen, tell who changed what, and are refused with everything that is wrong', async () => {
    const settings = { ...FIRST_SETTINGS, shares: [10, 20, 30, 20, 20] };
    expect((await put('me_ag', { settings, seen: 0 })).status).toBe(403);
    const refused = await put('me_a', { settings: { ...settings, shares: [10, 20, 30, 20, 10], cuts: [0.5, 0.4, 0.6, 0.7] }, seen: 0 });
    expect((refused.body as { problems: readonly { code: string }[] }).problems.map((one) => one.code)).toEqual([
      'value-not-rising',
      'shares-not-100',
    ]);
    expect((await put('me_a', { settings, seen: 0, note: '按实际调整' })).body).toMatchObject({ version: 1 });
    expect((await put('me_a', { settings, seen: 0 })).status).toBe(409);
    const { current, history } = await get<LevelsView>('me_a', '/api/levels');
    expect([current.version, current.note, current.by]).toEqual([1, '按实际调整', 'A市分析员']);
    expect(history.map((one) => one.version)).toEqual([1, 0]);
  });

  it('are tested from the day they were set on; until enough has come since, the months are said to have been known', async () => {
    const { current } = await get<LevelsView>('me_a', '/api/levels');
    const save = async (change: object): Promise<void> => {
      const { current: seen } = await get<LevelsView>('me_a', '/api/levels');
      expect((await put('me_a', { settings: { ...seen.settings, ...change }, seen: seen.version })).status).toBe(200);
    };
    const validated = async () => (await get<LevelsView>('me_p', '/api/levels')).validation!;
    // Other wanted shares grade nothing anew: still what was shipped, which knew nothing.
    expect(await validated()).toMatchObject({ set_at: null, settings_knew: false });
    const { cutoff } = await validated();
    await save({ weights: { ...current.settings.weights, duration: 3 } });
    await save({ shares: [20, 20, 20, 20, 20] });
    expect(await validated()).toMatchObject({ set_at: NOW, settings_knew: true, cutoff });
    product.clock.set('2026-07-20T02:00:00.000Z');
    for (const member of ['me_a', 'me_p']) product.renew(member);
    expect(await validated()).toMatchObject({ set_at: NOW, settings_knew: false, cutoff: NOW });
    product.clock.set(NOW);
    for (const member of ['me_a', 'me_p']) product.renew(member);
  });
});
