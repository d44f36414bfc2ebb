import { expect, test } from 'vitest';
import type { RawRecord } from './files/records.ts';
import { rowPlan } from './row-plan.ts';
import { monthOf, toUsage } from './to-usage.ts';

test.each([
  ['2026-03', '2026-03'],
  ['202603', '2026-03'],
  ['20260301', '2026-03'],
  ['2026年3月', '2026-03'],
  ['2026/3', '2026-03'],
  ['2026-03-01', '2026-03'],
  ['2026-03-01 00:00:00', '2026-03'],
  ['２０２６－１２', '2026-12'],
  ['2026-13', null],
  ['2026', null],
  ['三月', null],
  ['', null],
])('the month of “%s” is %s', (text, month) => {
  expect(monthOf(text)).toBe(month);
});

const titles = ['订购号', '月份', '通话分钟', '流量MB', '账单金额'];
const plan = rowPlan(titles, {
  columns: { 订购号: 'subscription', 月份: 'month', 通话分钟: 'minutes', 流量MB: 'megabytes', 账单金额: 'bill' },
});
const of = (...cells: readonly (string | null)[]) => toUsage({ row: 7, cells } as RawRecord, plan);

test('a row is what a subscription used in a month; what is empty stays unknown', () => {
  expect(of('S1', '202603', '1,234', null, '-5.5元')).toMatchObject({
    kind: 'accepted',
    draft: { key: 'S1', customer: null, month: '2026-03', minutes: 1234, megabytes: null, messages: null, bill: -5.5 },
  });
});

test('everything that is wrong is told at once', () => {
  const found = of(null, 'x', '-3', 'viel', '1');
  expect(found.kind === 'rejected' ? found.problems.map(({ code, column }) => [code, column]) : found).toEqual([
    ['customer-missing', '订购号'],
    ['month-unreadable', '月份'],
    ['number-unreadable', '通话分钟'],
    ['number-unreadable', '流量MB'],
  ]);
});

test('a row without a single figure is no usage', () => {
  expect(of('S1', '202603', null, null, null)).toMatchObject({ kind: 'rejected', problems: [{ code: 'usage-empty' }] });
});
