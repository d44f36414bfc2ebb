import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bucketEnd } from '../model/voices-behind.ts';
import { instantOfWall, wallMsOf } from '../model/zoned-time.ts';
import { timeBound } from './local-time.ts';

describe('times in filters', () => {
  test.each([
    ['2026-03-01', 'wall', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T08:30', 'wall', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01 08:30:15.5', 'wall', '2026-03-01T08:30:15.500Z'],
    ['2026-03-01T08:30:00Z', 'instant', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T08:30+08:00', 'instant', '2026-03-01T00:30:00.000Z'],
    ['2026-03-01T08:30:00-0130', 'instant', '2026-03-01T10:00:00.000Z'],
  ])('%s is a %s time', (text, clock, iso) => expect(timeBound(text)).toEqual({ clock, ms: Date.parse(iso) }));

  test.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-03-01T24:00', '2026-3-1', '2026-03-01Z', '20260301'])(
    '%s is none',
    (text) => expect(timeBound(text)).toBeNull(),
  );

  test.each([
    ['hour', '2026-12-31T23:00', '2027-01-01T00:00'],
    ['day', '2028-02-28', '2028-02-29'],
    ['week', '2026-12-28', '2027-01-04'],
    ['month', '2026-12-01', '2027-01-01'],
    ['quarter', '2026-10-01', '2027-01-01'],
    ['year', '2026-01-01', '2027-01-01'],
  ] as const)('a %s that begins at %s ends at %s', (unit, start, end) => expect(bucketEnd(unit, start)).toBe(end));

  test('wall time and instants lead back to each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2035, 0, 1) }), (ms) => {
        expect(instantOfWall(wallMsOf(ms, 'Asia/Shanghai'), 'Asia/Shanghai')).toBe(ms);
      }),
    );
  });
  test('a zone with summer time is followed', () => {
    expect(new Date(wallMsOf(Date.parse('2026-07-01T12:00:00Z'), 'Europe/Berlin')).toISOString()).toBe('2026-07-01T14:00:00.000Z');
    expect(instantOfWall(Date.parse('2026-01-01T12:00:00Z'), 'Europe/Berlin')).toBe(Date.parse('2026-01-01T11:00:00Z'));
  });
});
