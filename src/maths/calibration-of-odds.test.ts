import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calibrationBins,
  calibrationError,
  calibrationInTheLarge,
  fitOddsLine,
  logOdds,
  ofLogOdds,
  type StatedSums,
} from './calibration-of-odds.ts';
import { seededRandom } from './seeded-random.ts';

const world = (seed: number, rows: number) => {
  const random = seededRandom(seed, 'calibration');
  const truth = Array.from({ length: rows }, () => ofLogOdds(random.between(-4, 1)));
  return { truth, labels: truth.map((p) => (random.chance(p) ? 1 : 0)) };
};

const addStated =
  (labels: ArrayLike<number>, scale: number) =>
  (sums: StatedSums, truth: number, i: number): StatedSums => {
    const [p, y] = [truth * scale, labels[i] ?? 0];
    return {
      rows: sums.rows + 1,
      stated: sums.stated + p,
      happened: sums.happened + y,
      alone: sums.alone + p * (1 - p),
      grouped: sums.grouped + (y - p) ** 2,
    };
  };

describe('calibration', () => {
  test('bins hold every row once, in rising order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)), { minLength: 1 }), (list) => {
        const bins = calibrationBins(
          list.map(([p]) => p),
          list.map(([, y]) => y),
        );
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(list.length);
        expect(bins.length).toBeLessThanOrEqual(10);
        for (let i = 1; i < bins.length; i++) expect(bins[i]!.stated).toBeGreaterThanOrEqual(bins[i - 1]!.stated);
      }),
    );
  });

  test('equal probabilities share a bin', () => {
    expect(
      calibrationBins(
        Array.from({ length: 50 }, () => 0.2),
        Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? 1 : 0)),
      ),
    ).toMatchObject([{ rows: 50, events: 10, happened: 0.2 }]);
  });

  test('true probabilities have a small error and slope one; bold ones a slope below', () => {
    const { truth, labels } = world(3, 20_000);
    expect(calibrationError(calibrationBins(truth, labels))).toBeLessThan(0.01);
    const line = fitOddsLine(truth.map(logOdds), labels);
    expect(line.slopeLow).toBeLessThan(1);
    expect(line.slopeHigh).toBeGreaterThan(1);
    const bold = fitOddsLine(
      truth.map((p) => 2 * logOdds(p)),
      labels,
    );
    expect(bold.slope).toBeCloseTo(line.slope / 2, 3);
    expect(bold.slopeHigh).toBeLessThan(0.6);
    const sums = (scale: number) => truth.reduce(addStated(labels, scale), { rows: 0, stated: 0, happened: 0, alone: 0, grouped: 0 });
    expect(Math.abs(calibrationInTheLarge(sums(1)).z)).toBeLessThan(3);
    expect(calibrationInTheLarge(sums(0.8)).z).toBeGreaterThan(5);
  });

  test('are called wrong once in a thousand looks at most, also where a customer’s grievances happen together or hardly any does', () => {
    const random = seededRandom(8, 'looks');
    const alarms = ([customers, p, most]: readonly [number, number, number]): number => {
      let off = 0;
      for (let look = 0; look < 2000; look++) {
        const sums = { rows: 0, stated: 0, happened: 0, alone: 0, grouped: 0 };
        for (let c = 0; c < customers; c++) {
          const [rows, y] = [1 + random.int(most), random.chance(p) ? 1 : 0];
          sums.rows += rows;
          sums.stated += rows * p;
          sums.happened += rows * y;
          sums.alone += rows * p * (1 - p);
          sums.grouped += (rows * (y - p)) ** 2;
        }
        if (Math.abs(calibrationInTheLarge(sums).z) > 3.3) off++;
      }
      return off;
    };
    // Two in two thousand are to be expected; of Poisson's counts with that mean one in a thousand is above 7.
    for (const world of [
      [300, 0.1, 6],
      [300, 0.02, 2],
      [300, 0.05, 1],
    ] as const)
      expect(alarms(world)).toBeLessThanOrEqual(7);
  });

  test('margins without spread, and a perfect order, end', () => {
    expect(fitOddsLine([1, 1, 1, 1], [0, 1, 0, 1]).slope).toBeCloseTo(1, 9);
    expect(Number.isFinite(fitOddsLine([-2, -1, 1, 2], [0, 0, 1, 1]).slope)).toBe(true);
  });
});
