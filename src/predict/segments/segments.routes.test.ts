import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestProduct, testProduct, twoCities } from '../../../test/kit/product.ts';
import type { MemberRow, PreferenceRow, SchemeId, SegmentRunRow, SegmentsView } from '../../model/segment-views.ts';
import type { Answer, Filter } from '../../model/question.ts';
import { ruleSegmentOf } from '../../model/segment.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { runSegments } from './run-segments.job.ts';

let product: TestProduct;
const post = (url: string, payload: object = {}) => ({ method: 'POST' as const, url, payload });
const get = (url: string) => ({ method: 'GET' as const, url });
const viewOf = async (member: string, scheme: SchemeId): Promise<SegmentsView> =>
  (await product.as(member, get(`/api/segments?scheme=${scheme}`))).body as SegmentsView;
const run = async (body: object): Promise<readonly SegmentRunRow[]> => {
  const answer = await product.as('me_p', post('/api/segments/runs', body));
  expect(answer.status, answer.text).toBe(200);
  await product.settle();
  return (answer.body as { runs: readonly SegmentRunRow[] }).runs;
};

/** 360 customers in two cities: every third speaks of money and wants it back, every third insists, the others ask politely. */
beforeAll(async () => {
  product = await testProduct();
  const { ctx } = product;
  await twoCities(ctx);
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('s', 's', 'ou_p', 'voices', now())`.execute(ctx.db);
  await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('b', 's', 'me_p', 'voices', 'f', 'h', 1, '/f', 'done', now())`.execute(ctx.db);
  await sql`
    insert into customers (customer, source_id, city, district, brand, value_tier, age_band, tenure_months, segment, batch_id)
    select 'K' || lpad(i::text, 4, '0'), 's', case when i % 4 = 0 then 'B' else 'A' end, case when i % 4 = 0 then 'B1' else 'A1' end,
      (array['商务','畅想','家享'])[i % 3 + 1], (array['普通','金卡'])[i % 2 + 1], '26-35', 10 + (i % 3) * 40, null, 'b'
    from generate_series(1, 360) i`.execute(ctx.db);
  await sql`update customers set attributes = case substr(customer, 2)::int % 3
    when 0 then '{"ARPU": "199.5", "MOU": "100", "DOU": "30000"}'::jsonb when 1 then '{"ARPU": "59", "MOU": "400", "DOU": "200"}' else '{"ARPU": "n/a"}' end`.execute(
    ctx.db,
  );
  for (const rule of ctx.pack.segments)
    await sql`update customers set segment = ${rule.id} where brand = any(${rule.brands}::text[]) and value_tier = any(${rule.tiers}::text[])`.execute(
      ctx.db,
    );
  await sql`
    insert into subscriptions (subscription, customer, source_id, body_hash, product, batch_id)
    select customer || '-1', customer, 's', '\\x00', 'mobile', 'b' from customers`.execute(ctx.db);
  await sql`
    insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, city, district, customer, text, text_masked, batch_id)
    select i * 10 + k, 's', 'v' || i || '-' || k, '\\x00', timestamptz '2026-01-20T04:00:00Z' + (k * interval '9 days') + i * interval '1 minute', true, now(),
      case when i % 3 = 1 and k % 2 = 0 then 'complaint' else 'grievance' end, case when i % 3 = 0 then 'app' else 'hotline' end,
      c.city, c.district, c.customer, t.said, t.said, 'b'
    from generate_series(1, 360) i join customers c on c.customer = 'K' || lpad(i::text, 4, '0') cross join generate_series(0, 5) k
      cross join lateral (select (array['多扣了钱，要退费', '按规定你们要赔偿，给个说法', '麻烦看看，谢谢'])[i % 3 + 1] as said) t`.execute(
    ctx.db,
  );
  await sql`
    insert into readings (voice_id, reader_version, category, feeling, language, confidence, because, read_at)
    select id, ${ctx.reader.version}, (array['billing/charge/wrong', 'service/attitude/cold', 'mobile/data/slow'])[(id / 10) % 3 + 1],
      case when (id / 10) % 3 = 1 then 'negative' else 'neutral' end, 'zh', 0.9, '[]', now() from voices`.execute(ctx.db);
  await product.settle();
  await run({ month: '2026-01', schemes: ['temperament', 'rules'] });
  await run({});
}, 300_000);
afterAll(() => product[Symbol.asyncDispose]());

