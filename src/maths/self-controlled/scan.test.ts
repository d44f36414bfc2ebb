import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarOf, expectedBefore, MINUTES_PER_DAY as DAY } from './calendar.ts';
import { profilesOf } from './profile.ts';
import { addPairSums, noPairSums, pairCell, type PairSums, type ScanInput, scanPairs } from './scan.ts';
import { sortEvents } from './sorted-events.ts';
import { Windows } from './windows.ts';

interface Event {
  readonly subject: number;
  readonly time: number;
  readonly code: number;
}
const SHAPE = { exposureTypes: 2, outcomeTypes: 2, partCount: 2 };

function inputOf(events: readonly Event[], subjects: number, more: Partial<ScanInput> = {}, byDay = false): ScanInput {
  const sorted = sortEvents(
    {
      subjects: Uint32Array.from(events, (e) => e.subject),
      times: Int32Array.from(events, (e) => e.time),
      codes: Uint16Array.from(events, (e) => e.code),
    },
    subjects,
  );
  const groups = Uint16Array.from({ length: subjects }, (_, i) => i % 3);
  const span = { from: 0, before: 100 * DAY };
  const calendar = calendarOf({ events: sorted, ...SHAPE, groups, groupCount: 3, span, byDay });
  return { events: sorted, ...SHAPE, calendar, groups, parts: Uint8Array.from(groups, (g) => g % 2), window: 7 * DAY, gap: 0, ...more };
}

function scanned(input: ScanInput, from?: number, before?: number): PairSums {
  const sums = noPairSums(SHAPE);
  scanPairs(input, sums, from, before);
  return sums;
}

const someEvents = fc.array(fc.record({ subject: fc.nat(19), time: fc.integer({ min: 0, max: 100 * DAY - 1 }), code: fc.nat(3) }), {
  maxLength: 300,
});
const near = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => Math.abs(value - (b[i] as number)) < 1e-9);

describe('the walk over all pairs', () => {
  test('by hand: one subject, exposed on days 10 and 14 (so 11 days of 100), outcomes on days 12 and 50', () => {
    const events = [
      { subject: 0, time: 10 * DAY, code: 0 },
      { subject: 0, time: 14 * DAY, code: 0 },
      { subject: 0, time: 12 * DAY, code: 2 },
      { subject: 0, time: 50 * DAY, code: 2 },
    ];
    const { after, before, subjects } = pairCell(scanned(inputOf(events, 1)), 0, 0, 0);
    expect(after.up).toBeCloseTo(0.89, 10);
    expect(after.down).toBeCloseTo(0.11, 10);
    expect(after.information).toBeCloseTo(2 * 0.11 * 0.89, 10);
    expect(after).toMatchObject({ inside: 1, outside: 1 });
    expect(after.expected).toBeCloseTo(0.22, 10);
    expect(subjects).toBe(1);
    // Days 3–10 before, 21–100 and 0–3 far away: 7 of 89.
    expect(before).toMatchObject({ inside: 0, outside: 1 });
    expect(before.expected).toBeCloseTo(7 / 89, 10);
  });

  test('only the time that a subject was observed counts', () => {
    const events = [
      { subject: 0, time: 92 * DAY, code: 0 },
      { subject: 0, time: 93 * DAY, code: 2 },
    ];
    const observed = { observedFrom: Int32Array.of(80 * DAY), observedBefore: Int32Array.of(96 * DAY) };
    expect(pairCell(scanned(inputOf(events, 1, observed)), 0, 0, 0).after.expected).toBeCloseTo(4 / 16, 10);
  });

  test('what is nearer than the gap is not counted as following', () => {
    const events = [
      { subject: 0, time: 10 * DAY, code: 0 },
      { subject: 0, time: 10 * DAY + 20, code: 2 },
    ];
    expect(pairCell(scanned(inputOf(events, 1, { gap: 30 })), 0, 0, 0).after).toMatchObject({ inside: 0, outside: 1 });
  });

  test('counters of any two halves of the subjects add up to those of all', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(20), (events, cut) => {
        const input = inputOf(events, 20, {}, true);
        const halves = scanned(input, 0, cut);
        addPairSums(halves, scanned(input, cut, 20));
        const whole = scanned(input);
        return near(halves.cells, whole.cells) && near(halves.exposures, whole.exposures) && near(halves.outcomes, whole.outcomes);
      }),
    );
  });

  test('the order in which events come changes nothing', () => {
    fc.assert(
      fc.property(someEvents, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (events, draws) => {
        const mixed = events.map((event) => ({ event, at: draws.next().value! })).toSorted((a, b) => a.at - b.at);
        const other = inputOf(
          mixed.map(({ event }) => event),
          20,
          {},
          true,
        );
        return near(scanned(inputOf(events, 20, {}, true)).cells, scanned(other).cells);
      }),
    );
  });

  test('other numbers for the same subjects change nothing', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        // Groups and parts go by the number modulo 3, so the numbers are turned by whole rounds.
        const turned = events.map((event) => ({ ...event, subject: (event.subject + 3) % 21 }));
        return near(scanned(inputOf(events, 21, {}, true)).cells, scanned(inputOf(turned, 21, {}, true)).cells);
      }),
    );
  });
});

