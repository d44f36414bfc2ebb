import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNNEL_STAGES, type Funnel, type FunnelVoices } from '../../model/funnel.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';

const NOW = '2026-03-31T02:00:00.000Z';
const TIME = 'from=2026-03-01&before=2026-03-20&days=7';
let product: TestProduct;

type Said = readonly [customer: string, day: string, kind: string, text: string, score?: number];
/** What each customer says, and where that leaves him. */
const STORIES: Readonly<Record<string, readonly Said[]>> = {
  silent: [
    ['CA1', '02', 'survey', '一般', 3],
    ['CA2', '03', 'survey', '说不上来', 5],
    ['CB9', '03', 'survey', '一般', 2],
  ],
  quiet: [['CA3', '04', 'grievance', '宽带断网了，光猫红灯亮']],
  satisfied: [
    ['CA4', '05', 'grievance', '宽带断网了，光猫红灯亮'],
    ['CA4', '08', 'survey', '修好了', 10],
  ],
  escalated: [
    ['CA5', '05', 'grievance', '宽带断网了，光猫红灯亮'],
    ['CA5', '07', 'grievance', '宽带又断网了，光猫红灯亮'],
  ],
  complained: [
    ['CA6', '05', 'survey', '一般', 2],
    ['CA6', '09', 'complaint', '宽带断网没人管，我要投诉'],
  ],
  // His complaint comes after his days.
  late: [
    ['CA7', '05', 'survey', '一般', 2],
    ['CA7', '15', 'complaint', '宽带断网没人管，我要投诉'],
  ],
  never: [['CA8', '05', 'survey', '很好', 10]],
  pending: [['CA10', '30', 'survey', '一般', 1]],
};

beforeAll(async () => {
  product = await testProduct();
  product.clock.set(NOW);
  await twoCities(product.ctx);
  const lines = Object.values(STORIES)
    .flat()
    .map(([customer, day, kind, text, score]) =>
      JSON.stringify({
        kind,
        text,
        customer,
        score: score ?? null,
        region: customer.startsWith('CB') ? 'B1x' : 'A1x',
        said_at: `2026-03-${day}T10:00:00+08:00`,
      }),
    );
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_c', 'crm', 'ou_p', 'customers', ${NOW})`.execute(
    product.ctx.db,
  );
  await product.as('me_p', {
    method: 'POST',
    url: '/api/voices?source=all',
    payload: lines.join('\n'),
    headers: { 'idempotency-key': 'x', 'content-type': 'application/x-ndjson' },
  });
  await product.settle();
}, 120_000);
afterAll(() => product[Symbol.asyncDispose]());

const ask = async (member: string, time = TIME): Promise<Funnel> =>
  (await product.as(member, { method: 'GET', url: `/api/funnel?${time}` })).body as Funnel;
const voices = async (member: string, part: string): Promise<FunnelVoices> =>
  (await product.as(member, { method: 'GET', url: `/api/funnel/voices?${TIME}&${part}` })).body as FunnelVoices;

