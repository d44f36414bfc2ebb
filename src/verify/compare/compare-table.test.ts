import { describe, expect, it } from 'vitest';
import { askFor, comparedOf, tableFrom } from '../../../test/kit/trial-tables.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { type CompareAsk, metricsOf, sharesOf } from './compare-ask.ts';
import { compareTable } from './compare-table.ts';
import type { TrialTable } from './trial-table.ts';
import { upliftOf } from './uplift-of.ts';

const problemsOf = (table: TrialTable, ask: CompareAsk): readonly string[] => {
  const done = compareTable(table, ask, upliftOf);
  return 'problems' in done ? done.problems.map(({ code, column }) => (column === undefined ? code : `${code} ${column}`)) : [];
};

const MONTHS = ['2011-07', '2011-08', '2011-09', '2011-10'];
const CONTROL = [7.1, 6.9, 7.5, 7.6];
const MODEL = [6.8, 6.3, 6.1, 5.2];
/** Four published months of the same 22,000 + 22,000 customers, of whom 8,385 and 9,513 had complained before. */
const study = (churn: (percent: number) => string | number) =>
  tableFrom(
    'month arm n complained churn',
    MONTHS.flatMap((month, i) => [
      [month, 'control', 22_000, 8_385, churn(CONTROL[i]!)],
      [month, 'model', 22_000, 9_513, churn(MODEL[i]!)],
    ]),
  );
const STUDY_ASK = askFor('churn:down', { count: 'n', strata: ['month'], balance: ['complained'] });

describe('the study of four months', () => {
  it.each([
    ['percentages', (percent: number) => `${percent}%`],
    ['shares', (percent: number) => percent / 100],
    ['numbers of customers', (percent: number) => Math.round(percent * 220)],
  ])('is the same from %s', (_, churn) => {
    const found = comparedOf(study(churn), STUDY_ASK);
    expect(found.strata!.map(({ z }) => Number((-z!).toFixed(2)))).toEqual([1.24, 2.53, 5.83, 10.28]);
    expect(found.strata![0]!.p!).toBeGreaterThan(0.05);
    expect(found.mantel_haenszel).toMatchObject({ odds_ratio: expect.closeTo(0.828, 3), woolf: { chi2: expect.closeTo(50.6, 1) } });
    expect(found.srm).toEqual({ chi2: 0, p: 1, ok: true });
    expect(found.balance).toEqual([expect.objectContaining({ name: 'complained', ok: false, z: expect.closeTo(10.95, 2) })]);
    expect(found).toMatchObject({ finding: 'better', verdict: 'not_comparable' });
    expect(found.caveats).toEqual(expect.arrayContaining(['imbalance', 'no_pre_period', 'repeated_months', 'strata_differ']));
    expect(found.survival).toMatchObject({ at_risk: 'shrinking', log_rank: { z: expect.closeTo(-8.88, 2) } });
    expect(found.survival!.hazard_ratio!.high).toBeLessThan(0.88);
    expect(found.words.en).toContain('not alike before: complained (z = 10.9');
  });

  it('is the same from counted rows of 0 and 1', () => {
    const rows = MONTHS.flatMap((month, i) =>
      (
        [
          ['control', CONTROL],
          ['model', MODEL],
        ] as const
      ).flatMap(([arm, rates]) => {
        const events = Math.round(rates[i]! * 220);
        return [
          [month, arm, 1, events],
          [month, arm, 0, 22_000 - events],
        ];
      }),
    );
    const found = comparedOf(tableFrom('month arm churned n', rows), askFor('churned:down', { count: 'n', strata: ['month'] }));
    expect(found.strata!.map(({ z }) => Number((-z!).toFixed(2)))).toEqual([1.24, 2.53, 5.83, 10.28]);
    expect(found.caveats).toEqual(expect.arrayContaining(['balance_not_checked', 'no_pre_period', 'repeated_months']));
    expect(found.arms.map(({ n }) => n)).toEqual([22_000, 22_000]);
  });

  it('says that July alone shows nothing, and what it could have shown', () => {
    const july = comparedOf(
      tableFrom('arm left n', [
        ['control', 1, 1_562],
        ['control', 0, 20_438],
        ['model', 'true', 1_496],
        ['model', 'false', 20_504],
      ]),
      askFor('left:down', { count: 'n' }),
    );
    expect(july).toMatchObject({ verdict: 'no_difference_found', detectable: expect.closeTo(0.0069, 4), always_valid: { p: 1 } });
  });

  it('has no interval for a rate whose number of customers is not told', () => {
    const bare = tableFrom('arm kept', [
      ['control', '93.2%'],
      ['model', '93.4%'],
    ]);
    const found = comparedOf(bare, askFor('kept:up'));
    expect(found).toMatchObject({ effect: expect.closeTo(0.002, 6), low: null, verdict: 'not_enough_data' });
    expect(found.caveats).toContain('no_n');
    expect(found.needed_per_arm!).toBeGreaterThan(120_000);
  });
});

