import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { VoiceDraft } from '../model/voice.ts';
import type { RawRecord } from './files/records.ts';
import type { Mapping } from './mapping/mapping.ts';
import { voiceWords } from './mapping/words.ts';
import { rowPlan } from './row-plan.ts';
import { toSubscription, canonicalSubscription } from './to-subscription.ts';
import { canonicalBody, toVoice } from './to-voice.ts';

const context = { now: '2026-03-02T00:00:00.000Z', saidAtDefault: null, words: voiceWords(), timeZone: 'Asia/Shanghai' };

function read(row: Readonly<Record<string, string | null>>, mapping: Mapping, more: Partial<RawRecord> = {}): ReturnType<typeof toVoice> {
  const record = { row: 7, cells: Object.values(row), ...more };
  return toVoice(record, rowPlan(Object.keys(row), mapping), context);
}

function draftOf(outcome: ReturnType<typeof toVoice>): VoiceDraft {
  if (outcome.kind === 'rejected') throw new Error(JSON.stringify(outcome.problems));
  return outcome.draft;
}

const codes = (outcome: ReturnType<typeof toVoice>): string[] =>
  (outcome.kind === 'accepted' ? outcome.warnings : outcome.problems).map(({ code, column }) => `${code} ${column ?? ''}`.trim());

const FULL: Mapping = {
  columns: {
    id: 'outside_id',
    at: 'said_at',
    type: 'kind',
    via: 'channel',
    city: 'city',
    place: 'community',
    phone: 'phone',
    score: 'score',
    subject: 'text',
    body: 'text',
  },
};

test('a full row becomes a voice; what is not mapped becomes an attribute', () => {
  const row = {
    id: '007',
    at: '2026-03-01 15:20',
    type: '投诉',
    via: '10010热线',
    city: '甲市',
    place: '丙小区',
    phone: '05310000000',
    score: '8分',
    subject: '宽带',
    body: '断线两天',
    extra: ' x ',
    none: '',
  };
  const outcome = read(row, FULL);
  expect(codes(outcome)).toEqual([]);
  expect(draftOf(outcome)).toEqual({
    outsideId: '007',
    saidAt: '2026-03-01T07:20:00.000Z',
    saidAtKnown: true,
    kind: 'complaint',
    channel: 'hotline',
    product: null,
    plan: null,
    region: '丙小区',
    unit: null,
    agent: null,
    customer: null,
    phone: '05310000000',
    score: 8,
    status: null,
    recordedCategory: null,
    text: '宽带\n断线两天',
    turns: null,
    attributes: { extra: 'x', type: '投诉', via: '10010热线', city: '甲市' },
  });
});

test('everything that is wrong with a row is told at once, each with its column', () => {
  const row = {
    id: '1.39E+10',
    at: '2027-01-01',
    type: '',
    via: '',
    city: '',
    place: '',
    phone: '1',
    score: '',
    subject: '',
    body: 'x'.repeat(100_001),
    big: 'y'.repeat(20_001),
  };
  expect(codes(read(row, FULL, { lossy: [6] }))).toEqual([
    'value-too-long subject',
    'date-future at',
    'number-precision-lost id',
    'number-precision-lost phone',
    'value-too-long big',
  ]);
  expect(read(row, FULL)).toMatchObject({ problems: [{ row: 7 }, { row: 7 }, { row: 7 }, { row: 7 }] });
});

test('what can be guessed is accepted with a warning and its own words kept', () => {
  const row = { id: '1', at: '03-04-2015', type: '闲聊', via: '飞鸽', score: '很好', subject: 'x' };
  const outcome = read(row, FULL);
  expect(codes(outcome)).toEqual(['number-unreadable score', 'date-ambiguous at', 'kind-unknown type', 'channel-unknown via']);
  expect(draftOf(outcome)).toMatchObject({
    kind: 'grievance',
    channel: 'other',
    score: null,
    attributes: { type: '闲聊', via: '飞鸽', score: '很好' },
  });
});

test('what was lost in decoding, or cannot be kept, is refused with its columns and never stored', () => {
  for (const [text, code] of [
    ['x\ufffd', 'encoding-undecodable'],
    ['x\ud800y', 'encoding-undecodable'],
    ['x\0y', 'text-has-nul'],
  ] as const) {
    expect(codes(read({ text, subject: text }, { columns: { text: 'text' } }))).toEqual([`${code} text`, `${code} subject`]);
  }
});

test('without a time the given or the present one is assumed and flagged', () => {
  const outcome = read({ text: 'x' }, { columns: { text: 'text' } });
  expect(codes(outcome)).toEqual(['date-assumed said_date']);
  expect(draftOf(outcome)).toMatchObject({ saidAt: context.now, saidAtKnown: false });
});

