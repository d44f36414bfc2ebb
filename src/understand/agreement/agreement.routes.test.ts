import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agreement, CodingQueue } from '../../model/agreement.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { type Answered, type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';

const NOW = '2026-03-10T02:00:00.000Z';
const [OUTAGE, SLOW] = ['fixed/broadband/outage', 'fixed/broadband/slow'];
let product: TestProduct;
let sample = '';

beforeAll(async () => {
  product = await testProduct();
  product.clock.set(NOW);
  await twoCities(product.ctx);
  const lines = (c: string, count: number): string =>
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({
        kind: 'grievance',
        text: i % 2 === 0 ? `宽带断网了${i}号` : `网速很慢看视频卡${i}`,
        category: i % 2 === 0 ? OUTAGE : SLOW,
        unit: `ou_${c}1h`,
        agent: `${c.toUpperCase()}-007`,
        said_at: NOW,
      }),
    ).join('\n');
  for (const [c, count] of [
    ['a', 30],
    ['b', 1],
  ] as const)
    await product.as(`me_${c}g`, {
      method: 'POST',
      url: '/api/voices?source=desk',
      payload: lines(c, count),
      headers: { 'idempotency-key': c, 'content-type': 'application/x-ndjson' },
    });
}, 120_000);
afterAll(() => product[Symbol.asyncDispose]());

const post = (member: string, url: string, payload: object): Promise<Answered> => product.as(member, { method: 'POST', url, payload });
const queue = async (member: string): Promise<CodingQueue> =>
  (await product.as(member, { method: 'GET', url: '/api/agreement/queue' })).body as CodingQueue;
const results = async (member: string): Promise<Agreement> =>
  (await product.as(member, { method: 'GET', url: '/api/agreement' })).body as Agreement;

describe('a double-coded sample', () => {
  it('is drawn within scope, once per voice, and the queue shows nothing of what was recorded', async () => {
    const draw = { from: '2026-03-01T00:00:00.000Z', before: '2026-03-11T00:00:00.000Z', size: 26 };
    const drawn = await post('me_a', '/api/agreement/samples', draw);
    expect(drawn.status, drawn.text).toBe(200);
    expect(drawn.body).toMatchObject({ size: 26 });
    sample = (drawn.body as { id: string }).id;
    expect((await post('me_a', '/api/agreement/samples', draw)).body).toMatchObject({ size: 4 });
    expect((await post('me_a', '/api/agreement/samples', draw)).status).toBe(422);
    const waiting = await queue('me_a1');
    expect(waiting.waiting).toBe(30);
    expect(waiting.tasks).toHaveLength(10);
    expect(JSON.stringify(waiting)).not.toContain('fixed/');
    expect((await queue('me_b1')).waiting).toBe(0);
  });

  it('is coded by another person than the one who recorded, once', async () => {
    expect((await queue('me_ag')).waiting).toBe(0);
    const { tasks } = await queue('me_a1');
    const [first] = tasks;
    const code = { sample: first!.sample, voice: first!.voice, category: SLOW };
    expect((await post('me_ag', '/api/agreement/codes', code)).status).toBe(404);
    expect((await post('me_b1', '/api/agreement/codes', code)).status).toBe(404);
    expect((await post('me_a1', '/api/agreement/codes', { ...code, category: 'fixed' })).status).toBe(422);
    expect((await post('me_a1', '/api/agreement/codes', code)).body).toMatchObject({ waiting: 29, done: 1 });
    expect((await post('me_a1', '/api/agreement/codes', code)).status).toBe(404);
  });

  it('gives alpha with its interval, where they differ, and counts that open exactly those voices', async () => {
    for (let left = await queue('me_a1'); left.waiting > 0; left = await queue('me_a1'))
      for (const task of left.tasks)
        await post('me_a1', '/api/agreement/codes', {
          sample: task.sample,
          voice: task.voice,
          category: task.text.includes('断网') ? OUTAGE : SLOW,
        });
    const found = await results('me_a');
    expect(found.leaf.units).toBe(30);
    expect(found.leaf.alpha!).toBeGreaterThan(0.85);
    expect(found.agents).toMatchObject([{ id: 'A-007', n: 30, verdict: 'too-few' }]);
    expect(found.samples.map((one) => [one.size, one.coded])).toEqual(expect.arrayContaining([[26, 26]]));
    await product.settle();
    for (const one of found.categories.filter(({ differ }) => differ > 0)) {
      const opened = await post('me_a', '/api/voices/search', { where: one.where });
      expect(opened.body).toMatchObject({ count: one.differ });
    }
    expect((await results('me_b')).leaf.units).toBe(0);
    const of = await product.as('me_a', { method: 'GET', url: `/api/agreement?sample=${sample}` });
    expect((of.body as Agreement).leaf.units).toBe(26);
  });

  it('goes with its voices when an import is undone', async () => {
    await sql`delete from readings where voice_id in (select voice_id from coding_tasks)`.execute(product.ctx.db);
    await sql`delete from voices where id in (select voice_id from coding_tasks)`.execute(product.ctx.db);
    expect((await results('me_a')).leaf).toMatchObject({ units: 0, alpha: null, verdict: 'too-few' });
  });
});

describe('voices that agents filed by a name of the pack', () => {
  it('are drawn as the leaf they mean; those filed under words of another system are not', async () => {
    const filed = ['宽带断网无法上网', '固网通信质量 > 宽带使用 > 宽带断网无法上网', '别家系统/宽带/断网', undefined];
    const lines = filed.map((category, i) =>
      JSON.stringify({
        kind: 'grievance',
        text: `宽带断网了第${i}次`,
        category,
        unit: 'ou_a1h',
        agent: 'A-007',
        said_at: '2026-02-03T02:00:00Z',
      }),
    );
    product.renew('me_ag');
    await product.as('me_ag', {
      method: 'POST',
      url: '/api/voices?source=desk',
      payload: lines.join('\n'),
      headers: { 'idempotency-key': 'named', 'content-type': 'application/x-ndjson' },
    });
    product.renew('me_a');
    const drawn = await post('me_a', '/api/agreement/samples', {
      from: '2026-02-01T00:00:00.000Z',
      before: '2026-02-05T00:00:00.000Z',
      size: 10,
    });
    expect(drawn.body, drawn.text).toMatchObject({ size: 2 });
    const tasks = await rowsOf(
      product.ctx.db,
      sql<{ first: string }>`select first_category as first from coding_tasks where sample_id = ${(drawn.body as { id: string }).id}`,
    );
    expect(tasks.map((one) => one.first)).toEqual([OUTAGE, OUTAGE]);
  });
});
