import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { testDays } from './back-test.ts';
import { isHeldOut } from './hold-out.ts';
import { byGain, type Caller, type Candidate, isDutyOf, lineOfDay, placeCalls } from './place-calls.ts';
import { rated, type Rated, type Told } from './rate.ts';
import { isAbove, solveLine } from './solve-line.ts';
import { callersOn, dayMoved, type Hours, spanOf } from './team.ts';

const CATEGORIES = ['fixed', 'billing', 'mobile'];
const caller = fc.record({
  calls: fc.integer({ min: 0, max: 4 }),
  categories: fc.oneof(fc.constant([]), fc.subarray(CATEGORIES, { minLength: 1 })),
});
const callers: fc.Arbitrary<readonly Caller[]> = fc
  .array(caller, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, i) => ({ ...one, id: `s${i}`, segments: [] })));
const day: fc.Arbitrary<readonly Candidate[]> = fc
  .array(fc.record({ category: fc.constantFrom(...CATEGORIES), gain: fc.integer({ min: 1, max: 30 }) }), { maxLength: 14 })
  .map((all) => all.map((one, i) => ({ customer: `c${i}`, category: `${one.category}/x`, segment: null, gain: one.gain })));
const history = fc.array(fc.record({ candidates: day, weight: fc.constantFrom(0.6, 1, 1.5) }), { minLength: 1, maxLength: 30 });

/** Whether all of them can be called: Hall's condition over the sets of duties. */
function allFit(candidates: readonly Candidate[], team: readonly Caller[]): boolean {
  const branches = CATEGORIES.map((one) => `${one}/x`);
  for (let set = 1; set < 1 << branches.length; set++) {
    const chosen = branches.filter((_, i) => (set & (1 << i)) !== 0);
    const wanted = candidates.filter((one) => chosen.includes(one.category ?? '')).length;
    const able = team.filter((one) => chosen.some((category) => isDutyOf(one, { category, segment: null, customer: '', gain: 0 })));
    if (wanted > able.reduce((sum, one) => sum + one.calls, 0)) return false;
  }
  return true;
}

describe('who is called', () => {
  test('everybody above the line of a day can be called, and at the line somebody could not', () => {
    fc.assert(
      fc.property(day, callers, (all, team) => {
        const able = all.filter((one) => team.some((who) => isDutyOf(who, one)));
        const line = lineOfDay(all, team);
        expect(
          allFit(
            able.filter((one) => isAbove(one.gain, line)),
            team,
          ),
        ).toBe(true);
        if (line > 0)
          expect(
            allFit(
              able.filter((one) => one.gain >= line),
              team,
            ),
          ).toBe(false);
      }),
    );
  });

  test('calls are given to those whose duty they are, within their hours, best first as far as duties allow', () => {
    fc.assert(
      fc.property(day, callers, (all, team) => {
        const { callerOf, left } = placeCalls(all, team);
        for (const who of team) {
          const own = [...callerOf].filter(([, id]) => id === who.id).map(([one]) => one);
          expect(own.length).toBeLessThanOrEqual(who.calls);
          expect(own.every((one) => isDutyOf(who, one))).toBe(true);
        }
        expect(callerOf.size + left.length).toBe(all.length);
        // Nobody left out could be called beside everybody better who is.
        for (const out of left) {
          const better = [...callerOf.keys()].filter((one) => byGain(one, out) < 0);
          expect(allFit([...better, out], team)).toBe(false);
        }
      }),
    );
  });
});

describe('the warning line', () => {
  test('asks on average for no more calls than there are', () => {
    fc.assert(
      fc.property(history, callers, (days, team) => {
        const line = solveLine(days, team);
        const calls = team.reduce((sum, one) => sum + one.calls, 0);
        if (line === null) {
          expect(calls).toBe(0);
          return;
        }
        const above = days.flatMap((one) => one.candidates.filter((who) => isAbove(who.gain, line) && team.some((t) => isDutyOf(t, who))));
        expect(above.length / days.length).toBeLessThanOrEqual(calls);
      }),
    );
  });

  test('does not rise with more hours', () => {
    fc.assert(
      fc.property(history, callers, fc.nat({ max: 3 }), fc.integer({ min: 1, max: 5 }), (days, team, who, more) => {
        const richer = team.map((one, i) => (i === who % team.length ? { ...one, calls: one.calls + more } : one));
        expect(solveLine(days, richer) ?? 0).toBeLessThanOrEqual(solveLine(days, team) ?? Number.MAX_VALUE);
      }),
    );
  });

  test('there is none where nobody calls, or nothing is known', () => {
    expect(solveLine([], [{ id: 'a', calls: 3, categories: [], segments: [] }])).toBeNull();
    expect(solveLine([{ candidates: [], weight: 1 }], [])).toBeNull();
  });
});

