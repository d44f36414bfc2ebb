import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOrderOf, readClock, readDateAndClock, readWhen } from './when.ts';

const SHANGHAI = { zone: 'Asia/Shanghai' } as const;

function instant(text: string, order?: 'dmy' | 'mdy' | 'ymd'): string {
  const read = readWhen(text, { ...SHANGHAI, order });
  return read.kind === 'read' ? `${read.instant}${read.ambiguous ? ' ?' : ''}` : 'unreadable';
}

test.each([
  ['2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01 08:00:00.25', '2026-03-01T00:00:00.250Z'],
  ['2026-03-01 08:00 -0530', '2026-03-01T13:30:00.000Z'],
  ['2015/4/22', '2015-04-21T16:00:00.000Z'],
  ['2014/7/18 8:31:37', '2014-07-18T00:31:37.000Z'],
  ['22-04-2015', '2015-04-21T16:00:00.000Z'],
  ['04-22-2015', '2015-04-21T16:00:00.000Z'],
  ['22-Apr-15', '2015-04-21T16:00:00.000Z'],
  ['Apr 22, 2015 3:53 PM', '2015-04-22T07:53:00.000Z'],
  ['Wed, 22 Apr 2015 07:53:50 GMT', '2015-04-22T07:53:50.000Z'],
  ['Wed Apr 22 15:53:50 2015', '2015-04-22T07:53:50.000Z'],
  ['2026年3月1日 下午3点20分', '2026-03-01T07:20:00.000Z'],
  ['2026年3月1日星期日 15时20分05秒', '2026-03-01T07:20:05.000Z'],
  ['２０２６年３月１日　上午９：０５', '2026-03-01T01:05:00.000Z'],
  ['2026年3月1日 晚上8点半', '2026-03-01T12:30:00.000Z'],
  ['20150422', '2015-04-21T16:00:00.000Z'],
  ['20150422155350', '2015-04-22T07:53:50.000Z'],
  ['1429689230', '2015-04-22T07:53:50.000Z'],
  ['1429689230123', '2015-04-22T07:53:50.123Z'],
  ['42116', '2015-04-21T16:00:00.000Z'],
  ['42116.66238425926', '2015-04-22T07:53:50.000Z'],
  ['2024-02-29', '2024-02-28T16:00:00.000Z'],
  ['03-04-2015', '2015-04-02T16:00:00.000Z ?'],
  ['05/05/2015', '2015-05-04T16:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(instant(text)).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2015-02-29',
  '31.31.2015',
  '2015-04-22 25:00',
  '15',
  '2015',
  '3月1日',
  '2015-04-221',
  '99999',
  '-1',
  '1e10',
  'Date',
])('%j is no time', (text) => {
  expect(instant(text)).toBe('unreadable');
});

test('the order decides between day and month; a number above 12 overrules it', () => {
  expect(instant('03-04-2015', 'dmy')).toBe('2015-04-02T16:00:00.000Z');
  expect(instant('03-04-2015', 'mdy')).toBe('2015-03-03T16:00:00.000Z');
  expect(instant('22-04-2015', 'mdy')).toBe('2015-04-21T16:00:00.000Z');
  expect(instant('15/4/22', 'ymd')).toBe('2015-04-21T16:00:00.000Z');
});

test('a sample proves an order, or none', () => {
  expect(dateOrderOf(['03-04-2015', '22-04-2015'])).toBe('dmy');
  expect(dateOrderOf(['3/4/2015', '4/22/2015'])).toBe('mdy');
  expect(dateOrderOf(['03-04-2015'])).toBe(null);
  expect(dateOrderOf(['22-04-2015', '04-22-2015'])).toBe(null);
});

test('two columns make one instant', () => {
  const read = (date: string, clock: string): unknown => readDateAndClock(date, clock, { ...SHANGHAI, order: 'dmy' });
  expect(read('04-08-2015', '3:53:50 PM')).toEqual({ kind: 'read', instant: '2015-08-04T07:53:50.000Z', ambiguous: false });
  expect(read('42116', '0.6623842592592593')).toMatchObject({ instant: '2015-04-22T07:53:50.000Z' });
  expect(read('04-08-2015', 'noon')).toEqual({ kind: 'unreadable' });
});

describe('a clock', () => {
  test.each([
    ['12:00 AM', 0],
    ['12:30 PM', 45_000_000],
    ['中午12点', 43_200_000],
    ['24:00', 86_400_000],
    ['7 pm', 68_400_000],
  ])('%s is %d ms', (text, ms) => {
    expect(readClock(text)).toBe(ms);
  });
});

test('what a zone shows is read back as the same instant, also around summer time', () => {
  const ms = fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(ms, fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'UTC'), (at, zone) => {
      const second = Math.floor(at / 1000) * 1000;
      const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(second);
      const read = readWhen(local, { zone });
      // In the hour that a clock shows twice, either is right.
      const difference = read.kind === 'read' ? Math.abs(Date.parse(read.instant) - second) : Number.NaN;
      expect([0, 3_600_000]).toContain(difference);
      if (zone !== 'America/New_York' && zone !== 'Europe/Berlin') expect(difference).toBe(0);
    }),
    { numRuns: 500 },
  );
});
