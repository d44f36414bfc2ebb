import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewerOf, warehouseOf, type Given, type TestWarehouse } from '../../test/kit/warehouse-rows.ts';
import type { Question } from '../model/question.ts';
import { scopeOf } from '../model/scope.ts';
import type { Viewer } from '../model/people.ts';
import { duckDbDialect } from '../platform/warehouse/duckdb-dialect.ts';
import { askNumbers } from './ask.client.ts';
import { compile } from './compile.ts';
import { searchVoices } from './search-voices.client.ts';

const OUTAGE = 'fixed/broadband/outage';
const VOICES: readonly Given[] = [
  {
    id: 1,
    said: '2026-03-01T00:30:00',
    city: 'jn',
    district: 'lx',
    community: 'c1',
    category: OUTAGE,
    customer: 'a',
    product: 'broadband',
    score: 4,
    unit_path: '/p/jn/lx/',
    unit_id: 'lx',
  },
  {
    id: 2,
    said: '2026-03-01T23:59:59',
    city: 'jn',
    district: 'lx',
    community: 'c1',
    category: OUTAGE,
    customer: 'a',
    kind: 'grievance',
    product: 'broadband',
    score: 8,
    agent: '007',
    unit_id: 'hall-1',
    unit_path: '/p/jn/lx/hall-1/',
  },
  {
    id: 3,
    said: '2026-03-02T00:00:00',
    city: 'jn',
    district: 'ts',
    category: 'billing/fee/wrong',
    customer: 'b',
    product: 'mobile',
    plan: '5G',
    attributes: { level: '高', 'o\'dd "name"': 'x' },
  },
  { id: 4, said: '2026-03-08T12:00:00', city: 'qd', category: null, customer: 'c', text_masked: '办理实名制排队 ID卡' },
  { id: 5, said: '2026-03-09T12:00:00', city: null, category: OUTAGE },
  { id: 6, said: '2026-02-27T10:00:00', city: 'jn', district: 'lx', category: OUTAGE, product: 'broadband' },
];
const SUBSCRIBERS = [
  { subscription: 's1', customer: 'a', city: 'jn', district: 'lx', product: 'broadband' },
  { subscription: 's2', customer: 'b', city: 'jn', district: 'ts', product: 'mobile', plan: '5G' },
  { subscription: 's3', customer: 'd', city: 'jn', district: 'lx', product: 'broadband', until: Date.UTC(2026, 1, 1) },
  { subscription: 's4', customer: 'e', city: 'qd', product: 'mobile', since: Date.UTC(2026, 2, 5) },
  { subscription: 's5', customer: 'f', city: 'wh', product: 'mobile' },
];
let world: TestWarehouse;
beforeAll(async () => {
  world = await warehouseOf(VOICES, SUBSCRIBERS);
});
afterAll(() => world.warehouse.close());

const question = (part: Partial<Question>): Question => ({ measures: ['voices'], by: [], where: [], ...part });
const rows = async (part: Partial<Question>, viewer: Viewer = viewerOf()): Promise<unknown> =>
  (await askNumbers(world.ctx, viewer, question(part))).rows;
const MARCH = { field: 'said_at', from: '2026-03-01', before: '2026-04-01' } as const;