describe('a run', () => {
  test('puts customers where the rules say, and says what is typical', async () => {
    const view = await viewOf('me_p', 'rules');
    expect(view.customers).toBe(360);
    expect(view.cards).toHaveLength(6);
    const high = view.cards.find((card) => card.id === 'business-high');
    const members = await rowsOf(product.ctx.db, sql<{ brand: string; tier: string }>`select brand, value_tier as tier from customers`);
    const expected = members.filter(
      ({ brand, tier }) => ruleSegmentOf(product.ctx.pack.segments, { brand, valueTier: tier }) === 'business-high',
    );
    expect(high?.customers).toBe(expected.length);
    expect(high?.share).toBeCloseTo(expected.length / 360, 9);
    expect(high?.typical.find((one) => one.feature === 'brand')).toMatchObject({ level: '商务', share: 1 });
  });

  test('judges temperaments with reasons, and tells who is left out', async () => {
    const view = await viewOf('me_p', 'temperament');
    const price = view.cards.find((card) => card.id === 'price-sensitive');
    expect(price?.customers).toBe(120);
    expect(view.cards.find((card) => card.id === 'assertive')?.customers).toBe(120);
    const { rows } = (await product.as('me_p', get('/api/segments/members?scheme=temperament&segment=price-sensitive'))).body as {
      rows: readonly MemberRow[];
    };
    expect(rows).toHaveLength(50);
    expect(rows[0]?.reasons.map((reason) => reason.sign)).toEqual(expect.arrayContaining(['money', 'said-price']));
    expect(rows[0]?.reasons[0]).toMatchObject({ count: 6, base: 6 });
  });

  test('makes clusters with ids, names and how stable they are', async () => {
    const view = await viewOf('me_p', 'clusters');
    expect(view.stability).toMatchObject({ verdict: 'stable' });
    expect(view.cards.reduce((sum, card) => sum + card.customers, 0)).toBe(360);
    for (const card of view.cards) expect(card.jaccard).toBeGreaterThan(0.75);
    expect(new Set(view.cards.map((card) => card.names.zh)).size).toBe(view.cards.length);
  });

  test('puts customers into usage groups by what their file said of monthly usage, and says where it said nothing', async () => {
    const view = await viewOf('me_p', 'usage');
    expect(view.left_out).toEqual({ 'no-usage': 120 });
    // Every third comes by the app and uses much data; every third only telephones.
    expect(view.cards.find((card) => card.id === 'self-service')?.customers).toBe(120);
    expect(view.cards.reduce((sum, card) => sum + card.customers, 0)).toBe(240);
  });

  test('counts who went where since the month before', async () => {
    const { migration } = await viewOf('me_p', 'temperament');
    expect(migration).toMatchObject({ from_month: '2026-01', to_month: '2026-03' });
    // In January nobody had said enough.
    expect(migration?.rows.find((row) => row.from === null && row.to === 'price-sensitive')?.customers).toBe(120);
    const rules = (await viewOf('me_p', 'rules')).migration;
    expect(rules).toMatchObject({ stayed: 1, base: 360 });
    expect(rules?.psi).toBeCloseTo(0, 9);
  });

  test('makes segments dimensions: figures agree with the cards, and filters open the voices', async () => {
    const question = { measures: ['voices', 'customers'], by: ['temperament'], where: [] };
    const answer = (await product.as('me_p', post('/api/ask', question))).body as Answer;
    const row = answer.rows.find((one) => one['temperament'] === 'price-sensitive');
    expect(row).toMatchObject({ customers: 120, voices: 720 });
    expect(answer.labels['temperament']?.['price-sensitive']).toEqual({ zh: '资费敏感型', en: 'Price-sensitive' });
    const where = [
      { field: 'temperament', in: ['price-sensitive'] },
      { field: 'segment', in: ['young-high', 'young-usual', 'business-high', 'business-usual', 'family-high', 'family-usual'] },
    ];
    expect((await product.as('me_p', post('/api/voices/search', { where }))).body).toMatchObject({ count: 720 });
    expect((await product.as('me_p', post('/api/ask', { ...question, where: [{ field: 'temperament', in: ['angry'] }] }))).status).toBe(
      422,
    );
  });
});

describe('a run that was done when its process was killed', () => {
  const standing = () =>
    rowsOf(product.ctx.db, sql`select customer, temperament from customer_segments where temperament is not null order by 1`);
  test('is published when the job comes again, if it is the newest', async () => {
    const before = await standing();
    expect(before).toHaveLength(360);
    const runs = await rowsOf(
      product.ctx.db,
      sql<{ id: string }>`select id from segment_runs where scheme = 'temperament' and state = 'done' order by as_of`,
    );
    for (const { id } of runs) {
      await sql`update customer_segments set temperament = null where customer > 'K0100'`.execute(product.ctx.db);
      await runSegments(product.ctx, [id], new AbortController().signal);
      expect(await standing()).toHaveLength(id === runs.at(-1)?.id ? 360 : 100);
    }
    expect(await standing()).toEqual(before);
  });
});

