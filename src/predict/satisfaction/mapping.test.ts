import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { expectedGrievances } from './expected-grievances.ts';
import { matchPoints, proposedQuestion } from './match-points.ts';
import { serviceCells } from './service-cells.ts';
import { silentCustomers, type Stratum } from './silent-customers.ts';
import { simulatedSurvey } from '../../../test/kit/simulated-survey.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

describe('matching grievance points with survey items', () => {
  const item = (code: string, zh: string, about: readonly string[]) => ({
    code,
    names: { zh, en: code },
    question: { zh: `您对${zh}满意吗？`, en: code },
    scale: { from: 1, to: 10 },
    asked_as: [],
    about: [...about],
  });
  const items = [
    item('bill', '话费的准确性', ['billing/charge']),
    item('speed', '手机上网速度', ['mobile/data']),
    item('unknown', '垃圾短信治理', []),
  ];

  test('goes by the branch of the knowledge map and by what both say, and says which', () => {
    const [charge, sms, none] = matchPoints(
      [
        { category: 'billing/charge/wrong', words: ['账单计费错误', '话费不对'] },
        { category: 'security/nuisance/sms', words: ['垃圾短信', '短信轰炸'] },
        { category: 'install/move/late', words: ['移机慢移机难'] },
      ],
      items,
    );
    expect(charge).toMatchObject({ item: 'bill', path: 'billing/charge' });
    expect(charge!.words).toContain('话费');
    expect(sms).toMatchObject({ item: 'unknown', path: null });
    expect(sms!.words).toEqual(expect.arrayContaining(['垃圾', '短信']));
    expect(none).toBeNull();
  });

  test('proposes a question for what nobody asks about, in both languages', () => {
    const question = proposedQuestion({ zh: '移机慢移机难', en: 'Slow move' });
    expect(question.zh).toContain('移机慢移机难');
    expect(question.en).toContain('Slow move');
  });
});

describe('grievances to expect', () => {
  const service = {
    code: 's',
    points: [
      { category: 'a', weight: null },
      { category: 'b', weight: null },
    ],
    items: [{ item: 'q', loading: null }],
  };
  const cells = (seed: number) =>
    serviceCells(
      service,
      simulatedSurvey({ seed, places: 12, months: 10, customers: 2000, answers: 60, points: ['a', 'b'], cost: [0.5, 1], badMonths: false }),
    ).cells;

  test('lie in their 90 % interval about as often as they should, and divide into points that sum up', () => {
    let [covered, n] = [0, 0];
    for (const seed of SEEDS) {
      const found = expectedGrievances(cells(seed), 2);
      covered += found.coverage ?? 0;
      n++;
      expect(found.next).toHaveLength(12);
      for (const place of found.next) {
        expect(place.month).toBe('2026-11-01');
        expect(place.points.reduce((sum, point) => sum + point, 0)).toBeCloseTo(place.expected, 9);
        expect(place.low!).toBeLessThanOrEqual(place.expected);
      }
    }
    expect(covered / n).toBeGreaterThan(0.82);
    expect(covered / n).toBeLessThan(0.97);
  });

  test('are not said to follow from answers that only mirror this month: history knows as much', () => {
    expect(SEEDS.filter((seed) => expectedGrievances(cells(seed), 2).verdict === 'helps').length).toBeLessThanOrEqual(4);
  });

  test('follow from answers where dissatisfaction runs ahead of grievances', () => {
    const ahead = (seed: number) => {
      const random = seededRandom(seed, 'ahead');
      const out = [];
      for (let p = 0; p < 12; p++) {
        let shortfall = random.between(5, 35);
        for (let m = 0; m < 10; m++) {
          const rate = 2 + 0.5 * shortfall + random.between(-1, 1);
          shortfall = random.between(5, 35);
          out.push({
            place: `p${p}`,
            month: new Date(Date.UTC(2026, m, 1)).toISOString().slice(0, 10),
            customers: 1000,
            grievances: 1,
            rates: [rate / 2, rate / 2],
            satisfaction: 100 - shortfall,
            answers: 100,
            noise: 1,
          });
        }
      }
      return expectedGrievances(out, 2);
    };
    const all = SEEDS.map(ahead);
    expect(all.filter((one) => one.verdict === 'helps')).toHaveLength(20);
    for (const one of all) expect(one.error!).toBeLessThan(one.errorWithout! / 2);
  });

  /** Places where one of two points is grieved about more after its own item fell (by `effect` per ten points), or whatever it did (0). */
  const divided = (seed: number, effect: number) => {
    const random = seededRandom(seed, 'divided');
    const out: ReturnType<typeof cells>[number][] = [];
    const short: number[][] = [];
    for (let p = 0; p < 12; p++) {
      let last = [20, 20];
      for (let m = 0; m < 10; m++) {
        const raised = last.map((one) => 10 * Math.exp((effect * (one - 20)) / 10));
        const rates = raised.map((one) => random.poisson(one * 3) / 3);
        last = [random.between(5, 35), random.between(5, 35)];
        out.push({
          place: `p${p}`,
          month: new Date(Date.UTC(2026, m, 1)).toISOString().slice(0, 10),
          customers: 3000,
          grievances: 3 * (rates[0]! + rates[1]!),
          rates,
          satisfaction: 100 - (last[0]! + last[1]!) / 2,
          answers: 100,
          noise: 1,
        });
        short.push(last);
      }
    }
    return { found: expectedGrievances(out, 2, short), last: short.filter((_, i) => i % 10 === 9) };
  };

  test('divide among points by which item fell, where trials on later months say so', () => {
    const all = SEEDS.map((seed) => divided(seed, 0.4));
    expect(all.filter(({ found }) => found.division.verdict === 'moved').length).toBeGreaterThanOrEqual(19);
    for (const { found, last } of all) {
      if (found.division.verdict !== 'moved') continue;
      expect(found.division.slope).toBeGreaterThan(0.2);
      expect(found.division.slope).toBeLessThan(0.6);
      const clear = found.next.filter((_, i) => Math.abs(last[i]![0]! - last[i]![1]!) > 15);
      const right = clear.filter(({ place, points }) => {
        const [a, b] = last[Number(place.slice(1))]!;
        return points[0]! > points[1]! === a! > b!;
      });
      expect(right.length).toBe(clear.length);
    }
  });

  test('divide as in the past where the items tell nothing: moved in at most 3 of 20 worlds', () => {
    expect(SEEDS.filter((seed) => divided(seed, 0).found.division.verdict === 'moved').length).toBeLessThanOrEqual(3);
    expect(expectedGrievances(cells(1), 2).division).toMatchObject({ verdict: 'history', slope: 0 });
  });

  test('are not foretold from a handful of months', () => {
    expect(
      expectedGrievances(
        cells(1).filter((cell) => cell.month < '2026-03-01'),
        2,
      ),
    ).toMatchObject({ verdict: 'not-enough', next: [] });
  });
});