describe('a question is answered', () => {
  test.each<[string, Partial<Question>, unknown]>([
    ['in total', {}, [{ voices: 6 }]],
    ['with nothing found', { where: [{ field: 'city', in: ['nowhere'] }] }, [{ voices: 0 }]],
    [
      'per local day',
      { by: ['day'], where: [{ field: 'said_at', from: '2026-03-01', before: '2026-03-03' }] },
      [
        { day: '2026-03-01', voices: 2 },
        { day: '2026-03-02', voices: 1 },
      ],
    ],
    [
      'per week that begins on Monday',
      { by: ['week'], where: [MARCH] },
      [
        { week: '2026-02-23', voices: 2 },
        { week: '2026-03-02', voices: 2 },
        { week: '2026-03-09', voices: 1 },
      ],
    ],
    ['per hour', { by: ['hour'], where: [{ field: 'city', in: ['qd'] }] }, [{ hour: '2026-03-08T12:00', voices: 1 }]],
    ['per quarter', { by: ['quarter'] }, [{ quarter: '2026-01-01', voices: 6 }]],
    [
      'in UTC when the bounds are instants',
      { where: [{ field: 'said_at', from: '2026-02-28T16:30:00Z', before: '2026-03-01T16:00:00.000Z' }] },
      [{ voices: 2 }],
    ],
    [
      'with an offset of its own',
      { where: [{ field: 'said_at', from: '2026-03-02T00:00:00+08:00', before: '2026-03-02T00:00:01+08:00' }] },
      [{ voices: 1 }],
    ],
    [
      'with unmapped voices as null',
      { by: ['category_1'] },
      [
        { category_1: 'fixed', voices: 4 },
        { category_1: 'billing', voices: 1 },
        { category_1: null, voices: 1 },
      ],
    ],
    ['for unmapped voices by null', { where: [{ field: 'category', in: [null] }] }, [{ voices: 1 }]],
    ['for unmapped voices by name', { where: [{ field: 'category', in: ['unmapped'] }] }, [{ voices: 1 }]],
    ['for a value or none', { where: [{ field: 'city', in: ['qd', null] }] }, [{ voices: 2 }]],
    [
      'by an attribute with any name',
      { by: [`attr:o'dd "name"`], where: [{ field: 'attr:level', in: ['高'] }] },
      [{ [`attr:o'dd "name"`]: 'x', voices: 1 }],
    ],
    ['for words in any order and case', { where: [{ text: '  id卡 实名制 ' }] }, [{ voices: 1 }]],
    ['for a word with the wildcards of LIKE taken as they are', { where: [{ text: '%' }] }, [{ voices: 0 }]],
    ['for scores in a range', { where: [{ field: 'score', from: '5', before: '9' }] }, [{ voices: 1 }]],
    ['for ids', { where: [{ field: 'id', in: ['1', '3'] }] }, [{ voices: 2 }]],
    [
      'with distinct customers, kinds and scores',
      { measures: ['customers', 'complaints', 'grievances', 'mean_score'], where: [MARCH] },
      [{ customers: 3, complaints: 4, grievances: 1, mean_score: 6 }],
    ],
    ['with shares of all voices in it', { measures: ['share'], by: ['city'], where: [MARCH], limit: 1 }, [{ city: 'jn', share: 0.6 }]],
    [
      'ordered and limited as asked',
      { by: ['city'], order: [{ by: 'city', descending: true }], limit: 2 },
      [
        { city: 'qd', voices: 1 },
        { city: 'jn', voices: 4 },
      ],
    ],
  ])('%s', async (_, part, wanted) => expect(await rows(part)).toEqual(wanted));

  test('and says how many rows there were before the limit', async () => {
    expect(await askNumbers(world.ctx, viewerOf(), question({ by: ['city'], limit: 1 }))).toMatchObject({ total_rows: 3 });
  });
});