describe('the funnel', () => {
  it('puts every customer where his days left him, and counts nobody twice', async () => {
    const found = await ask('me_p');
    const counts = Object.fromEntries(FUNNEL_STAGES.map((stage) => [stage, found.stages[stage].customers]));
    // The late one was silent for his days.
    expect(counts).toEqual({ silent: 4, satisfied: 1, quiet: 1, escalated: 1, complained: 1 });
    expect([found.dissatisfied, found.spoke.customers, found.pending]).toEqual([8, 4, 0]);
    expect((await ask('me_p', 'from=2026-03-21&before=2026-03-31&days=7')).pending).toBe(1);
    expect(found.stages.silent).toMatchObject({ base: 8, share: 0.5 });
    expect(found.stages.silent.low).toBeLessThan(0.5);
  });

  it('opens every figure as exactly its voices, page by page', async () => {
    const found = await ask('me_p');
    for (const stage of FUNNEL_STAGES) expect((await voices('me_p', `stage=${stage}`)).count).toBe(found.stages[stage].customers);
    expect((await voices('me_p', 'stage=all')).count).toBe(8);
    for (const city of found.cities)
      expect((await voices('me_p', `stage=silent&city=${city.code}`)).rows).toHaveLength(city.silent.customers);
    const first = await voices('me_p', 'stage=all&limit=5');
    const rest = await voices('me_p', `stage=all&limit=5&cursor=${first.next}`);
    expect(new Set([...first.rows, ...rest.rows].map((row) => row.id)).size).toBe(8);
    expect(rest.next).toBeNull();
  });

  it('of a city knows nothing of another', async () => {
    const found = await ask('me_a');
    expect([found.dissatisfied, found.stages.silent.customers]).toEqual([7, 3]);
    expect(found.cities.map((one) => one.code)).toEqual(['A']);
    expect((await voices('me_a', 'stage=silent&city=B')).count).toBe(0);
  });

  it('tells customers apart by the segments of any scheme, and opens them', async () => {
    const { db } = product.ctx;
    await sql`insert into customer_segments (customer, temperament) values ('CA1', 'impatient'), ('CA6', 'impatient'), ('CA3', 'tolerant')`.execute(
      db,
    );
    await product.settle();
    const { scheme, segments } = await ask('me_p', `${TIME}&scheme=temperament`);
    expect(scheme).toBe('temperament');
    expect(segments.find((one) => one.code === 'impatient')).toMatchObject({
      names: { zh: '耐心有限型' },
      silent: { customers: 1, base: 2 },
      complained: { customers: 1 },
    });
    for (const { code, silent } of segments)
      expect([code, (await voices('me_p', `stage=all&scheme=temperament&segment=${code ?? ''}`)).count]).toEqual([code, silent.base]);
    // By rule nobody of them is anywhere.
    expect((await ask('me_p')).segments.map((one) => one.code)).toEqual([null]);
    expect((await product.as('me_p', { method: 'GET', url: `/api/funnel?${TIME}&scheme=made-up` })).status).toBe(422);
  });

  it('believes what an agent noted of the effect: wholly solved and content is contentment, anything less takes it back', async () => {
    const { db } = product.ctx;
    const { id } = (await rowOf(db, sql<{ id: number }>`select id from voices where customer = 'CA3'`))!;
    const member = 'me_p';
    await sql`insert into recordings (voice_id, member_id, recorded_at, problem, upset, insists, responsible, times, explained, online, started_at, frequency_90d)
      values (${id}, ${member}, '2026-03-04T02:00:00Z', true, false, false, 'yes', 1, true, false, '2026-03-04T02:00:00Z', 0)`.execute(db);
    const note = (at: string, effect: string) =>
      sql`insert into recording_effects (voice_id, at, effect, member_id) values (${id}, ${at}, ${effect}, ${member})`.execute(db);
    const stages = async (): Promise<readonly number[]> => {
      const { stages: found } = await ask('me_p');
      return [found.quiet.customers, found.satisfied.customers];
    };
    await note('2026-03-04T02:00:00Z', 'none');
    expect(await stages()).toEqual([1, 1]);
    await note('2026-03-07T02:00:00Z', 'all-happy');
    expect(await stages()).toEqual([0, 2]);
    await note('2026-03-09T02:00:00Z', 'little');
    expect(await stages()).toEqual([1, 1]);
  });

  it('refuses a time that ends before it begins, and years that no store holds', async () => {
    const statusOf = async (from: string, before: string) =>
      (await product.as('me_p', { method: 'GET', url: `/api/funnel?from=${from}&before=${before}` })).status;
    expect(await statusOf('2026-03-20', '2026-03-01')).toBe(422);
    for (const from of ['0000-01-01', '0001-01-01', '0999-12-31']) expect([from, await statusOf(from, '2026-03-01')]).toEqual([from, 422]);
    expect(await statusOf('2026-03-01', '9999-12-31')).toBe(422);
    expect(await statusOf('1000-01-02', '9999-12-30')).toBe(200);
  });
});