describe('the hold-out', () => {
  test.each([0.05, 0.08, 0.1])('of %d of many customers stays that share, day by day, and whoever asks gets the same answer', (share) => {
    const customers = Array.from({ length: 40_000 }, (_, i) => `1380000${i}`);
    for (const when of ['2026-03-01', '2026-03-02', '2026-07-15']) {
      const held = customers.filter((one) => isHeldOut(one, when, share));
      expect(Math.abs(held.length / customers.length - share)).toBeLessThan(0.005);
      expect(held.every((one) => isHeldOut(one, when, share))).toBe(true);
    }
    const [first, second] = ['2026-03-01', '2026-03-02'].map((when) => customers.map((one) => isHeldOut(one, when, share)));
    // Days are drawn apart: being held out on one says nothing about the next.
    const both = first!.filter((held, i) => held && second![i]).length;
    expect(Math.abs(both / customers.length - share * share)).toBeLessThan(0.003);
  });
});

/** A city's grievances over days that are quiet, busy on Mondays, and now and then struck by an outage. */
function world(seed: number, days: number, outages: number): ReadonlyMap<string, readonly Rated[]> {
  const random = seededRandom(seed, 'peaks');
  const told: Told[] = [];
  for (let i = 0; i < days; i++) {
    const when = dayMoved('2026-01-05', i);
    const mean = 60 * (i % 7 === 0 ? 1.5 : i % 7 > 4 ? 0.6 : 1) * (random.chance(outages) ? 3 : 1);
    for (let n = random.poisson(mean); n > 0; n--) {
      const p = random.next() ** 3 * 0.6;
      const place = random.next();
      const value_tier = place < 0.2 ? '钻石' : place < 0.45 ? '银卡' : '普通';
      const customer = `c${random.int(5000)}`;
      told.push({
        voice: told.length,
        customer,
        said_at: `${when}T02:00:00.000Z`,
        day: when,
        category: 'billing/charge/wrong',
        level: 4,
        segment: null,
        value_tier,
        p,
        p_low: p / 2,
        p_high: p * 1.5,
        scored: true,
      });
    }
  }
  const tiers = { high_tiers: ['钻石'], low_tiers: ['普通'] };
  return Map.groupBy(rated(told, { effect: 0.25, values: { high: 600, usual: 200, low: 100 }, tiers }), (one) => one.day);
}

const hours = (id: string, minutes: readonly number[]): Hours => ({
  id,
  minutes: [...minutes],
  minutes_per_call: 12,
  categories: [],
  segments: [],
});
const EVERY_DAY = [hours('a', [240, 240, 240, 240, 240, 120, 120]), hours('b', [120, 120, 120, 120, 120, 120, 120])];
const NO_WEEKENDS = [hours('a', [300, 240, 240, 240, 240, 0, 0])];

describe('the back-test', () => {
  test.each([
    ['quiet days', EVERY_DAY, 0],
    ['days with outages now and then', EVERY_DAY, 0.04],
    ['a team without weekends', NO_WEEKENDS, 0.02],
  ] as const)('fits the hours on at least nine days of ten: %s', (_name, team, outages) => {
    const tested = [1, 2, 3].flatMap((seed) =>
      testDays({ on: world(seed, 110, outages), from: '2026-01-05', holdOut: 0.08 }, 'A', '2026-04-25', team),
    );
    expect(tested.length).toBeGreaterThan(170);
    expect(tested.filter((one) => one.fits).length / tested.length).toBeGreaterThanOrEqual(0.9);
    // And not by calling nobody: what chance leaves over on a day is less than two thirds of the hours.
    const sum = (of: 'above' | 'calls'): number => tested.reduce((all, one) => all + one[of], 0);
    expect(sum('above') / sum('calls')).toBeGreaterThan(1 / 3);
  });

  test('knows nothing of the day that it tests', () => {
    const on = new Map(world(9, 40, 0));
    const before = testDays({ on, from: '2026-01-05', holdOut: 0.08 }, 'A', '2026-02-14', EVERY_DAY);
    on.set('2026-02-13', []);
    const after = testDays({ on, from: '2026-01-05', holdOut: 0.08 }, 'A', '2026-02-14', EVERY_DAY);
    expect(after.at(-1)!.line).toBe(before.at(-1)!.line);
    expect(after.at(-1)!.above).toBe(0);
  });
});

test('a working day calls its own customers and those of the days off before it', () => {
  expect(spanOf(NO_WEEKENDS, '2026-03-02')).toBe(3);
  expect(spanOf(NO_WEEKENDS, '2026-03-03')).toBe(1);
  expect(spanOf(NO_WEEKENDS, '2026-03-01')).toBe(0);
  expect(callersOn(NO_WEEKENDS, '2026-03-03')).toMatchObject([{ id: 'a', calls: 20 }]);
});
