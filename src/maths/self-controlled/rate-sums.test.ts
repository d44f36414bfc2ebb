import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { homogeneity, shrunkLogs } from './homogeneity.ts';
import { addSums, NO_SUMS, rateEstimate, type RateSums, ratioOfRatios, sumsOf } from './rate-sums.ts';

const sum = (all: readonly RateSums[]): RateSums => all.reduce(addSums, NO_SUMS);

describe('the self-controlled rate ratio', () => {
  test('by hand: 10 subjects with 20 of 100 days exposed, 6 outcomes inside and 4 outside: 6 · 80 ÷ (4 · 20)', () => {
    const strata = [...Array.from({ length: 6 }, () => sumsOf(1, 0, 20, 100)), ...Array.from({ length: 4 }, () => sumsOf(0, 1, 20, 100))];
    const estimate = rateEstimate(sum(strata))!;
    expect(estimate.ratio).toBeCloseTo(6, 12);
    // information = 10 · 0.16, up = 6 · 0.8, down = 4 · 0.2
    expect(estimate.error).toBeCloseTo(Math.sqrt(1.6 / (4.8 * 0.8)), 12);
    expect(estimate.low).toBeCloseTo(6 * Math.exp(-1.959963984540054 * estimate.error), 10);
  });

  test('by hand: two strata of different length weigh as Mantel and Haenszel say', () => {
    // a(T − E)/T: 3 · 90/100 + 1 · 30/60; bE/T: 7 · 10/100 + 2 · 30/60
    const estimate = rateEstimate(sum([sumsOf(3, 7, 10, 100), sumsOf(1, 2, 30, 60)]))!;
    expect(estimate.ratio).toBeCloseTo((3 * 0.9 + 1 * 0.5) / (7 * 0.1 + 2 * 0.5), 12);
  });

  test('a subject that says ten times as much of everything changes nothing', () => {
    const usual = sumsOf(2, 8, 20, 100);
    const talkative = sumsOf(20, 80, 20, 100);
    expect(rateEstimate(sum([usual, talkative]))!.ratio).toBeCloseTo(rateEstimate(usual)!.ratio, 12);
  });

  test.each([
    ['no outcome', sumsOf(0, 0, 10, 100)],
    ['never exposed', sumsOf(0, 5, 0, 100)],
    ['always exposed', sumsOf(5, 0, 100, 100)],
    ['no time', sumsOf(5, 0, 0, 0)],
  ])('says nothing of %s', (_what, sums) => {
    expect(rateEstimate(sums)).toBeNull();
  });

  test('with nothing inside the ratio is 0, its interval begins at 0 and ends below 1 when much was to be expected', () => {
    const estimate = rateEstimate(sumsOf(0, 100, 10, 100))!;
    expect(estimate).toMatchObject({ ratio: 0, low: 0 });
    expect(estimate.high).toBeLessThan(1);
    expect(estimate.p).toBeLessThan(0.01);
    expect(Number.isFinite(rateEstimate(sumsOf(100, 0, 10, 100))!.high)).toBe(true);
  });

  test('the order of subjects, and how they are put together, changes no estimate', () => {
    const stratum = fc.record({ a: fc.nat(5), b: fc.nat(5), e: fc.double({ min: 0.01, max: 0.99, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 30 }), fc.nat(30), (strata, cut) => {
        const all = strata.map(({ a, b, e }) => sumsOf(a, b, e, 1));
        const turned = addSums(sum(all.slice(cut).toReversed()), sum(all.slice(0, cut)));
        const [one, other] = [rateEstimate(sum(all)), rateEstimate(turned)];
        if (one === null) return other === null;
        return Math.abs(one.log - other!.log) < 1e-9 && Math.abs(one.error - other!.error) < 1e-9;
      }),
    );
  });

  test('exposed and unexposed exchanged give the reciprocal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (a, b, e) => {
          const [one, other] = [rateEstimate(sumsOf(a, b, e, 1))!, rateEstimate(sumsOf(b, a, 1 - e, 1))!];
          return Math.abs(one.log + other.log) < 1e-9 && Math.abs(one.p - other.p) < 1e-9;
        },
      ),
    );
  });
});

describe('several ratios', () => {
  test('the ratio of 4 and 2 is 2, with both errors in it', () => {
    const [four, two] = [rateEstimate(sumsOf(40, 100, 10, 110))!, rateEstimate(sumsOf(20, 100, 10, 110))!];
    const both = ratioOfRatios(four, two);
    expect(both.ratio).toBeCloseTo(2, 10);
    expect(Math.log(both.high / both.low) / (2 * 1.959963984540054)).toBeCloseTo(Math.hypot(four.error, two.error), 10);
  });

  test("Cochran's Q by hand: logs 0 and 1 with errors of 0.5 are 2 apart from one", () => {
    expect(
      homogeneity([
        { log: 0, error: 0.5 },
        { log: 1, error: 0.5 },
      ]),
    ).toMatchObject({ q: 2, df: 1 });
    expect(homogeneity([{ log: 0.3, error: 0.5 }])).toMatchObject({ q: 0, df: 0, p: 1 });
  });

  test('what chance explains is shrunk to nothing, and what it does not is hardly shrunk', () => {
    expect(
      shrunkLogs([
        { log: 0.1, error: 0.2 },
        { log: -0.1, error: 0.2 },
      ]),
    ).toEqual([0, 0]);
    const [sure, unsure] = shrunkLogs([
      { log: 1, error: 0.05 },
      { log: 1, error: 1 },
      { log: -1, error: 0.05 },
      { log: 0.9, error: 0.05 },
    ]);
    expect(sure).toBeGreaterThan(0.99);
    expect(unsure).toBeLessThan(0.6);
  });

  test('no ratio is ever shrunk past 1', () => {
    const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);
    const ratio = fc.record({ log: hundredths(-300, 300), error: hundredths(1, 200) });
    fc.assert(
      fc.property(fc.array(ratio, { maxLength: 20 }), (ratios) =>
        shrunkLogs(ratios).every((log, i) => Math.abs(log) <= Math.abs(ratios[i]!.log) + 1e-12 && log * ratios[i]!.log >= 0),
      ),
    );
  });
});