describe('one row of each arm and stratum with its number of customers', () => {
  it.each([
    ['events, though they are all 0 or 1', [1, 0], 'events', 1],
    ['words, which say that it holds of all', ['yes', 'no'], 'share', 1_000],
    ['percentages', ['100%', '0%'], 'share', 1_000],
    ['rates', [0.25, 0], 'rate', 250],
  ] as const)('holds %s', (_, [treated, control], kind, events) => {
    const table = tableFrom('arm left n', [
      ['control', control, 1_000],
      ['new', treated, 1_000],
    ]);
    expect(comparedOf(table, askFor('left:down', { count: 'n' }))).toMatchObject({ kind, treated: { events }, control: { events: 0 } });
  });
});

describe('strata of which none holds both arms', () => {
  it('give no finding of any metric, and say so', () => {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const treated = i % 2 === 0;
      return [treated ? 'new' : 'control', treated ? 'east' : 'west', i % 10 < 4 ? 1 : 0, i % 5 < 2 ? 1 : 0, i % 3];
    });
    const ask = { ...askFor('left:down', { strata: ['city'] }), metrics: metricsOf(['left:down', 'stayed:up', 'calls:up']) };
    const found = comparedOf(tableFrom('arm city left stayed calls', rows), ask);
    const all = [found, ...found.metrics!];
    expect(all.map(({ finding }) => finding)).toEqual(all.map(() => 'not_enough_data'));
    expect(all.map(({ effect, p, p_adjusted }) => [effect, p, p_adjusted])).toEqual(all.map(() => [null, null, null]));
    expect(found.caveats).toContain('strata_apart');
  });
});

describe('gates', () => {
  const rows = (control: number, treated: number) => [
    ...Array.from({ length: control }, (_, i) => ['control', i % 10 === 0 ? 1 : 0, i % 7]),
    ...Array.from({ length: treated }, (_, i) => ['new', i % 10 === 0 ? 1 : 0, i % 7]),
  ];

  it('fail where the arms do not hold what they should', () => {
    const table = tableFrom('arm hit age', rows(1_000, 1_200));
    expect(comparedOf(table, askFor('hit:up', { balance: 'all' }))).toMatchObject({
      srm: { ok: false },
      verdict: 'not_comparable',
      caveats: expect.arrayContaining(['sample_ratio']),
    });
    expect(comparedOf(table, askFor('hit:up', { expected: sharesOf('1000,1200')! })).srm.ok).toBe(true);
    expect(comparedOf(table, askFor('hit:up', { expected: sharesOf('new=6,control=5')! })).srm.ok).toBe(true);
  });

  it('pass groups that are alike, which then need no past', () => {
    const found = comparedOf(tableFrom('arm hit age', rows(1_000, 1_000)), askFor('hit:up', { balance: 'all' }));
    expect(found.balance).toEqual([expect.objectContaining({ name: 'age', ok: true })]);
    expect(found.caveats).toEqual([]);
    expect(found.verdict).toBe('no_difference_found');
  });
});