describe('a rate per 10,000 subscribers', () => {
  test('has as base the subscriptions that were active in the period', async () => {
    expect(await rows({ measures: ['per_10k_subscribers', 'subscribers'], by: ['city'], where: [MARCH] })).toEqual([
      { city: 'jn', per_10k_subscribers: 15000, subscribers: 2 },
      { city: 'qd', per_10k_subscribers: 10000, subscribers: 1 },
      { city: 'wh', per_10k_subscribers: 0, subscribers: 1 },
      { city: null, per_10k_subscribers: null, subscribers: 0 },
    ]);
  });
  test('narrows its base by what subscriptions have, and by nothing else', async () => {
    const where = [MARCH, { field: 'product', in: ['broadband'] }, { field: 'kind', in: ['grievance'] }];
    expect(await rows({ measures: ['subscribers', 'per_10k_subscribers'], where })).toEqual([
      { subscribers: 1, per_10k_subscribers: 10000 },
    ]);
  });
  test('takes the whole base for a dimension that subscriptions lack', async () => {
    expect(await rows({ measures: ['per_10k_subscribers'], by: ['kind'], where: [MARCH] })).toEqual([
      { kind: 'complaint', per_10k_subscribers: 10000 },
      { kind: 'grievance', per_10k_subscribers: 2500 },
    ]);
  });
  test('is empty where nobody subscribes', async () => {
    expect(await rows({ measures: ['per_10k_subscribers'], where: [{ field: 'plan', in: ['none'] }] })).toEqual([
      { per_10k_subscribers: null },
    ]);
  });
});

describe('a comparison', () => {
  test('takes the equally long time just before', async () => {
    const where = [{ field: 'said_at', from: '2026-03-01', before: '2026-03-03' }];
    expect(await rows({ by: ['city'], where, compare: 'previous' })).toEqual([
      { city: 'jn', voices: 3, voices_previous: 1, voices_change: 2 },
    ]);
  });
  test('shows groups that were there only before, and lays earlier buckets beside the present ones', async () => {
    const where = [{ field: 'said_at', from: '2026-03-08', before: '2026-03-15' }];
    expect(await rows({ by: ['day'], where, compare: 'previous' })).toEqual([
      { day: '2026-03-08', voices: 1, voices_previous: 2, voices_change: -0.5 },
      { day: '2026-03-09', voices: 1, voices_previous: 1, voices_change: 0 },
    ]);
  });
  test('ends now when the question has no end', async () => {
    const where = [{ field: 'said_at', from: '2026-03-06T00:00' }];
    expect(await rows({ where, compare: 'previous' })).toEqual([{ voices: 2, voices_previous: 2, voices_change: 0 }]);
  });
  test('with the same weekdays goes back whole weeks, so that a Monday meets a Monday', async () => {
    const where = [{ field: 'said_at', from: '2026-03-08', before: '2026-03-10' }];
    expect(await rows({ by: ['day'], where, compare: 'same-weekday' })).toEqual([
      { day: '2026-03-08', voices: 1, voices_previous: 2, voices_change: -0.5 },
      { day: '2026-03-09', voices: 1, voices_previous: 1, voices_change: 0 },
    ]);
  });
  test.each(['previous', 'same-weekday'] as const)(
    'takes of %s only as much as has passed of a period that is still running',
    (compare) => {
      const scope = { kind: 'all' } as const;
      const asked = question({ where: [{ field: 'said_at', from: '2026-03-09', before: '2026-03-16' }], compare });
      const noonOfThursday = Date.parse('2026-03-12T12:00:00+08:00');
      const compiled = compile(asked, scope, duckDbDialect, { timeZone: 'Asia/Shanghai', nowMs: noonOfThursday });
      expect(compiled).toMatchObject({ previous: { from: '2026-03-02', before: '2026-03-05T12:00:00.000' } });
    },
  );
  test('compares rates with the base of their own period', async () => {
    const where = [{ field: 'said_at', from: '2026-03-05', before: '2026-03-10' }];
    expect(await rows({ measures: ['subscribers'], where, compare: 'previous' })).toEqual([
      { subscribers: 4, subscribers_previous: 3, subscribers_change: 1 / 3 },
    ]);
  });
});

