import { describe, expect, it } from 'vitest';
import { alwaysValid } from './always-valid.ts';
import { meansAlike, sampleRatio, sharesAlike } from './balance.ts';
import { benjaminiHochberg, holm } from './many-tests.ts';
import { breslowDay, commonDifference, commonOdds, commonRatio, woolf } from './mantel-haenszel.ts';
import { detectableShare, neededForMean, neededForShare, powerOf } from './power.ts';
import { differenceOf, ownVariance, shareRatio, wilson } from './proportions.ts';
import { cohortOf, kaplanMeier, logRank } from './survival.ts';

/** Churn of a published campaign, four months of 22,000 customers each: control, then treated. */
const CONTROL = [0.071, 0.069, 0.075, 0.076];
const TREATED = [0.068, 0.063, 0.061, 0.052];
const of = (rate: number) => ({ events: Math.round(rate * 22_000), n: 22_000 });
const MONTHS = CONTROL.map((rate, i) => ({ treated: of(TREATED[i]!), control: of(rate) }));
const percent = (value: number): number => Number((value * 100).toFixed(2));

describe('a published table of four months', () => {
  it.each([
    [0, 1.24, 0.216, [-0.78, 0.18], [0.958, 0.894, 1.026]],
    [1, 2.53, 0.0113, [-1.06, -0.14], [0.913, 0.851, 0.98]],
    [2, 5.83, 5.5e-9, [-1.87, -0.93], [0.813, 0.759, 0.872]],
    [3, 10.28, 8.3e-25, [-2.86, -1.94], [0.684, 0.636, 0.736]],
  ] as const)('month %i has z %f with its interval and ratio to the digit', (month, z, p, [low, high], ratio) => {
    const { treated, control } = MONTHS[month]!;
    const found = differenceOf(treated, control);
    expect(Number((-found.z).toFixed(2))).toBe(z);
    expect(Number(found.p.toPrecision(p < 0.1 && p > 0.01 ? 3 : p < 0.01 ? 2 : 3))).toBe(p);
    expect([percent(found.low), percent(found.high)]).toEqual([low, high]);
    const { ratio: middle, low: least, high: most } = shareRatio(treated, control);
    expect([middle, least, most].map((value) => Number(value!.toFixed(3)))).toEqual(ratio);
  });

  it.each([
    [0, 1, [-1.04, 0.44]],
    [1, 0.21, [-1.33, 0.13]],
    [2, 4e-7, [-2.14, -0.66]],
    [3, 6e-22, [-3.12, -1.68]],
  ] as const)('month %i looked at as often as one likes has p %f', (month, p, [low, high]) => {
    const { treated, control } = MONTHS[month]!;
    const found = alwaysValid(differenceOf(treated, control).effect, ownVariance(treated, control), 0.01);
    expect(Number(found.p.toPrecision(p === 0.21 ? 2 : 1))).toBe(p);
    expect([percent(found.low), percent(found.high)]).toEqual([low, high]);
  });

  it('is .216, .0225, 1.6e−8 and 3.3e−24 by Holm', () => {
    const adjusted = holm(MONTHS.map(({ treated, control }) => differenceOf(treated, control).p));
    expect(adjusted.map((p) => p.toPrecision(3))).toEqual(['0.216', '0.0225', '1.64e-8', '3.31e-24']);
  });

  it('has a common odds ratio of .828 [.798, .860] and months that do not agree', () => {
    const odds = commonOdds(MONTHS)!;
    expect([odds.ratio, odds.low, odds.high].map((value) => value.toFixed(3))).toEqual(['0.828', '0.798', '0.860']);
    expect(Math.round(odds.chi2)).toBe(97);
    expect(woolf(MONTHS)).toMatchObject({ df: 3, chi2: expect.closeTo(50.6, 1), p: expect.closeTo(6e-11, 11) });
    expect(breslowDay(MONTHS)!.chi2).toBeCloseTo(50.8, 1);
    expect(commonDifference(MONTHS).effect).toBeCloseTo(-0.01175, 10);
    expect(commonRatio(MONTHS).ratio).toBeCloseTo(0.8385, 4);
  });

  it('is 26.1 % against 22.3 % as one cohort that shrinks, and October has 17,600 left', () => {
    const control = kaplanMeier(cohortOf(22_000, CONTROL));
    const treated = kaplanMeier(cohortOf(22_000, TREATED));
    expect(percent(1 - control[3]!.survival)).toBeCloseTo(26.08, 1);
    expect(percent(1 - treated[3]!.survival)).toBeCloseTo(22.3, 1);
    expect(Math.round(control[3]!.atRisk)).toBe(17_601);
    expect(control[3]!.low).toBeLessThan(control[3]!.survival);
    expect(logRank(cohortOf(22_000, TREATED), cohortOf(22_000, CONTROL)).z).toBeCloseTo(-8.88, 2);
  });

  it('could show .69 percentage points', () => {
    expect(percent(detectableShare(0.071, 22_000))).toBe(0.69);
    expect(powerOf(0.0069, Math.sqrt((2 * 0.071 * 0.929) / 22_000))).toBeCloseTo(0.8, 1);
    expect(neededForShare(0.932, 0.002)).toBeGreaterThan(120_000);
    expect(neededForMean(1, 0.5)).toBe(63);
  });

  it('passes the ratio of its sizes and fails the likeness of its groups', () => {
    expect(sampleRatio([22_000, 22_000])).toEqual({ chi2: 0, p: 1 });
    expect(sampleRatio([5_000, 5_300], [1, 1]).p).toBeLessThan(0.01);
    expect(sampleRatio([900, 100], [9, 1]).p).toBeCloseTo(1, 6);
    const alike = sharesAlike({ events: 9_513, n: 22_000 }, { events: 8_385, n: 22_000 });
    expect([alike.z.toFixed(1), alike.smd.toFixed(2), alike.p.toPrecision(1)]).toEqual(['10.9', '0.10', '7e-28']);
    expect(meansAlike({ n: 100, mean: 1, variance: 4 }, { n: 100, mean: 0, variance: 4 })).toMatchObject({ smd: 0.5 });
  });
});

