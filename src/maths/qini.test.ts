import { describe, expect, it } from 'vitest';
import { alwaysValid } from './always-valid.ts';
import { differenceOf, ownVariance } from './proportions.ts';
import { qiniOf, qiniOrder, qiniWithInterval } from './qini.ts';
import { seededRandom } from './seeded-random.ts';
import { crossFittedUplift } from './uplift.ts';
import { commonHazard } from './common-hazard.ts';
import { cohortOf } from './survival.ts';

describe('the Qini coefficient', () => {
  const trial = { treated: Uint8Array.of(1, 1, 0, 0, 1, 0), outcome: Uint8Array.of(1, 0, 1, 0, 1, 0) };
  it('is 1 for a perfect order, below 0 for its reverse, and 0 when everybody is alike', () => {
    const perfect = Float64Array.of(1, 0, -1, 0, 1, 0);
    expect(qiniOf(trial, qiniOrder(perfect))).toBeCloseTo(1, 12);
    expect(qiniOf(trial, qiniOrder(perfect.map((score) => -score)))).toBeLessThan(0);
    expect(qiniOf(trial, qiniOrder(new Float64Array(6)))).toBeCloseTo(0, 12);
  });

  it('is by hand what the definition says', () => {
    const scores = Float64Array.of(3, 3, 2, 2, 1, 1);
    // (2, 1) without control; (4, 1 − 1·2/2 = 0); (6, 2 − 1·3/3 = 1). Area 1 + 1 + 1 = 3, line 3, perfect: 2 + 2·3 + 1·(2 + 1)/2 = 9.5.
    expect(qiniOf(trial, qiniOrder(scores))).toBeCloseTo(0, 12);
    expect(qiniOf(trial, qiniOrder(Float64Array.of(3, 1, 1, 1, 2, 1)))).toBeCloseTo((0.5 + 1.5 + 4 * 1.5 - 3) / (9.5 - 3), 12);
  });

  it('is null where an arm is missing', () => {
    expect(qiniOf({ treated: Uint8Array.of(1, 1), outcome: Uint8Array.of(1, 0) }, qiniOrder(new Float64Array(2)))).toBeNull();
  });

  it('has an interval that holds it, and random orders spread round nothing', () => {
    const random = seededRandom(3, 'qini-test');
    const n = 2_000;
    const treated = Uint8Array.from({ length: n }, () => (random.chance(0.5) ? 1 : 0));
    const kind = Float64Array.from({ length: n }, () => random.next());
    const outcome = Uint8Array.from({ length: n }, (_, i) => (random.chance(0.2 + (treated[i] === 1 ? 0.3 * kind[i]! : 0)) ? 1 : 0));
    const found = qiniWithInterval({ treated, outcome }, kind, 1)!;
    expect(found.low).toBeLessThan(found.qini);
    expect(found.high).toBeGreaterThan(found.qini);
    expect(found.qini).toBeGreaterThan(2 * found.randomSd);
  });

  it('is cross-fitted: no row teaches the model that speaks of it', () => {
    const folds = Int32Array.of(0, 1, 0, 1, 0, 1);
    crossFittedUplift(trial, folds, (learnFrom, sayOf) => {
      expect([...learnFrom].some((row) => sayOf.includes(row))).toBe(false);
      return new Float64Array(sayOf.length);
    });
  });
});

describe('promises kept in simulations', () => {
  it('Newcombe’s interval holds the truth 95 times in a hundred', () => {
    const random = seededRandom(11, 'coverage');
    let held = 0;
    for (let s = 0; s < 600; s++) {
      const draw = (n: number, p: number) => ({ n, events: Array.from({ length: n }, () => random.chance(p)).filter(Boolean).length });
      const found = differenceOf(draw(200, 0.08), draw(200, 0.05));
      if (found.low <= 0.03 && found.high >= 0.03) held++;
    }
    expect(held / 600).toBeGreaterThan(0.93);
    expect(held / 600).toBeLessThan(0.98);
  });

  it('nothing is found by looking fifty times where there is nothing; the usual test would find something often', () => {
    const random = seededRandom(13, 'peeking');
    let [quiet, fooled] = [0, 0];
    for (let s = 0; s < 300; s++) {
      const [a, b] = [
        { n: 0, events: 0 },
        { n: 0, events: 0 },
      ];
      let usual = false;
      const looks = Array.from({ length: 50 }, () => {
        for (const side of [a, b]) {
          side.n += 100;
          side.events += random.poisson(7);
        }
        const found = differenceOf(b, a);
        usual ||= found.p < 0.05;
        return alwaysValid(found.effect, ownVariance(b, a), 0.01);
      });
      if (looks.every(({ p }) => p >= 0.05)) quiet++;
      if (usual) fooled++;
    }
    expect(quiet / 300).toBeGreaterThanOrEqual(0.93);
    expect(fooled / 300).toBeGreaterThan(0.2);
  });

  it('a common ratio of hazards is found as it was put in', () => {
    const hazards = [0.05, 0.1, 0.08];
    const lower = hazards.map((h) => 1 - (1 - h) ** 0.7);
    const found = commonHazard(cohortOf(10_000, lower), cohortOf(12_000, hazards))!;
    expect(found.ratio).toBeCloseTo(0.7, 6);
    expect(found.low).toBeLessThan(0.7);
    expect(commonHazard(cohortOf(10, [0]), cohortOf(10, [0.1]))).toBeNull();
  });
});