describe('groups that were drawn by lot', () => {
  const TRAITS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  /** So many customers with eight traits, each assigned by lot; `shift` makes the first trait of the treated greater. */
  const drawn = (seed: number, customers: number, shift = 0) => {
    const random = seededRandom(seed, 'drawn');
    const rows = Array.from({ length: customers }, () => {
      const treated = random.chance(0.5);
      const traits = TRAITS.map((_, i) => random.between(0, 1) + (treated && i === 0 ? shift : 0));
      return [treated ? 'new' : 'control', random.chance(0.3) ? 1 : 0, ...traits];
    });
    return comparedOf(tableFrom(`arm hit ${TRAITS.join(' ')}`, rows), askFor('hit:up', { balance: TRAITS }));
  };
  const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

  it('are comparable however few they are, and are told to adjust for what chance made unlike', () => {
    const found = seeds.map((seed) => drawn(seed, 300));
    const unlike = found.filter(({ balance }) => balance.some(({ smd }) => Math.abs(smd) > 0.1));
    expect(unlike.length).toBeGreaterThan(30);
    expect(found.filter(({ verdict }) => verdict === 'not_comparable').length).toBeLessThanOrEqual(4);
    for (const { verdict, caveats } of unlike)
      expect(caveats).toContain(verdict === 'not_comparable' ? 'imbalance' : 'imbalance_by_chance');
  });

  it('and are not where a difference above .1 is beyond chance, though its p is not below .001', () => {
    const found = drawn(1, 4_000, 0.019);
    const [first] = found.balance;
    expect(first!.smd).toBeGreaterThan(0.1);
    expect(first!.p * TRAITS.length).toBeGreaterThan(0.001);
    expect(found).toMatchObject({ verdict: 'not_comparable', caveats: expect.arrayContaining(['imbalance']) });
  });
});

describe('numbers', () => {
  it('are compared by Welch, with what was before where it is known', () => {
    const random = seededRandom(1, 'numbers');
    const table = tableFrom(
      'customer arm spend spend_before',
      Array.from({ length: 400 }, (_, i) => {
        const before = random.between(0, 100);
        const arm = i % 2 === 0 ? 'A' : 'B';
        return [`c${i}`, arm, before + random.between(0, 10) + (arm === 'B' ? 3 : 0), before];
      }),
    );
    const found = comparedOf(table, askFor('spend:up', { control: 'A', before: 'spend_before' }));
    expect(found.kind).toBe('number');
    expect(found.before!.cuped!.variance_ratio).toBeLessThan(0.1);
    expect(found.before!.cuped).toMatchObject({ effect: expect.closeTo(3, 0) });
    expect(found.before!.difference_in_differences.low).toBeGreaterThan(0);
    expect(found.caveats).not.toContain('no_pre_period');
    // Each arm against itself: what is drawn adds 5 on average, and the treated have 3 more.
    const { of, arms } = found.before!;
    expect(of).toBe('same');
    expect(arms!.control).toMatchObject({ pairs: 200, before: { n: 200 }, after: { n: 200 } });
    expect(arms!.control.change.effect).toBeCloseTo(5, 0);
    expect(arms!.treated.change.effect).toBeCloseTo(8, 0);
    expect(arms!.treated.change.effect - arms!.control.change.effect).toBeCloseTo(found.before!.difference_in_differences.effect, 10);
    expect(arms!.control.before.low).toBeLessThan(arms!.control.before.value);
    expect(arms!.control.change.low).toBeGreaterThan(4);
  });
});

