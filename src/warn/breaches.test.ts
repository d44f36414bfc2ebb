import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Breach, type BreachLimits, breachesOf, instantsTouchedBy, isWhole, meets } from './breaches.ts';
import { bruteForceBreaches } from './brute-force.ts';

const limits = fc.record({
  windowMs: fc.integer({ min: 1, max: 12 }),
  threshold: fc.integer({ min: 1, max: 4 }),
  holdMs: fc.integer({ min: 0, max: 8 }),
});
const saidAts = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

describe('breaches', () => {
  it.each<[string, number[], Partial<BreachLimits>, Partial<Breach>[]]>([
    ['begins at the voice that reaches the threshold', [0, 10, 20], {}, [{ beganMs: 20, firesMs: 20, endsMs: 100, voices: 3 }]],
    ['does not count a voice exactly one window old', [0, 50, 100], {}, []],
    ['counts a voice one millisecond younger', [1, 50, 100], {}, [{ beganMs: 100, endsMs: 101, windowFromMs: 1, voices: 3 }]],
    ['lasts when one voice arrives at the instant another leaves', [0, 10, 20, 100], {}, [{ beganMs: 20, endsMs: 110, voices: 4 }]],
    ['does not fire when the count falls at the instant it should fire', [0, 10, 20], { holdMs: 80 }, [{ firesMs: null }]],
    ['fires when it holds one millisecond longer', [0, 10, 20], { holdMs: 79 }, [{ firesMs: 99 }]],
    ['counts voices of one instant together', [5, 5, 5], {}, [{ beganMs: 5, endsMs: 105, voices: 3, lastSaidMs: 5 }]],
    ['separates two bursts', [0, 1, 2, 500, 501, 502], {}, [{ beganMs: 2 }, { beganMs: 502 }]],
  ])('%s', (_, times, special, expected) => {
    const found = breachesOf(times, { windowMs: 100, threshold: 3, holdMs: 0, ...special });
    expect(found).toHaveLength(expected.length);
    expect(found).toMatchObject(expected);
  });

  it('are what stepping through every millisecond finds', () => {
    fc.assert(
      fc.property(saidAts, limits, (times, rule) => {
        expect(breachesOf(sorted(times), rule)).toEqual(bruteForceBreaches(times, rule));
      }),
      { numRuns: 1000 },
    );
  });

  it('hold exactly the voices between windowFrom and lastSaid', () => {
    fc.assert(
      fc.property(saidAts, limits, (times, rule) => {
        for (const breach of breachesOf(sorted(times), rule)) {
          expect(times.filter((t) => t >= breach.windowFromMs && t <= breach.lastSaidMs)).toHaveLength(breach.voices);
        }
      }),
    );
  });

  it('change only at the instants that new voices touch', () => {
    fc.assert(
      fc.property(saidAts, fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }), limits, (times, late, rule) => {
        const span = instantsTouchedBy({ firstMs: Math.min(...late), lastMs: Math.max(...late) }, rule.windowMs);
        const outside = (all: readonly number[]): readonly Breach[] =>
          breachesOf(sorted(all), rule).filter((breach) => !meets(breach, span));
        const after = outside([...times, ...late]);
        expect(outside(times)).toEqual(expect.arrayContaining([...after]));
      }),
    );
  });

  it('are not known whole when the loaded part ends with them', () => {
    const [breach] = breachesOf([0, 1], { windowMs: 10, threshold: 2, holdMs: 0 });
    expect(isWhole(breach!, { fromMs: -50, beforeMs: 10 }, 10)).toBe(false);
    expect(isWhole(breach!, { fromMs: -50, beforeMs: 11 }, 10)).toBe(true);
  });

  it('that are whole in a part of the voices are breaches of all voices', () => {
    fc.assert(
      fc.property(saidAts, limits, fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (times, rule, from, before) => {
        const part = times.filter((t) => t >= from && t < before);
        const whole = breachesOf(sorted(part), rule).filter((b) => isWhole(b, { fromMs: from, beforeMs: before }, rule.windowMs));
        expect(breachesOf(sorted(times), rule)).toEqual(expect.arrayContaining([...whole]));
      }),
      { numRuns: 5000 },
    );
  });
});