describe('many tests', () => {
  it('are adjusted as in the textbook', () => {
    const ps = [0.01, 0.04, 0.03, 0.005];
    expect(holm(ps).map((p) => Number(p.toFixed(3)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(benjaminiHochberg(ps).map((p) => Number(p.toFixed(3)))).toEqual([0.02, 0.04, 0.04, 0.02]);
    expect(holm([])).toEqual([]);
  });
});

describe('small counts', () => {
  it('have intervals that stay where shares can be', () => {
    expect(wilson({ events: 0, n: 20 })).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) });
    // Newcombe 1998, table II: 56/70 − 48/80 and 10/10 − 0/10.
    expect(differenceOf({ events: 56, n: 70 }, { events: 48, n: 80 })).toMatchObject({
      low: expect.closeTo(0.0524, 4),
      high: expect.closeTo(0.3339, 4),
    });
    expect(differenceOf({ events: 10, n: 10 }, { events: 0, n: 10 })).toMatchObject({
      low: expect.closeTo(0.6075, 4),
      high: expect.closeTo(1, 6),
    });
    expect(shareRatio({ events: 0, n: 10 }, { events: 3, n: 10 }).ratio).toBeNull();
    expect(differenceOf({ events: 0, n: 10 }, { events: 0, n: 10 })).toMatchObject({ effect: 0, z: 0, p: 1 });
  });

  it('strata without a table to compare change nothing', () => {
    const empty = { treated: { events: 0, n: 0 }, control: { events: 3, n: 9 } };
    expect(commonDifference([...MONTHS, empty]).effect).toBeCloseTo(commonDifference(MONTHS).effect, 12);
    expect(commonOdds([...MONTHS, empty])!.ratio).toBeCloseTo(0.828, 3);
    expect(commonOdds([{ treated: { events: 0, n: 5 }, control: { events: 0, n: 5 } }])).toBeNull();
  });
});
