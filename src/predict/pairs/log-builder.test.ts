import { expect, test } from 'vitest';
import { LogBuilder } from './log-builder.ts';
import { spanOf } from './pairs-of.ts';

test('a wrong year makes no time that nobody lived through: what lies outside is left out and counted', () => {
  const DAY = 1440;
  const now = 20_000 * DAY;
  const builder = new LogBuilder({
    leafOf: (code) => code,
    segmentOf: () => null,
    segments: [],
    span: { from: now - 100 * DAY, before: now },
  });
  const years = [-700_000, 0, 19_950, 19_990, 47_000];
  for (const [voice, day] of years.entries())
    builder.add({
      voice,
      customer: 'C',
      atMinutes: day * DAY,
      isComplaint: false,
      recorded: 'billing/charge/wrong',
      read: null,
      district: null,
      city: null,
      text: 0,
    });
  const { log, told } = builder.build();
  expect(told).toMatchObject({ events: 2, recorded: 2, outside: 3 });
  expect(spanOf(log)).toEqual({ from: 19_950 * DAY, before: 19_991 * DAY });
});
