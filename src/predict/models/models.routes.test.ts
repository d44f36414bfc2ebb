import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OddsPage, OddsRow, VoiceHandling, VoiceOdds } from '../../model/complaint-odds.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import { leafNames } from '../../model/leaf-names.ts';
import { MomentBuilder } from './moment-builder.ts';
import { momentTable } from './moment-features.ts';
import { DAY } from './moment-log.ts';
import { momentsOf } from './moments.ts';
import { knownSpan } from './moments.sql.ts';
import { noteOutcomes, scoreRecent } from './score.job.ts';
import { recordedMoments } from './score-voices.sql.ts';
import { momentPages, runTraining, trainVersion } from './train.job.ts';
import { asThingsStand } from './champion.ts';
import { concludeTraining } from './trainings.sql.ts';

let product: TestProduct;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const CATEGORIES = ['fixed/broadband/drops', 'billing/charge/wrong', 'mobile/data/slow'];

/** Customers who say wrong charges come to complain of them; the others hardly ever. */
async function plant(customers: number): Promise<void> {
  const random = seededRandom(5, 'models');
  const voices: object[] = [];
  for (let c = 0; c < customers; c++) {
    for (let g = random.poisson(3); g > 0; g--) {
      const category = random.pick(CATEGORIES);
      const at = BEGIN + random.int(110 * DAY) * 60_000;
      voices.push(row(c, at, 'grievance', category, random.pick(['hotline', 'app'])));
      if (random.chance(category === 'billing/charge/wrong' ? 0.4 : 0.03))
        voices.push(row(c, at + random.int(20 * DAY) * 60_000 + 60_000, 'complaint', category, 'hotline'));
    }
  }
  const { db } = product.ctx;
  await sql`
    insert into customers (customer, source_id, city, district, brand, value_tier, tenure_months, age_band, batch_id)
    select 'C' || i, 'so_t', case when i % 2 = 0 then 'A' else 'B' end, case when i % 2 = 0 then 'A1' else 'B1' end, '商务', '金卡', i, '30', 'ba_t'
    from generate_series(0, ${customers - 1}) i`.execute(db);
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, city, district, recorded_category, text, text_masked, batch_id)
    select row_number() over (order by r.at), 'so_t', 'k' || row_number() over (order by r.at), '', r.at, true, r.at, r.kind, r.channel, r.customer, r.city, r.district, r.category, '多扣费', '多扣费', 'ba_t'
    from json_to_recordset(${JSON.stringify(voices)}::json) as r(at timestamptz, kind text, channel text, customer text, city text, district text, category text)`.execute(
    db,
  );
  // A wrong year stands among them: what is new is still reckoned from the others.
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, text, text_masked, batch_id)
    values (999998, 'so_t', 'ahead', '', '2099-01-01', true, '2026-05-01', 'grievance', 'hotline', 'C1', '扣费', '扣费', 'ba_t')`.execute(
    db,
  );
  await sql`
    insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
    select id, 'r1', null, 'negative', 'zh', 0.9, '[]', arrived_at from voices`.execute(db);
}

const row = (c: number, at: number, kind: string, category: string, channel: string): object => ({
  at: new Date(at).toISOString(),
  kind,
  channel,
  customer: `C${c}`,
  city: c % 2 === 0 ? 'A' : 'B',
  district: c % 2 === 0 ? 'A1' : 'B1',
  category,
});

beforeAll(async () => {
  product = await testProduct({ work: false });
  product.clock.set('2026-06-20T02:00:00.000Z');
  await twoCities(product.ctx);
  const { db } = product.ctx;
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('so_t', 't', 'ou_p', 'voices', now())`.execute(db);
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba_t', 'so_t', 'me_p', 'voices', 'f', 'h', 1, 'f', 'done', now())`.execute(db);
  await plant(700);
});
afterAll(() => product[Symbol.asyncDispose]());

const page = async (member: string): Promise<OddsPage> =>
  (await product.as(member, { method: 'GET', url: '/api/models' })).body as OddsPage;
const oddsOf = async (member: string, id: number): Promise<VoiceOdds | null> =>
  ((await product.as(member, { method: 'GET', url: `/api/voices/${id}/odds` })).body as { odds: VoiceOdds | null }).odds;

