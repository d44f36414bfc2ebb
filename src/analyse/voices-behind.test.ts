import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerOf, warehouseOf, type Given, type TestWarehouse } from '../../test/kit/warehouse-rows.ts';
import type { Filter, Question } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { askNumbers } from './ask.client.ts';
import { searchVoices } from './search-voices.client.ts';
import { voicesBefore, voicesBehind } from '../model/voices-behind.ts';

const CITIES = ['jn', 'qd', null] as const;
const CATEGORIES = ['fixed/broadband/outage', 'fixed/broadband/slow', 'billing/fee/wrong', null] as const;
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

/** 400 voices of a year and a half, spread by small primes, so that every group of values meets every other. */
const VOICES = Array.from({ length: 400 }, (_, i): Given => {
  const at = Date.UTC(2025, 0, 1) + ((i * 7919) % 540) * 86_400_000 + ((i * 104_729) % 86_400) * 1000;
  return {
    id: i + 1,
    said: new Date(at).toISOString().slice(0, 19),
    city: pick(CITIES, i),
    category: pick(CATEGORIES, i * 3 + 1),
    kind: pick(['complaint', 'grievance', 'fault'], i * 5),
    plan: pick(['5G', '4G', null, ''], i * 11),
    unit_id: pick(['u1', 'u2'], i),
    unit_path: pick(['/u1/', '/u2/'], i),
    attributes: i % 3 === 0 ? {} : { level: pick(['高', '低', ''], i) },
    text_masked: pick(['宽带断了', '账单不对 ID', '网速慢'], i * 13),
    customer: pick(['c1', 'c2', 'c3', 'c4', null], i * 17),
    score: pick([1, 5, null], i * 19),
    confidence: pick([0.25, 0.5, 0.75], i * 7),
  };
});
let world: TestWarehouse;
beforeAll(async () => {
  world = await warehouseOf(VOICES);
});
afterAll(() => world.warehouse.close());

const dimension = fc.constantFrom(
  'city',
  'category',
  'category_1',
  'category_2',
  'kind',
  'plan',
  'unit',
  'attr:level',
  'attr:none',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
);
const filter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ field: fc.constant('city'), in: fc.subarray<string | null>(['jn', 'qd', null], { minLength: 1 }) }),
  fc.record({ field: fc.constant('category_1'), in: fc.subarray<string | null>(['fixed', 'billing', 'unmapped'], { minLength: 1 }) }),
  fc.record({ field: fc.constant('attr:level'), in: fc.subarray<string | null>(['高', '', null], { minLength: 1 }) }),
  fc.record({ text: fc.constantFrom('宽带', 'id 账单', '') }),
  fc.integer({ min: 0, max: 400 }).map((d) => ({ field: 'said_at', from: new Date(Date.UTC(2025, 0, 1 + d)).toISOString().slice(0, 10) })),
  fc.integer({ min: 100, max: 540 }).map((d) => ({ field: 'said_at', before: new Date(Date.UTC(2025, 0, 1 + d, 5)).toISOString() })),
);
const question: fc.Arbitrary<Question> = fc.record({
  measures: fc.constant(['voices']),
  by: fc.uniqueArray(dimension, { maxLength: 3 }),
  where: fc.array(filter, { maxLength: 2 }),
  limit: fc.constant(10_000),
});
const viewer: fc.Arbitrary<Viewer> = fc.constantFrom(
  viewerOf(),
  viewerOf({ scope: 'city', city: 'jn' }),
  viewerOf({ scope: 'unit', unit: 'u1' as Viewer['unit'] }),
  viewerOf({ scope: 'unit-below', unitPath: '/u2/' }),
);

