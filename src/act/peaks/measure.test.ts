import { describe, expect, test } from 'vitest';
import type { ComparedTable } from '../../model/comparison.ts';
import { preventedBy } from '../../verify/experiments/measured-effect.ts';
import { comparisonOf, type Counted, effectOf } from './measure.ts';
import { FIRST_PEAKS, peakProblems } from './settings.ts';

const month = (called: Counted, held_out: Counted) => ({ called, held_out });

describe('the effect that counts', () => {
  test('is the assumption, called one, while too few were held out', () => {
    const few = [month({ n: 200, complaints: 20 }, { n: 20, complaints: 5 })];
    expect(comparisonOf(30, few).difference).toBeNull();
    expect(effectOf(few, FIRST_PEAKS)).toMatchObject({ source: 'assumption', value: 0.25, customers: null });
  });

  test('is an experiment’s where one was taken, until the own hold-out tells enough', () => {
    const settings = { ...FIRST_PEAKS, effect: { value: 0.3, low: 0.1, high: 0.5, experiment: { id: 'ex', name: '外呼' } } };
    expect(effectOf([], settings)).toMatchObject({
      source: 'experiment',
      value: 0.3,
    });
    const months = [month({ n: 2000, complaints: 200 }, { n: 200, complaints: 40 })];
    const much = comparisonOf(30, months);
    const own = effectOf(months, settings);
    expect(own).toMatchObject({ source: 'hold-out', experiment: null, customers: 2200 });
    expect(own.value).toBeCloseTo(0.5, 10);
    expect(own.low).toBeLessThan(0.5);
    expect(own.high).toBeGreaterThan(0.5);
    expect(much.difference).toMatchObject({ effect: expect.closeTo(-0.1, 10) });
    expect(much.difference!.high).toBeLessThan(0);
  });

  test('is compared within each month: a month of many complaints in which more were held out is no effect of calls', () => {
    const months = [
      month({ n: 1900, complaints: 190 }, { n: 100, complaints: 10 }),
      month({ n: 900, complaints: 360 }, { n: 100, complaints: 40 }),
      // Nobody was held out: there is nothing to compare with.
      month({ n: 500, complaints: 0 }, { n: 0, complaints: 0 }),
    ];
    expect(comparisonOf(30, months)).toMatchObject({
      called: { n: 3300, complaints: 550 },
      held_out: { n: 200, complaints: 50 },
      difference: { effect: expect.closeTo(0, 10) },
    });
    expect(effectOf(months, FIRST_PEAKS)).toMatchObject({ source: 'hold-out', value: expect.closeTo(0, 10), customers: 3000 });
  });

  test('of calls that make it worse is none, not less than none', () => {
    expect(effectOf([month({ n: 1000, complaints: 300 }, { n: 200, complaints: 40 })], FIRST_PEAKS).value).toBe(0);
  });

  test('is read from an experiment only where its groups were drawn alike and it asked who complained', () => {
    const report = {
      srm: { ok: true },
      verdict: 'no_difference_found',
      direction: 'down',
      kind: 'share',
      ratio: 0.7,
      ratio_low: 0.5,
      ratio_high: 1.1,
    };
    const of = (more: object) => preventedBy({ ...report, ...more } as unknown as ComparedTable);
    expect(of({})).toEqual({ value: expect.closeTo(0.3, 10), low: 0, high: 0.5 });
    expect(of({ srm: { ok: false } })).toBeNull();
    expect(of({ verdict: 'not_comparable' })).toBeNull();
    expect(of({ kind: 'number' })).toBeNull();
    expect(of({ ratio: null })).toBeNull();
    expect(preventedBy(null)).toBeNull();
  });
});

test('settings are told everything that is wrong at once', () => {
  const wrong = { ...FIRST_PEAKS, hold_out: 0.2, effect: { value: 0.2, low: 0.3, high: 0.1, experiment: null } };
  expect(peakProblems(wrong).map((problem) => problem.column)).toEqual(['hold_out', 'effect.low', 'effect.high']);
  expect(peakProblems(FIRST_PEAKS)).toEqual([]);
});