describe('data scope', () => {
  test.each<[string, Partial<Viewer>, readonly number[]]>([
    ['a province sees all', { scope: 'province' }, [5, 4, 3, 2, 1, 6]],
    ['a city sees its own and nothing without a city', { scope: 'city', city: 'jn' }, [3, 2, 1, 6]],
    ['a city without a city sees nothing', { scope: 'city', city: null }, []],
    ['a branch sees its units and its district', { scope: 'unit-below', unitPath: '/p/jn/lx/', district: 'lx' }, [2, 1, 6]],
    ['a unit and below sees its units', { scope: 'unit-below', unitPath: '/p/jn/lx/', district: null }, [2, 1]],
    ['a unit sees itself', { scope: 'unit', unit: 'lx' as Viewer['unit'] }, [1]],
    ['an agent sees their own', { scope: 'own', staffNo: '007' }, [2]],
  ])('%s', async (_, part, wanted) => {
    const viewer = viewerOf(part);
    const found = await searchVoices(world.ctx, viewer, []);
    expect(found.rows.map((r) => r.id)).toEqual(wanted);
    expect(found.count).toBe(wanted.length);
    expect(await rows({ measures: ['voices'] }, viewer)).toEqual([{ voices: wanted.length }]);
  });
  test('a base belongs to regions: a city has its own, a team none', async () => {
    const measures = ['subscribers', 'per_10k_subscribers'];
    expect(await rows({ measures }, viewerOf({ scope: 'city', city: 'qd' }))).toEqual([{ subscribers: 1, per_10k_subscribers: 10000 }]);
    expect(await rows({ measures }, viewerOf({ scope: 'unit', unit: 'lx' as Viewer['unit'] }))).toEqual([
      { subscribers: 0, per_10k_subscribers: null },
    ]);
    expect(await rows({ measures }, viewerOf({ scope: 'unit-below', unitPath: '/p/jn/lx/', district: 'lx' }))).toMatchObject([
      { subscribers: 2 },
    ]);
  });
});

describe('mistakes', () => {
  test('are all listed at once', () => {
    const wrong = question({
      measures: ['voices', 'happiness'],
      by: ['city', 'constructor', 'attr:'],
      limit: 10_001,
      compare: 'previous',
      where: [
        { field: 'toString', in: ['a'] },
        { field: 'said_at', from: '2026-02-30' },
        { field: 'id', in: ['1; drop table'] },
        { field: 'city', from: 'a' },
        { field: 'said_at', from: '2026-03-02', before: '2026-03-01' },
        { field: 'score', from: 'high' },
      ],
      order: [{ by: 'nothing' }],
    });
    const compiled = compile(wrong, { kind: 'all' }, duckDbDialect, { timeZone: 'Asia/Shanghai', nowMs: 0 });
    expect(compiled.kind === 'problems' ? compiled.problems.map((p) => `${p.code} ${p.column}`) : compiled).toEqual([
      'measure-unknown measures[1]',
      'dimension-unknown by[1]',
      'dimension-unknown by[2]',
      'filter-unknown where[0].field',
      'date-unreadable where[1].from',
      'field-invalid where[2].in',
      'field-invalid where[3]',
      'value-out-of-range where[4].before',
      'number-unreadable where[5].from',
      'value-out-of-range limit',
      'field-unknown order[0].by',
    ]);
  });
  test('a comparison needs a beginning', () => {
    const compiled = compile(question({ compare: 'previous' }), { kind: 'all' }, duckDbDialect, { timeZone: 'Asia/Shanghai', nowMs: 0 });
    expect(compiled).toEqual({ kind: 'problems', problems: [{ code: 'field-required', column: 'where.said_at.from' }] });
  });
  test('no user text ever reaches the statement', () => {
    const evil = `x' or 1=1 --`;
    const asked = question({
      by: [`attr:${evil}`, 'city'],
      where: [{ field: `attr:${evil}`, in: [evil] }, { text: evil }, { field: 'city', in: [evil] }],
    });
    const compiled = compile(asked, scopeOf(viewerOf({ scope: 'city', city: evil })), duckDbDialect, {
      timeZone: 'Asia/Shanghai',
      nowMs: 0,
    });
    expect(compiled.kind === 'ok' ? compiled.sql : '').not.toContain('1=1');
    expect(compiled.kind).toBe('ok');
  });
});