describe('the voices behind a figure', () => {
  test('are exactly as many as the figure says, for any question, cell and viewer', async () => {
    await fc.assert(
      fc.asyncProperty(question, viewer, fc.nat(), async (asked, who, n) => {
        const answer = await askNumbers(world.ctx, who, asked);
        const whole = await searchVoices(world.ctx, who, asked.where, { limit: 0 });
        expect(answer.rows.reduce((sum, row) => sum + Number(row['voices']), 0)).toBe(whole.count);
        for (const row of [answer.rows[n % answer.rows.length], answer.rows.at(-1)]) {
          if (row === undefined) continue;
          expect((await searchVoices(world.ctx, who, voicesBehind(asked, row), { limit: 0 })).count).toBe(row['voices']);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('are, for every measure, those it counts: a share opens its numerator, customers open what they said', async () => {
    const ALL = ['voices', 'customers', 'complaints', 'complaint_share', 'grievances', 'mean_score', 'unmapped', 'unmapped_share'] as const;
    await fc.assert(
      fc.asyncProperty(question, viewer, fc.nat(), async (asked, who, n) => {
        const every = { ...asked, measures: [...ALL, 'mean_confidence', 'share'] };
        const answer = await askNumbers(world.ctx, who, every);
        const row = answer.rows[n % answer.rows.length];
        if (row === undefined || Number(row['voices']) === 0) return;
        const opened = async (measure: string, by: readonly string[] = [], more: readonly string[] = []) => {
          const where = voicesBehind(every, row, measure);
          const again = await askNumbers(world.ctx, who, { measures: ['voices', ...more], by, where, limit: 10_000 });
          return { count: (await searchVoices(world.ctx, who, where, { limit: 0 })).count, rows: again.rows };
        };
        for (const name of ['voices', 'complaints', 'grievances', 'unmapped']) expect((await opened(name)).count).toBe(row[name]);
        for (const name of ['complaint_share', 'unmapped_share'])
          expect((await opened(name)).count / Number(row['voices'])).toBeCloseTo(Number(row[name]));
        const customers = await opened('customers', [], ['customers']);
        expect(customers.rows[0]?.['customers'] ?? 0).toBe(row['customers']);
        expect(customers.count).toBeGreaterThanOrEqual(Number(row['customers']));
        for (const name of ['mean_score', 'mean_confidence'] as const) {
          const mean = await opened(name, [], [name]);
          if (row[name] === null) expect(mean.count).toBe(0);
          else expect(mean.rows[0]?.[name]).toBeCloseTo(Number(row[name]));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of an earlier period are as many as stand beside the present figure, also while the present one is still running', async () => {
    const range = fc.record({ from: fc.integer({ min: 60, max: 430 }), days: fc.integer({ min: 1, max: 60 }) });
    const compare = fc.constantFrom('previous' as const, 'same-weekday' as const);
    await fc.assert(
      fc.asyncProperty(range, compare, fc.constantFrom<string[]>([], ['city'], ['kind', 'plan']), viewer, async (r, how, by, who) => {
        const day = (d: number): string => new Date(Date.UTC(2025, 0, 1 + d)).toISOString().slice(0, 10);
        const where = [{ field: 'said_at', from: day(r.from), before: day(r.from + r.days) }];
        const asked = { measures: ['voices', 'complaints'], by, where, compare: how, limit: 10_000 };
        const answer = await askNumbers(world.ctx, who, asked);
        if (answer.previous === undefined) throw new Error('a comparison says with what it compares');
        for (const row of answer.rows.slice(0, 3)) {
          for (const measure of ['voices', 'complaints']) {
            const before = voicesBefore(asked, answer.previous, row, measure);
            expect((await searchVoices(world.ctx, who, before ?? [], { limit: 0 })).count).toBe(row[`${measure}_previous`]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('open the same voices page by page, newest first, none twice and none left out', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof searchVoices>> = await searchVoices(world.ctx, viewerOf(), [], { limit: 37, cursor });
      seen.push(...page.rows.map((r) => r.id));
      cursor = page.next;
    } while (cursor !== null);
    const newestFirst = VOICES.toSorted((a, b) => (a.said < b.said ? 1 : a.said > b.said ? -1 : b.id - a.id)).map((v) => v.id);
    expect(seen).toEqual(newestFirst);
  });

  test.each(['', 'x', '!!!', 'AAAA', 'MjAyNi0wMy0wMVQwODowMDowMC4wMDBaIDE7', 'a'.repeat(200)])(
    'a cursor that was never given out is refused: %s',
    async (cursor) => {
      await expect(searchVoices(world.ctx, viewerOf(), [], { cursor })).rejects.toMatchObject({
        code: 'question-invalid',
        problems: [{ column: 'cursor' }],
      });
    },
  );

  test('a page carries the voice as people see it', async () => {
    const page = await searchVoices(world.ctx, viewerOf(), [{ field: 'id', in: ['1'] }], { limit: 1 });
    expect(page.rows[0]).toEqual({
      id: 1,
      said_at: '2024-12-31T16:00:00.000Z',
      said_at_known: true,
      arrived_at: '2024-12-31T16:00:00.000Z',
      kind: 'complaint',
      channel: 'hotline',
      source: 'hotline',
      product: null,
      plan: '5G',
      city: 'jn',
      district: null,
      community: null,
      unit: 'u1',
      department: null,
      category: 'fixed/broadband/slow',
      stage: null,
      feeling: 'neutral',
      confidence: 0.25,
      text: '宽带断了',
      customer: 'c1',
      status: null,
      score: 1,
      batch: 'ba_1',
    });
  });
});