describe('windows', () => {
  test('hold exactly the minutes that any of them holds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 20 }), fc.integer({ min: 1, max: 40 }), fc.nat(250), (starts, length, time) => {
        const windows = new Windows();
        for (const start of starts.toSorted((a, b) => a - b)) windows.add(start, start + length, 10, 180);
        const expected = time >= 10 && time < 180 && starts.some((start) => time >= start && time < start + length);
        let minutes = 0;
        for (let i = 0; i < windows.count; i++) minutes += windows.high(i) - windows.low(i);
        const all = Array.from({ length: 250 }, (_, t) => t).filter(
          (t) => t >= 10 && t < 180 && starts.some((start) => t >= start && t < start + length),
        );
        return windows.holds(time) === expected && minutes === all.length;
      }),
    );
  });
});

describe('the calendar', () => {
  test('sums to the outcomes of a group and type, and a twentieth more', () => {
    const events = Array.from({ length: 60 }, (_, i) => ({ subject: 0, time: i * 977, code: 2 }));
    const { calendar } = inputOf(events, 1, {}, true);
    expect(expectedBefore(calendar, 0, 0, 100 * DAY)).toBeCloseTo(63, 9);
    expect(expectedBefore(calendar, 0, 0, -5)).toBe(0);
    // Another group without outcomes of its own goes by the calendar of all.
    expect(expectedBefore(calendar, 1, 0, 100 * DAY)).toBeCloseTo(63, 9);
    expect(expectedBefore(calendar, 0, 1, 100 * DAY)).toBe(0);
  });

  test('never runs backwards', () => {
    fc.assert(
      fc.property(someEvents, fc.nat(100 * DAY), fc.nat(100 * DAY), (events, a, b) => {
        const { calendar } = inputOf(events, 20, {}, true);
        return expectedBefore(calendar, 1, 1, Math.min(a, b)) <= expectedBefore(calendar, 1, 1, Math.max(a, b)) + 1e-9;
      }),
    );
  });
});

describe('a profile', () => {
  const events = [10, 14].map((day) => ({ subject: 0, time: day * DAY, code: 0 }));
  const outcomes = [12, 15, 50].map((day) => ({ subject: 0, time: day * DAY + 5, code: 2 }));
  const input = inputOf([...events, ...outcomes], 1);
  const options = { lag: { width: DAY, before: 2, after: 3 }, periods: [0, 50 * DAY, 100 * DAY], deadTime: 4 * DAY };
  const [profile] = profilesOf(input, [{ exposure: 0, outcome: 0 }], options);

  test('puts each outcome at every lag it stands at', () => {
    // Day 12 is 2 after 10 and 2 before 14; day 15 is 1 after 14.
    expect(profile!.lags.map(({ from, sums }) => [from / DAY, sums.inside])).toEqual([
      [-2, 1],
      [-1, 0],
      [0, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  test('counts no time beside the exposure in which nothing could be counted', () => {
    const time = (gap: number): readonly number[] =>
      profilesOf({ ...input, gap }, [{ exposure: 0, outcome: 0 }], options)[0]!.lags.map(({ sums }) => sums.down);
    const [all, without] = [time(0), time(DAY / 4)];
    expect(without.map((down, i) => down < all[i]!)).toEqual([false, true, true, false, false]);
  });

  test('keeps what it counted, so that it can be opened', () => {
    const days = (places: readonly number[]): readonly number[] => places.map((at) => Math.floor(input.events.times[at]! / DAY));
    expect(days(profile!.outcomes)).toEqual([12, 15]);
    expect(days(profile!.exposures)).toEqual([10, 14]);
  });

  test('of periods adds up to the whole', () => {
    expect(profile!.periods.map(({ inside, outside }) => [inside, outside])).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });

  test('leaves out outcomes in the dead time of another', () => {
    expect(profile!.deadTime).toMatchObject({ inside: 1, outside: 1 });
  });

  test('has the very counts of the walk', () => {
    fc.assert(
      fc.property(someEvents, (some) => {
        const given = inputOf(some, 20, {}, true);
        const sums = scanned(given);
        const profiles = profilesOf(given, [{ exposure: 1, outcome: 0, part: 1 }], options);
        return profiles[0]!.outcomes.length === pairCell(sums, 1, 1, 0).after.inside;
      }),
    );
  });
});
