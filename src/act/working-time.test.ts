import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkCalendar } from '../model/pack.ts';
import { addWorkingMinutes, hoursOf, workingMinutesBetween } from './working-time.ts';
import { wallMsOf } from '../model/zoned-time.ts';

const HALF_DAYS = [
  { from: '08:30', before: '12:00' },
  { from: '13:30', before: '17:30' },
];
const OFFICE: WorkCalendar = {
  week: { 1: HALF_DAYS, 2: HALF_DAYS, 3: HALF_DAYS, 4: HALF_DAYS, 5: HALF_DAYS, 6: [], 7: [] },
  holidays: ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-03-30'],
  working_days: ['2026-02-14', '2026-02-28', '2026-03-29'],
};
const SHIFTS: WorkCalendar = {
  ...OFFICE,
  week: {
    ...OFFICE.week,
    3: [
      { from: '04:00', before: '09:15' },
      { from: '09:15', before: '11:00' },
    ],
    6: [{ from: '09:00', before: '24:00' }],
  },
};
const SHANGHAI = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}:00+08:00`);

/** The definition, minute by minute: does the wall clock at this minute stand in a working period? */
function isWorking(ms: number, calendar: WorkCalendar, zone: string): boolean {
  const wall = wallMsOf(ms, zone);
  const day = Math.floor(wall / 86_400_000) * 86_400_000;
  const time = new Date(wall).toISOString().slice(11, 16);
  return hoursOf(day, calendar).some(({ from, before }) => from <= time && time < before);
}
function stepped(fromMs: number, minutes: number, calendar: WorkCalendar, zone: string): number {
  let [now, left] = [fromMs, minutes];
  while (left > 0) {
    if (isWorking(now, calendar, zone)) left--;
    now += 60_000;
  }
  return now;
}

describe('working time', () => {
  it.each([
    ['within a period', '2026-03-02T09:00', 60, '2026-03-02T10:00'],
    ['over noon', '2026-03-02T11:30', 60, '2026-03-02T14:00'],
    ['ends when the day closes, not next morning', '2026-03-02T13:30', 240, '2026-03-02T17:30'],
    ['over a weekend', '2026-03-06T17:00', 60, '2026-03-09T09:00'],
    ['from the middle of the night', '2026-03-03T02:00', 30, '2026-03-03T09:00'],
    ['over a holiday with a working weekend before it', '2026-02-13T17:00', 60, '2026-02-14T09:00'],
    ['over the whole holiday', '2026-02-14T17:00', 60, '2026-02-23T09:00'],
    ['of no minutes', '2026-03-01T03:00', 0, '2026-03-01T03:00'],
  ])('%s', (_, from, minutes, due) => {
    expect(new Date(addWorkingMinutes(at(from), minutes, OFFICE, SHANGHAI)).toISOString()).toBe(new Date(at(due)).toISOString());
  });

  const zone = fc.constantFrom(SHANGHAI, 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata');
  const start = fc.integer({ min: 0, max: 90 * 1440 }).map((minute) => Date.UTC(2026, 0, 25) + minute * 60_000);

  it('is what stepping minute by minute finds', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 900 }), fc.constantFrom(OFFICE, SHIFTS), zone, (from, minutes, calendar, where) => {
        expect(addWorkingMinutes(from, minutes, calendar, where)).toBe(stepped(from, minutes, calendar, where));
      }),
      { numRuns: 120 },
    );
  });

  it('between two instants undoes adding, over clock changes and across years', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 525_600 }), fc.integer({ min: 1, max: 20_000 }), zone, (minute, minutes, where) => {
        const from = Date.UTC(2024, 0, 1) + minute * 60_000;
        const due = addWorkingMinutes(from, minutes, OFFICE, where);
        expect(workingMinutesBetween(from, due, OFFICE, where)).toBe(minutes);
        expect(workingMinutesBetween(due, from, OFFICE, where)).toBe(-minutes);
      }),
      { numRuns: 60 },
    );
  });

  it('added in two parts is added at once', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }), (from, a, b) => {
        expect(addWorkingMinutes(addWorkingMinutes(from, a, SHIFTS, SHANGHAI), b, SHIFTS, SHANGHAI)).toBe(
          addWorkingMinutes(from, a + b, SHIFTS, SHANGHAI),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('tells a calendar without any work', () => {
    expect(() => addWorkingMinutes(at('2026-03-02T09:00'), 1, { week: {}, holidays: [], working_days: [] }, SHANGHAI)).toThrow(RangeError);
  });
});