describe('what a segment grieves about', () => {
  test('is told with its interval, and opens exactly its voices', async () => {
    const body = (await product.as('me_p', get('/api/segments/preferences?scheme=temperament'))).body as {
      rows: readonly PreferenceRow[];
      where: readonly Filter[];
    };
    const top = body.rows.find((row) => row.segment === 'price-sensitive' && row.category === 'billing/charge');
    // Nobody else speaks of it: no ratio, so nothing is claimed.
    expect(top).toBeUndefined();
    const byRule = (await product.as('me_p', get('/api/segments/preferences?scheme=rules'))).body as typeof body;
    for (const row of byRule.rows) {
      expect(row.low).toBeLessThanOrEqual(row.lift);
      expect(row.high).toBeGreaterThanOrEqual(row.lift);
      const where = [...byRule.where, { field: 'segment', in: [row.segment] }, { field: 'category_2', in: [row.category] }];
      expect((await product.as('me_p', post('/api/voices/search', { where }))).body).toMatchObject({ count: row.voices });
    }
  });
});

describe('scope', () => {
  test('a city sees its own customers only, and figures of both cities add up', async () => {
    const [all, a, b] = [await viewOf('me_p', 'temperament'), await viewOf('me_a', 'temperament'), await viewOf('me_b', 'temperament')];
    expect(a.customers + b.customers).toBe(all.customers);
    expect(b.customers).toBe(90);
    const { rows } = (await product.as('me_b', get('/api/segments/members?scheme=temperament&segment=price-sensitive'))).body as {
      rows: readonly MemberRow[];
    };
    const cities = await rowsOf(
      product.ctx.db,
      sql<{ city: string }>`select distinct city from customers where customer = any(${rows.map((row) => row.customer)}::text[])`,
    );
    expect(cities).toEqual([{ city: 'B' }]);
    expect((await viewOf('me_bh', 'temperament')).customers).toBe(0);
  });

  test('only who may run them does, one at a time, and it is written down', async () => {
    expect((await product.as('me_bn', post('/api/segments/runs'))).status).toBe(403);
    expect((await product.as('me_p', post('/api/segments/runs/sr_never/cancel'))).status).toBe(404);
    const runs = await rowsOf(
      product.ctx.db,
      sql<{ action: string; n: number }>`select action, count(*) as n from audit where action like 'segments.%' group by 1`,
    );
    expect(runs).toEqual([{ action: 'segments.run', n: 2 }]);
  });

  test('opens every cell of the migration as exactly its customers, within the scope', async () => {
    for (const member of ['me_p', 'me_a']) {
      const { migration, run: shown } = await viewOf(member, 'temperament');
      expect(migration!.rows.length).toBeGreaterThan(0);
      for (const { from, to, customers } of migration!.rows) {
        if (from === null && to === null) continue;
        let [after, seen] = ['', 0];
        for (;;) {
          const url = `/api/segments/movers?run=${encodeURIComponent(shown!.id)}&from=${from ?? ''}&to=${to ?? ''}&after=${after}`;
          const { rows, next } = (await product.as(member, get(url))).body as { rows: readonly unknown[]; next: string | null };
          seen += rows.length;
          if (next === null) break;
          after = next;
        }
        expect([member, from, to, seen]).toEqual([member, from, to, customers]);
      }
    }
  });

  test('of two who ask at the same time one is told that runs are under way', async () => {
    product.clock.advanceMs(1_000);
    const answers = await Promise.all([1, 2, 3].map(() => product.as('me_p', post('/api/segments/runs', { schemes: ['rules'] }))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    await product.settle();
  });
});

describe('a month that is run after a later one', () => {
  test('takes the ids of the later, so that its customers are found again there, and leaves the names alone', async () => {
    const before = await viewOf('me_p', 'clusters');
    await run({ month: '2026-02', schemes: ['clusters'] });
    const { migration, run: shown, definition, cards } = await viewOf('me_p', 'clusters');
    expect(shown!.id).toBe(before.run!.id);
    expect(migration).toMatchObject({ from_month: '2026-02', to_month: '2026-03', same_definition: true });
    expect(migration!.stayed).toBeGreaterThan(0.8);
    expect(cards.map(({ id, names }) => [id, names])).toEqual(before.cards.map(({ id, names }) => [id, names]));
    expect(definition).toMatchObject({ version: shown!.scheme_version });
  });
});
