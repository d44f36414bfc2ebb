import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationBins, calibrationError, calibrationInTheLarge, fitOddsLine, logOdds, ofLogOdds } from './calibration-of-odds.ts';
import { seededRandom } from './seeded-random.ts';

const world = (seed: number, rows: number) => {
  const random = seededRandom(seed, 'calibration');
  const truth = Array.from({ length: rows }, () => ofLogOdds(random.between(-4, 1)));
  return { truth, labels: truth.map((p) => (random.chance(p) ? 1 : 0)) };
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
    expect(Math.abs(calibrationInTheLarge(truth, labels).z)).toBeLessThan(3);
    expect(
      calibrationInTheLarge(
        truth.map((p) => p * 0.8),
        labels,
      ).z,
    ).toBeGreaterThan(5);
  });

  test('margins without spread, and a perfect order, end', () => {
    expect(fitOddsLine([1, 1, 1, 1], [0, 1, 0, 1]).slope).toBeCloseTo(1, 9);
    expect(Number.isFinite(fitOddsLine([-2, -1, 1, 2], [0, 0, 1, 1]).slope)).toBe(true);
  });
});
