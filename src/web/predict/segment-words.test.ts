import { expect, test } from 'vitest';
import { liftWhere, meanText, placeOnScale } from './segment-words.ts';

test.each([
  [0.25, 0],
  [1, 50],
  [4, 100],
  [100, 100],
  [2, 75],
])('%d times stands at %d per cent of the scale', (lift, place) => expect(placeOnScale(lift)).toBe(place));

test('means have digits where they are small', () => {
  expect([0.123, 12.34, 1234].map((value) => meanText(value, 'en'))).toEqual(['0.12', '12.3', '1,234']);
});

test('means say what they are counted in, much data in gigabytes', () => {
  expect(meanText(12.34, 'zh', 'months')).toBe('12.3 个月');
  expect(meanText(500, 'en', 'megabytes')).toBe('500 MB');
  expect(meanText(5120, 'zh', 'megabytes')).toBe('5.00 GB');
});

test.each([
  ['the customers with an attribute', 'brand', '甲', [{ field: 'brand', in: ['甲'] }]],
  ['what was said of a kind', 'complaints', null, [{ field: 'kind', in: ['complaint'] }]],
  ['all of the segment where nothing was said of it', 'tenure_months', null, []],
])('a lift opens %s within the segment and the window of the run', (_, feature, level, part) => {
  expect(liftWhere({ feature, level }, 'usage', 'ug-1', '2026-07-01T00:00:00.000Z')).toEqual([
    { field: 'usage_group', in: ['ug-1'] },
    ...part,
    { field: 'said_at', from: '2026-01-02T00:00:00.000Z', before: '2026-07-01T00:00:00.000Z' },
  ]);
});