test('a row without words is refused, unless it is a survey or a conversation', () => {
  expect(codes(read({ id: '1', text: ' ' }, { columns: { id: 'outside_id', text: 'text' } }))).toEqual(
    ['text-missing text', 'date-assumed said_date'].slice(0, 1),
  );
  expect(read({ score: '9', text: '' }, { columns: { score: 'score', text: 'text' } }).kind).toBe('accepted');
  const calls = JSON.stringify([{ '[SPEAKER 1]': '很高兴为您服务', '[SPEAKER 2]': '流量怎么扣这么多', 用户意图: '查询' }]);
  expect(draftOf(read({ turns: calls }, { columns: { turns: 'turns' } }))).toMatchObject({
    text: '流量怎么扣这么多',
    turns: [
      { speaker: 'agent', text: '很高兴为您服务' },
      { speaker: 'customer', text: '流量怎么扣这么多' },
    ],
  });
});

test('a bad record keeps its one problem', () => {
  const problem = { code: 'row-ragged', row: 7 } as const;
  expect(read({ text: 'x' }, { columns: { text: 'text' } }, { problem })).toEqual({ kind: 'rejected', problems: [problem] });
});

test('a column called __proto__ pollutes nothing', () => {
  const record = { row: 1, cells: ['x', '{"polluted":1}'] };
  const outcome = toVoice(record, rowPlan(['text', '__proto__'], { columns: { text: 'text' } }), context);
  expect(draftOf(outcome).attributes).toEqual({ 'column proto': '{"polluted":1}' });
  expect(Object.getPrototypeOf(draftOf(outcome).attributes)).toBe(Object.prototype);
});

test('any cells at all give a voice or problems, never an exception', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant(null),
    fc.constantFrom('2026-02-30', '[{', '投诉', '1e9', '99999999999999'),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
      const outcome = toVoice({ row: 1, cells }, rowPlan(Object.keys(FULL.columns), FULL), context);
      expect(outcome.kind === 'accepted' || outcome.problems.length > 0).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('the body by which duplicates are known', () => {
  const draft = draftOf(read({ id: '1', at: '2026-03-01', body: 'x', a: '1', b: '2' }, FULL));

  test('does not depend on the order of columns, nor on the id', () => {
    const other = draftOf(read({ b: '2', a: '1', body: 'x', at: '2026-03-01', id: '2' }, FULL));
    expect(canonicalBody(other)).toBe(canonicalBody(draft));
  });

  test('differs when anything that was said differs', () => {
    for (const change of [
      { text: 'y' },
      { score: 1 },
      { saidAt: '2026-03-01T00:00:00.000Z' },
      { attributes: { a: '1' } },
      { status: '' },
    ]) {
      expect(canonicalBody({ ...draft, ...change })).not.toBe(canonicalBody(draft));
    }
  });

  test('leaves out a time that was only assumed', () => {
    const assumed = { ...draft, saidAtKnown: false };
    expect(canonicalBody({ ...assumed, saidAt: '2030-01-01T00:00:00.000Z' })).toBe(canonicalBody(assumed));
  });
});

describe('a subscription', () => {
  const mapping: Mapping = { columns: { 客户: 'customer', 号码: 'phone', 网龄: 'tenure_months', 入网: 'since', 区县: 'district' } };
  const subscription = (cells: readonly (string | null)[]): ReturnType<typeof toSubscription> =>
    toSubscription({ row: 3, cells }, rowPlan(['客户', '号码', '网龄', '入网', '区县', '其他'], mapping), context);

  test('is read with the customer who holds it', () => {
    const outcome = subscription(['C1', '05310000001', '2年3个月', '2020-01-01', '乙区', 'x']);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      draft: {
        customer: 'C1',
        subscription: '05310000001',
        tenureMonths: 27,
        since: '2019-12-31T16:00:00.000Z',
        region: '乙区',
        attributes: { 其他: 'x' },
      },
    });
    if (outcome.kind === 'accepted')
      expect(canonicalSubscription({ ...outcome.draft, plan: 'p' })).not.toBe(canonicalSubscription(outcome.draft));
  });

  test('without a customer or with a broken date is refused', () => {
    expect(subscription([null, null, null, '2020-13-01'])).toEqual({
      kind: 'rejected',
      problems: [
        { code: 'customer-missing', row: 3, column: '客户' },
        { code: 'date-unreadable', row: 3, column: '入网', params: { value: '2020-13-01' } },
      ],
    });
  });
});
