import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { EFFECTS } from '../../model/recording.ts';
import type { LevelSettings } from '../../model/levels.ts';
import { associationsByPairs, associationsOf } from './association.ts';
import { distributionOf, fittingCuts } from './distribution.ts';
import { type GrievanceFacts, gradeOf, levelOf } from './grade.ts';
import { FIRST_SETTINGS, settingsProblems } from './settings.ts';
import { type Followed, followedFor, validationOf } from './validate.ts';

const FACTS: GrievanceFacts = {
  hours: 1,
  effect: 'none',
  association: 1,
  ground: 'history',
  complaints: 0,
  grievances: 0,
  temperament: null,
};
const facts = fc.record({
  hours: fc.double({ min: 0, max: 2000, noNaN: true }),
  effect: fc.constantFrom(null, ...EFFECTS),
  association: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
  ground: fc.constantFrom('pairs' as const, 'history' as const),
  complaints: fc.integer({ min: 0, max: 5 }),
  grievances: fc.integer({ min: 0, max: 20 }),
  temperament: fc.constantFrom(null, 'impatient', 'price-sensitive', 'cooperative', 'assertive', 'tolerant'),
});

describe('a level', () => {
  it('is between 1 and 5, its parts make the score, and it never falls as time passes without a solution', () => {
    fc.assert(
      fc.property(facts, fc.double({ min: 0, max: 2000, noNaN: true }), (one, more) => {
        const now = gradeOf(one, FIRST_SETTINGS);
        const later = gradeOf({ ...one, hours: one.hours + more }, FIRST_SETTINGS);
        expect(now.level).toBeGreaterThanOrEqual(1);
        expect(now.level).toBeLessThanOrEqual(5);
        expect(now.reasons.reduce((sum, reason) => sum + reason.part, 0)).toBeCloseTo(now.score, 10);
        expect(later.level).toBeGreaterThanOrEqual(now.level);
      }),
    );
  });

  it('falls with every step of a solution, and rises with the association of its cause', () => {
    const levels = EFFECTS.map((effect) => gradeOf({ ...FACTS, hours: 400, association: 3, effect }, FIRST_SETTINGS).score);
    expect(levels).toEqual(levels.toSorted((a, b) => b - a));
    const scores = [0.1, 0.6, 1, 1.5, 4].map((association) => gradeOf({ ...FACTS, association }, FIRST_SETTINGS).score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  });

  it('takes the middle of a scale for what is not known, and says so', () => {
    const { reasons } = gradeOf({ ...FACTS, effect: null, association: null }, FIRST_SETTINGS);
    expect(reasons.filter((one) => one.fact === null).map(({ indicator, value }) => [indicator, value])).toEqual([
      ['effect', 3],
      ['association', 3],
    ]);
  });

  it('depends on the ratios of the weights alone', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const double = Object.fromEntries(Object.entries(FIRST_SETTINGS.weights).map(([name, value]) => [name, value * 2]));
        const scaled = { ...FIRST_SETTINGS, weights: double as LevelSettings['weights'] };
        expect(gradeOf(one, scaled).score).toBeCloseTo(gradeOf(one, FIRST_SETTINGS).score, 10);
      }),
    );
  });
});

describe('settings', () => {
  it('that are fine have no problems, and wanted shares that miss 100 % are told with what is missing', () => {
    expect(settingsProblems(FIRST_SETTINGS)).toEqual([]);
    expect(settingsProblems({ ...FIRST_SETTINGS, shares: [20, 20, 30, 15, 10] })).toMatchObject([
      { code: 'shares-not-100', params: { sum: 95, missing: 5, shares: '20 + 20 + 30 + 15 + 10' } },
    ]);
  });
  it('list everything that is wrong at once', () => {
    const wrong = {
      weights: { duration: 0, effect: 0, association: 0, tolerance: 0 },
      scales: { duration: [24, 20, 168, 336], association: [0.5, 0.8, 1.25] },
      cuts: [0.4, 0.5, 0.6, 1.7],
      shares: [120, 0, 0, 0, 0],
    };
    expect(settingsProblems(wrong).map((one) => [one.code, one.column])).toEqual([
      ['field-required', 'weights'],
      ['value-not-rising', 'scales.duration.3'],
      ['value-out-of-range', 'scales.association'],
      ['value-out-of-range', 'cuts.5'],
      ['value-out-of-range', 'shares.1'],
      ['shares-not-100', 'shares'],
    ]);
  });
});