describe('those who did not answer', () => {
  /** Kinds that differ in satisfaction (40–90), and those that are content answer more often. */
  function population(seed: number, leaning: number): { readonly strata: readonly Stratum[]; readonly truth: number } {
    const random = seededRandom(seed, 'population');
    let [total, people] = [0, 0];
    const strata = Array.from({ length: 30 }, (_, i) => {
      const level = random.between(40, 90);
      const customers = 200 + random.int(800);
      const rate = 0.1 * Math.exp((leaning * (level - 65)) / 25);
      let [n, sum, squares] = [0, 0, 0];
      for (let c = 0; c < customers; c++) {
        const answer = Math.max(0, Math.min(100, level + random.between(-25, 25)));
        total += answer;
        people++;
        if (!random.chance(rate)) continue;
        n++;
        sum += answer;
        squares += answer * answer;
      }
      return { key: String(i), customers, n, sum, squares };
    });
    return { strata, truth: total / people };
  }

  test('are covered by the interval of all in at least 17 of 20 worlds where the content answer more eagerly, and the bias is seen', () => {
    const all = SEEDS.map((seed) => ({ ...population(seed, 0.7), seed }));
    const found = all.map(({ strata, truth }) => ({ truth, ...silentCustomers(strata)! }));
    expect(found.filter(({ all: { low, high }, truth }) => low <= truth && truth <= high).length).toBeGreaterThanOrEqual(17);
    expect(found.filter(({ bias }) => bias.low > 0).length).toBeGreaterThanOrEqual(18);
    for (const one of found) expect(one.silent.value).toBeLessThan(one.raw.value);
  });

  test('make no bias where everybody answers alike', () => {
    const found = SEEDS.map((seed) => silentCustomers(population(seed, 0).strata)!);
    expect(found.filter(({ bias }) => bias.low > 0 || bias.high < 0).length).toBeLessThanOrEqual(3);
  });

  test('are not spoken for by a handful of answers', () => {
    expect(silentCustomers([{ key: 'a', customers: 100, n: 3, sum: 200, squares: 14_000 }])).toBeNull();
  });

  test('pull everybody down by as much as they are assumed to be worse, times their share', () => {
    const found = silentCustomers(population(1, 0).strata)!;
    const quiet = 1 - found.answered / found.customers;
    expect(found.ifWorse[1]!.all).toBeCloseTo(found.all.value - 10 * quiet, 9);
  });
});
