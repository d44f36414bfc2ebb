import { describe, expect, test } from 'vitest';
import { associationOf, scoredCells } from './association.ts';
import { indexModel, indexOf } from './grievance-index.ts';
import { type ServiceCell, serviceCells } from './service-cells.ts';
import { simulatedSurvey, type SurveyWorld } from '../../../test/kit/simulated-survey.ts';

const POINTS = ['a', 'b', 'c', 'd'];
const service = { code: 's', points: POINTS.map((category) => ({ category, weight: null })), items: [{ item: 'q', loading: null }] };
const world = (over: Partial<SurveyWorld>): SurveyWorld => ({
  seed: 1,
  places: 12,
  months: 9,
  customers: 2000,
  answers: 60,
  points: POINTS,
  cost: [0, 0, 0, 0],
  badMonths: false,
  ...over,
});
const found = (over: Partial<SurveyWorld>) =>
  associationOf(scoredCells(serviceCells(service, simulatedSurvey(world(over))).cells, 4, null), 1);
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

describe('index and satisfaction', () => {
  test('move against each other where grievances cost satisfaction: found in every one of 20 worlds, within its interval', () => {
    const all = SEEDS.map((seed) => found({ seed, cost: [0.6, 0.2, 1.2, 0.1] }));
    expect(all.filter((one) => one.verdict === 'against').length).toBeGreaterThanOrEqual(19);
    for (const { r, low, high } of all) {
      expect(low!).toBeLessThan(r!);
      expect(high!).toBeGreaterThan(r!);
    }
  });

  test('are not said to be associated where they are not: at most 3 of 20 worlds', () => {
    expect(SEEDS.filter((seed) => found({ seed }).verdict !== 'none').length).toBeLessThanOrEqual(3);
  });

  test('are not said to be associated because some months are bad for everybody', () => {
    const all = SEEDS.map((seed) => found({ seed, badMonths: true }));
    expect(all.filter((one) => one.verdict === 'against').length).toBeLessThanOrEqual(3);
    const raw = all.filter((one) => one.high! < 0).length;
    expect(raw).toBeGreaterThan(3);
  });

  test('have no verdict on too few cells', () => {
    expect(found({ places: 2, months: 5 }).verdict).toBe('not-enough-cells');
    expect(found({ answers: 3 }).verdict).toBe('not-enough-cells');
    expect(associationOf([], 1)).toMatchObject({ verdict: 'not-enough-cells', n: 0, r: null });
  });

  test('say how much of the spread is chance: few answers, little reliability', () => {
    const many = found({ answers: 400, cost: [0.6, 0.2, 1.2, 0.1] }).reliability!;
    const few = found({ answers: 8, cost: [0.6, 0.2, 1.2, 0.1] }).reliability!;
    expect(many).toBeGreaterThan(0.8);
    expect(few).toBeLessThan(many - 0.2);
  });

  test('weigh the point that costs most most, on average over worlds', () => {
    const sums = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const { cells } = serviceCells(service, simulatedSurvey(world({ seed, cost: [0.1, 0.1, 2, 0.1] })));
      indexModel(cells, 4, null).weights.forEach((weight, p) => (sums[p] = sums[p]! + weight / SEEDS.length));
    }
    expect(sums[2]).toBe(Math.max(...sums));
    expect(sums[2]).toBeGreaterThan(0.4);
    expect(sums.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });
});

describe('the grievance index', () => {
  const cell = (rates: readonly number[], satisfaction = 80): ServiceCell => ({
    place: 'p',
    month: '2026-01-01',
    customers: 1000,
    grievances: 0,
    rates,
    satisfaction,
    answers: 10,
    noise: 1,
  });

  test('is 0 where nobody grieved, 100 where every point is as bad as it gets, and never leaves that', () => {
    const model = indexModel([cell([1, 4]), cell([2, 8])], 2, [0.3, 0.7]);
    expect(indexOf(model, [0, 0])).toBe(0);
    expect(indexOf(model, [2, 8])).toBeCloseTo(100, 9);
    expect(indexOf(model, [50, 80])).toBeCloseTo(100, 9);
    expect(indexOf(model, [1, 8])).toBeCloseTo(85, 9);
  });

  test('takes equal weights on few cells and says so', () => {
    expect(indexModel([cell([1, 2])], 2, null)).toMatchObject({ weights: [0.5, 0.5], weightsFrom: 'equal' });
  });

  test('knows nothing of the month it scores', () => {
    const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'];
    const cells = months.flatMap((month, m) => Array.from({ length: 8 }, (_, i) => ({ ...cell([i + m, 2 * i]), place: `p${i}`, month })));
    const before = scoredCells(cells, 2, null).filter((one) => one.month === '2026-03-01');
    const changed = cells.map((one) => (one.month >= '2026-03-01' ? { ...one, satisfaction: 10 } : one));
    const after = scoredCells(changed, 2, null).filter((one) => one.month === '2026-03-01');
    expect(after.map((one) => one.index)).toEqual(before.map((one) => one.index));
  });
});

describe('satisfaction of a service item', () => {
  test('is the mean of its survey items by their loadings, which need not sum to one', () => {
    const three = {
      code: 's',
      points: service.points,
      items: [
        { item: 'x', loading: 0.56 },
        { item: 'y', loading: 0.37 },
        { item: 'z', loading: 0.46 },
      ],
    };
    const answers = { x: { n: 1, sum: 80, squares: 6400 }, y: { n: 1, sum: 90, squares: 8100 }, z: { n: 1, sum: 70, squares: 4900 } };
    const { cells, measuredBy } = serviceCells(three, [{ place: 'p', month: '2026-01-01', customers: 10, grievances: {}, answers }]);
    expect(measuredBy).toBe('items');
    expect(cells[0]?.satisfaction).toBeCloseTo((0.56 * 80 + 0.37 * 90 + 0.46 * 70) / 1.39, 9);
  });
});