describe('the distribution', () => {
  it('sums to all, and fitted cuts rise and come as close to the wanted shares as ties allow', () => {
    fc.assert(
      fc.property(fc.array(facts, { minLength: 1, maxLength: 80 }), (all) => {
        const found = distributionOf(all, FIRST_SETTINGS, { days: 30, of: all.length });
        expect(found.shares.reduce((sum, one) => sum + one.n, 0)).toBe(all.length);
        expect(settingsProblems({ ...FIRST_SETTINGS, cuts: found.fitting })).toEqual([]);
      }),
      { numRuns: 60 },
    );
    const random = seededRandom(5, 'scores');
    const scores = Array.from({ length: 5000 }, () => random.next());
    const cuts = fittingCuts(scores, FIRST_SETTINGS.shares);
    const shares = [1, 2, 3, 4, 5].map((level) => scores.filter((score) => levelOf(score, cuts) === level).length / 50);
    shares.forEach((share, i) => expect(Math.abs(share - FIRST_SETTINGS.shares[i]!)).toBeLessThan(0.2));
  });
});

describe('associations', () => {
  it('are shrunk to the mean where little was heard, and 1 on the whole', () => {
    const found = associationsOf([
      { category: 'often', grievances: 3000, complained: 300 },
      { category: 'rare', grievances: 3, complained: 3 },
      { category: 'calm', grievances: 7000, complained: 100 },
    ]);
    expect(found.of.get('often')!).toBeGreaterThan(2);
    expect(found.of.get('calm')!).toBeLessThan(0.5);
    expect(found.of.get('rare')!).toBeLessThan(4);
    expect(associationsOf([]).of.size).toBe(0);
  });

  it('come from pairs where there are any: what a cause adds against the mean, nothing for one that adds nothing; else there are none', () => {
    const found = associationsByPairs([
      { category: 'often', grievances: 1000, excess_per_1000: 30 },
      { category: 'calm', grievances: 2000, excess_per_1000: 0 },
    ]);
    expect(found?.ground).toBe('pairs');
    expect(found?.of.get('often')).toBeCloseTo(3);
    expect(found?.of.get('calm')).toBe(0);
    expect(associationsByPairs([{ category: 'calm', grievances: 2000, excess_per_1000: 0 }])).toBeNull();
    expect(associationsByPairs([])).toBeNull();
  });
});

describe('the validation', () => {
  const about = {
    cutoff: '',
    before: '',
    set_at: null,
    settings_knew: false,
    ground: 'history' as const,
    landmark_hours: 24,
    outcome_days: 30,
    complained_before: 0,
    called: 0,
  };
  const world = (seed: number, risk: (score: number) => number, size = 1500): readonly Followed[] => {
    const random = seededRandom(seed, 'world');
    return Array.from({ length: size }, () => {
      const one: GrievanceFacts = {
        hours: random.between(1, 600),
        effect: random.pick(EFFECTS),
        association: random.between(0.2, 3),
        ground: 'history',
        complaints: random.int(3),
        grievances: random.int(6),
        temperament: null,
      };
      return { ...one, complained: random.chance(risk(gradeOf(one, FIRST_SETTINGS).score)), until: 30 };
    });
  };
  it('sees levels rise where the risk follows the score', () => {
    const found = validationOf(
      world(1, (score) => 0.4 * score * score, 4000),
      FIRST_SETTINGS,
      about,
    );
    expect(found.verdict).toBe('rises');
    expect(found.auc!).toBeGreaterThan(0.6);
    expect(found.rows.reduce((sum, row) => sum + row.n, 0)).toBe(4000);
  });
  it('sees no signal in worlds where nothing depends on the level', () => {
    const found = Array.from(
      { length: 20 },
      (_, seed) =>
        validationOf(
          world(seed + 10, () => 0.05),
          FIRST_SETTINGS,
          about,
        ).verdict,
    );
    expect(found.filter((verdict) => verdict === 'no-signal').length).toBeGreaterThanOrEqual(18);
  });
  it('counts whoever was called before a complaint for the time until then, and ignores calls that follow one', () => {
    const called = world(1, (score) => 0.4 * score * score, 4000);
    const all = validationOf(called, FIRST_SETTINGS, about);
    const half = called.map((one, i) => ({
      ...one,
      ...(i % 2 === 0 ? {} : one.complained ? { complained: i % 4 === 1, until: 15 } : { until: 15 }),
    }));
    const found = validationOf(half, FIRST_SETTINGS, about);
    expect(found.handled).toBeGreaterThan(1500);
    found.rows.forEach((row, i) => expect(Math.abs(row.share - all.rows[i]!.share)).toBeLessThan(0.05));
    expect(followedFor({ complaint: 3, dealt: 3.1 }, 30)).toEqual({ is: 'followed', complained: true, until: 3 });
    expect(followedFor({ complaint: 5, dealt: 3 }, 30)).toEqual({ is: 'followed', complained: false, until: 3 });
    expect(followedFor({ complaint: null, dealt: -0.5 }, 30)).toEqual({ is: 'called-before' });
  });
  it('says so where there is too little', () => {
    expect(validationOf(world(1, () => 0.05).slice(0, 100), FIRST_SETTINGS, about)).toMatchObject({
      verdict: 'too-few',
      trend: null,
      auc: null,
    });
  });
});