describe('what is wrong with an ask', () => {
  const table = tableFrom('arm metric n', [
    ['A', '1', '5'],
    ['B', 'x', '-1'],
    ['C', '0', '2'],
  ]);
  it('is listed whole', () => {
    expect(problemsOf(table, askFor('nothing:up', { arm: 'group', count: 'many', strata: ['month'] }))).toEqual([
      'trial-column-missing group',
      'trial-column-missing nothing',
      'trial-column-missing many',
      'trial-column-missing month',
    ]);
    expect(problemsOf(table, askFor('metric'))).toEqual(['trial-control-unclear arm']);
    expect(problemsOf(table, askFor('metric', { control: 'D' }))).toEqual(['trial-control-unknown arm']);
    expect(problemsOf(table, askFor('metric', { control: 'A', count: 'n' }))).toEqual(['trial-count-wrong n', 'trial-not-numbers metric']);
    expect(problemsOf(table, askFor('n', { control: 'A', expected: [1, 1] }))).toEqual(['trial-shares-wrong']);
    expect(problemsOf(table, askFor('arm'))).toEqual(['trial-column-twice arm']);
    expect(problemsOf(tableFrom('arm m', [['A', 1]]), askFor('m'))).toEqual(['trial-arms-too-few arm']);
  });

  it('reads shares and metrics as they are written', () => {
    expect([sharesOf('50:50'), sharesOf('a=1, b=2'), sharesOf('1'), sharesOf('x,y'), sharesOf('0,1')]).toEqual([
      [50, 50],
      { a: 1, b: 2 },
      null,
      null,
      null,
    ]);
    expect(metricsOf(['a:up,b', 'c:down', 'd:e'])).toEqual([
      { column: 'a', direction: 'up' },
      { column: 'b', direction: null },
      { column: 'c', direction: 'down' },
      { column: 'd:e', direction: null },
    ]);
  });
});

describe('whom to treat', () => {
  /** Helps the young, harms the old as much, and does nothing on average; `spent` is known only after the metric. */
  const world = (effect: number) => {
    const random = seededRandom(7, 'uplift');
    return tableFrom(
      'phone arm visited young tenure spent',
      Array.from({ length: 8_000 }, (_, i) => {
        const young = random.chance(0.5);
        const treated = random.chance(0.5);
        const visited = random.chance(0.3 + (treated ? (young ? effect : -effect) : 0));
        return [
          `p${i}`,
          treated ? 'new' : 'control',
          visited ? 1 : 0,
          young ? 'yes' : 'no',
          random.int(60),
          visited && random.chance(0.4) ? random.int(90) + 1 : 0,
        ];
      }),
    );
  };

  it('shows where the average shows nothing', () => {
    const found = comparedOf(world(0.1), askFor('visited:up', { features: 'all' }));
    expect(found.verdict).toBe('no_difference_found');
    expect(found.uplift).toMatchObject({ targeting: 'pays', features: ['young', 'tenure'], left_out: ['spent'] });
    expect(found.uplift!.low).toBeGreaterThan(0);
    expect(found.uplift!.do_not_disturb!.high).toBeLessThan(0);
    expect(found.words.en).toMatch(/targeting still pays .* do not disturb/);
    expect(found.caveats).toContain('known_after');
  });

  it('is not looked for, and no size is promised, before anything happened to anybody', () => {
    const rows = Array.from({ length: 1_200 }, (_, i) => [i % 2 === 0 ? 'control' : 'new', 0, i % 3 === 0 ? 'young' : 'old']);
    const found = comparedOf(tableFrom('arm left brand', rows), askFor('left:down', { features: ['brand'], balance: ['brand'] }));
    expect(found).toMatchObject({ effect: 0, detectable: null });
    expect(found).not.toHaveProperty('uplift');
    expect(found.words.zh).not.toContain('Qini');
  });

  it('is not invented where nobody differs', () => {
    const found = comparedOf(world(0), askFor('visited:up', { features: ['young', 'tenure'] }));
    expect(found.uplift).toMatchObject({ targeting: 'no_signal', do_not_disturb: null });
    expect(Math.abs(found.uplift!.qini)).toBeLessThan(3 * found.uplift!.random_sd);
  });
});