describe('the probability of a complaint', () => {
  test('has no model before one was trained, and says so', async () => {
    expect(await page('me_p')).toMatchObject({ champion: null, versions: [] });
    expect(await oddsOf('me_p', 1)).toBeNull();
  });

  test('what is known of one grievance is what it was among all: the same features live and in bulk', async () => {
    const { ctx } = product;
    const builder = new MomentBuilder(leafNames(ctx.pack), ctx.pack);
    for await (const page of momentPages(ctx)) for (const row of page) builder.add(row);
    const span = (await knownSpan(ctx.db, ctx.config.timeZone, ctx.clock.now()))!;
    const log = builder.finish(span.begin, span.end);
    const all = momentsOf(log);
    const picked = all.filter((_, i) => i % 40 === 0);
    const bulk = momentTable(log, picked, true);
    const voices = picked.map(({ entry }) => log.voices[entry]!);
    const live = await recordedMoments(ctx.db, ctx.pack, ctx.config.timeZone, voices);
    const liveTable = momentTable(live.log, live.moments, true);
    const place = new Map(live.moments.map(({ entry }, i) => [live.log.voices[entry], i]));
    bulk.columns.forEach((column, c) => {
      const other = liveTable.columns[c]!;
      voices.forEach((voice, i) => {
        const at = place.get(voice)!;
        const [a, b] =
          column.kind === 'number' && other.kind === 'number'
            ? [column.values[i], other.values[at]]
            : column.kind === 'category' && other.kind === 'category'
              ? [column.levels[column.codes[i]!], other.levels[other.codes[at]!]]
              : ['different', 'kinds'];
        expect({ voice, name: column.name, is: b }).toEqual({ voice, name: column.name, is: a });
      });
    });
  });

  test('the first usable version scores: recent grievances have a probability with interval and reasons', { timeout: 60_000 }, async () => {
    const version = await trainVersion(product.ctx, null);
    expect(version).toMatchObject({ state: 'champion', why: 'first' });
    expect(version!.card.month).toMatchObject({ verdict: 'usable', days: 30 });
    expect(version!.card.month.auc).toBeGreaterThan(0.7);
    // While a file comes in, scoring waits.
    const { db, clock } = product.ctx;
    const mark = (state: string, at: string | null) =>
      sql`update import_batches set state = ${state}, started_at = ${at} where id = 'ba_t'`.execute(db);
    await mark('running', clock.now());
    expect(await scoreRecent(product.ctx)).toBe(0);
    expect((await sql`select from grievance_scores`.execute(db)).rows).toEqual([]);
    await mark('done', null);
    expect(await scoreRecent(product.ctx)).toBeGreaterThan(100);
    expect(await scoreRecent(product.ctx)).toBe(0);
    expect((await sql`select from grievance_scores where voice_id = 999998`.execute(product.ctx.db)).rows).toEqual([]);
    const { rows } = (await product.as('me_p', { method: 'GET', url: '/api/models/top?days=30' })).body as { rows: readonly OddsRow[] };
    expect(rows[0]).toMatchObject({ category: 'billing/charge/wrong' });
    expect(rows[0]!.p30).toBeGreaterThan(0.2);
    expect(rows[0]!.p30_low).toBeLessThan(rows[0]!.p30);
    expect(rows[0]!.p30_high).toBeGreaterThan(rows[0]!.p30);
    expect(rows[0]!.p7).toBeLessThanOrEqual(rows[0]!.p30);
    expect(rows[0]!.factors.map(({ name }) => name)).toContain('category');
  });

  test('each member sees only what lies within the own scope', async () => {
    const { rows } = (await product.as('me_a', { method: 'GET', url: '/api/models/top?days=30' })).body as { rows: readonly OddsRow[] };
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ city }) => city))).toEqual(new Set(['A']));
    const [other] = ((await product.as('me_b', { method: 'GET', url: '/api/models/top?days=30' })).body as { rows: readonly OddsRow[] })
      .rows;
    expect((await product.as('me_a', { method: 'GET', url: `/api/voices/${other!.voice}/odds` })).status).toBe(404);
    expect(await oddsOf('me_b', other!.voice)).toMatchObject({ p30: other!.p30 });
  });

  test('trained again on the same voices it is not better, and the champion stays', { timeout: 60_000 }, async () => {
    product.clock.advanceMs(DAY * 60_000);
    const again = await trainVersion(product.ctx, null);
    expect(again).toMatchObject({ state: 'challenger', why: 'not-better' });
    expect(asThingsStand({ state: 'champion', why: 'first' }, false)).toEqual({ state: 'challenger', why: 'not-better' });
    // Nobody has looked for a day: the session went idle.
    product.renew('me_a');
    const shown = await page('me_a');
    expect(shown.versions.map(({ state }) => state)).toEqual(['challenger', 'champion']);
    expect(shown.champion?.month.reliability.length).toBeGreaterThan(2);
    expect(shown.drift.find(({ name }) => name === 'score')).toBeDefined();
  });

  test('a training whose job is dead keeps nobody from asking anew, and one that was stopped is over at once', async () => {
    const { db } = product.ctx;
    const trainings = async (): Promise<readonly string[]> =>
      (await sql<{ state: string }>`select state from model_trainings order by id`.execute(db)).rows.map(({ state }) => state);
    const ask = (url: string) => {
      product.clock.advanceMs(1_000);
      return product.as('me_p', { method: 'POST', url });
    };
    product.renew('me_p');
    for (let i = 0; i < 2; i++) expect((await ask('/api/models/train')).status).toBe(202);
    expect(await trainings()).toEqual(['queued']);
    await sql`update pgboss.job set state = 'failed' where name = 'predict.train'`.execute(db);
    await sql`update model_trainings set state = 'running'`.execute(db);
    expect((await ask('/api/models/train')).status).toBe(202);
    expect(await trainings()).toEqual(['failed', 'queued']);
    expect((await ask('/api/models/train/cancel')).body).toEqual({ stopped: true });
    expect(await trainings()).toEqual(['failed', 'cancelled']);
    expect(await page('me_p')).toMatchObject({ training: null, last_training: { state: 'cancelled', error: null } });
    // Whoever trained it to the end meanwhile keeps nothing.
    const { rows } = await sql<{ id: number }>`select max(id)::float8 as id from model_trainings`.execute(db);
    expect(await concludeTraining(db, rows[0]!.id, product.clock.now())).toBe(false);
  });

  test('a training that finds too little to learn from has failed, and the page says why', async () => {
    const now = product.clock.now();
    expect((await product.as('me_p', { method: 'POST', url: '/api/models/train' })).status).toBe(202);
    const { rows } = await sql<{ id: number }>`select max(id)::float8 as id from model_trainings`.execute(product.ctx.db);
    product.clock.set('2025-06-01T00:00:00.000Z');
    await runTraining(product.ctx, { member: null, training: rows[0]!.id }, new AbortController().signal);
    product.clock.set(now);
    expect((await page('me_p')).last_training).toMatchObject({ state: 'failed', error: 'too-few' });
  });

  test('what came of a score is noted once its thirty days are over', async () => {
    const { db } = product.ctx;
    await sql`
      insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, text, text_masked, batch_id)
      select 999999, 'so_t', 'late', '', max(said_at) + interval '31 days', true, max(said_at) + interval '31 days', 'praise', 'hotline', '好', '好', 'ba_t' from voices where id < 999998`.execute(
      db,
    );
    expect(await noteOutcomes(product.ctx)).toBeGreaterThan(100);
    const { rows } = await sql<{
      complained30: boolean;
      n: number;
    }>`select complained30, count(*)::float8 as n from grievance_scores group by 1 order by 1`.execute(db);
    expect(rows.map(({ complained30 }) => complained30)).toEqual([false, true]);
  });

  test('what would lower it is told only of grievances about which it is done, and rests on an experiment of that very action', async () => {
    const { db } = product.ctx;
    const difference = { effect: -0.02, low: -0.03, high: -0.01, verdict: 'lowers' } as const;
    const pooled = { ...difference, kind: 'explain-bill', treated: 500, untreated: 900, overlap: 1, raw: -0.02, ground: 'association' };
    const own = { ...difference, effect: -0.05, low: -0.07, high: -0.03, treated: 200, untreated: 300 };
    const topics = [
      { ...own, topic: 'billing/charge' },
      { ...own, topic: 'fixed', verdict: 'too-few' },
      { ...own, topic: 'mobile', treated: 0, verdict: 'no-overlap' },
    ];
    const store = (help: object) =>
      sql`update model_versions set card = jsonb_set(card, '{helps}', ${JSON.stringify([help])}::jsonb) where state = 'champion'`.execute(
        db,
      );
    const told = async (category: string): Promise<VoiceHandling['helps']> => {
      const { rows } = await sql<{
        id: number;
      }>`select id from voices where recorded_category = ${category} and kind = 'grievance' order by id limit 1`.execute(db);
      product.renew('me_p');
      return ((await product.as('me_p', { method: 'GET', url: `/api/voices/${rows[0]!.id}/handling` })).body as VoiceHandling).helps;
    };
    await store({ ...pooled, topics });
    expect(await told('billing/charge/wrong')).toMatchObject([{ topic: 'billing/charge', effect: -0.05, ground: 'association' }]);
    const [few] = await told('fixed/broadband/drops');
    expect(few).toMatchObject({ effect: -0.02, treated: 500 });
    expect(few).not.toHaveProperty('topic');
    expect(await told('mobile/data/slow')).toEqual([]);

    const report = { effect: -0.03, low: -0.05, high: -0.01, srm: { ok: true }, verdict: 'better' };
    const experiment = (id: string, name: string, action: string | null) =>
      sql`
      insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, arms, metrics, window_days, report, created_at, stopped_at, action)
      values (${id}, 'assigned', ${name}, ${name}, 'concluded', 'ou_p', '/ou_p/', '[{"name":"a"},{"name":"b"}]', '[{"source":"complaint"}]', 30,
        ${JSON.stringify(report)}::jsonb, now(), now(), ${action})`.execute(db);
    await experiment('ex_named', '取消账单解释', null);
    expect(await told('billing/charge/wrong')).toMatchObject([{ ground: 'association' }]);
    await experiment('ex_action', '说清楚', 'explain-bill');
    expect(await told('billing/charge/wrong')).toMatchObject([{ ground: 'experiment', trial: { id: 'ex_action', effect: -0.03 } }]);

    // As cards were stored before topics were looked at.
    await store(pooled);
    expect(await told('mobile/data/slow')).toMatchObject([{ effect: -0.02 }]);
  });

  test('a complaint that arrives in a later file still counts', async () => {
    const { db } = product.ctx;
    const [quiet] = (
      await sql<{ id: number; said_at: string; customer: string; category: string }>`
        select v.id, v.said_at, v.customer, v.recorded_category as category from grievance_scores s join voices v on v.id = s.voice_id
        where not s.complained30 and not exists (select 1 from voices c where c.customer = v.customer and c.kind = 'complaint') order by v.id limit 1`.execute(
        db,
      )
    ).rows;
    await sql`
      insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, customer, city, district, recorded_category, text, text_masked, batch_id)
      select 1000000, 'so_t', 'later', '', v.said_at + interval '5 days', true, now(), 'complaint', 'hotline', v.customer, v.city, v.district, v.recorded_category, '投诉', '投诉', 'ba_t'
      from voices v where v.id = ${quiet!.id}`.execute(db);
    await sql`
      insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
      values (1000000, 'r1', null, 'negative', 'zh', 0.9, '[]', now())`.execute(db);
    // A transaction of anybody on the same server may keep what was just written out of sight for a moment.
    const known = async (): Promise<boolean | undefined> => {
      await scoreRecent(product.ctx);
      await noteOutcomes(product.ctx);
      const found = await sql<{ complained30: boolean }>`select complained30 from grievance_scores where voice_id = ${quiet!.id}`.execute(
        db,
      );
      return found.rows[0]?.complained30;
    };
    await expect.poll(known, { timeout: 20_000 }).toBe(true);
  });
});
