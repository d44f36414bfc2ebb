import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { loadPack } from '../../../src/understand/load-pack.client.ts';
import { oracleRatios, type OracleRatio } from './oracle.ts';
import * as plan from './plan.ts';
import { trueProbabilities } from './probability.ts';
import { complaintIndex, grievanceIndex } from './rates.ts';
import { surveysOf } from './surveys.ts';
import { trialsOf } from './trials.ts';
import { plantedEvents, type PlantedWorld } from './world.ts';

const CUSTOMERS = 60_000;
// Some seconds alone, many on a machine with other work.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let world: PlantedWorld;
let ratios: readonly OracleRatio[];
beforeAll(() => {
  world = plantedEvents({ seed: 1, customers: CUSTOMERS, days: 180 });
  ratios = oracleRatios(world);
});

const of = (list: readonly OracleRatio[], pair: { readonly grievance: string; readonly complaint: string }): OracleRatio =>
  list[grievanceIndex(pair.grievance) * plan.COMPLAINT_TYPES.length + complaintIndex(pair.complaint)] as OracleRatio;
const meanOf = (list: readonly number[]): number => list.reduce((sum, each) => sum + each, 0) / list.length;

function perCustomer(kind: 0 | 1): Float64Array {
  const counts = new Float64Array(CUSTOMERS);
  world.events.kinds.forEach((each, i) => {
    if (each === kind) counts[world.events.customers[i] as number]! += 1;
  });
  return counts;
}

describe('the plan', () => {
  test('speaks of leaves of the pack, thirty pairs, and 568 pairs of nothing', async () => {
    const leaves = new Set((await loadPack()).categories.filter(({ cell }) => cell !== undefined).map(({ code }) => code));
    for (const { category } of [...plan.GRIEVANCE_TYPES, ...plan.COMPLAINT_TYPES]) expect(leaves.has(category), category).toBe(true);
    expect([plan.GRIEVANCE_TYPES.length, plan.COMPLAINT_TYPES.length, plan.PAIRS.length, plan.NULLS.length]).toEqual([30, 20, 30, 568]);
    expect(new Set(plan.PAIRS.map(({ ratio }) => ratio))).toEqual(new Set([1.3, 1.6, 2, 3, 5, 0.6, 0.3]));
    for (const { segment, ratio } of plan.PAIRS) if (segment !== undefined) expect(ratio >= 2 || ratio <= 0.4).toBe(true);
  });

  test('every shape of a lag has the mean 1, so that the ratio of seven days is the one stated', () => {
    for (const lag of Object.values(plan.LAGS)) expect(meanOf(lag)).toBeCloseTo(1, 10);
  });
});

describe('planted events', () => {
  test('are 7.6 grievances and 2.0 complaints per customer, gamma-distributed with shape .7', () => {
    const [grievances, complaints] = [perCustomer(0), perCustomer(1)];
    expect(meanOf([...grievances])).toBeCloseTo(7.6, 0);
    expect(Math.abs(meanOf([...grievances]) - 7.6)).toBeLessThan(0.2);
    expect(Math.abs(meanOf([...complaints]) - 2)).toBeLessThan(0.06);
    const mean = meanOf([...grievances]);
    const variance = meanOf([...grievances].map((count) => (count - mean) ** 2));
    // Of a Poisson mixed by a gamma: variance = mean + mean² / shape.
    expect(mean ** 2 / (variance - mean)).toBeGreaterThan(0.65);
    expect(mean ** 2 / (variance - mean)).toBeLessThan(0.75);
  });

  test('lie in order of time within each customer and within the half year', () => {
    const { customers, atMinutes } = world.events;
    const begin = world.begin / 60_000;
    for (let i = 0; i < customers.length; i++) {
      const at = atMinutes[i] as number;
      if (at < begin || at >= begin + 180 * 1440) throw new Error(`event ${i} lies outside`);
      if (i > 0 && (customers[i] as number) < (customers[i - 1] as number)) throw new Error(`customers out of order at ${i}`);
      if (i > 0 && customers[i] === customers[i - 1] && at < (atMinutes[i - 1] as number)) throw new Error(`times out of order at ${i}`);
    }
  });

  test('show the stated ratio of every pair within four errors, and in its segment alone where it has one', () => {
    for (const pair of plan.PAIRS) {
      const segment = plan.SEGMENTS.findIndex((each) => each === pair.segment);
      const inside = (customer: number): boolean => world.places.segmentOf[customer] === segment;
      const found = of(segment < 0 ? ratios : oracleRatios(world, inside), pair);
      expect(Math.abs(found.logRatio - Math.log(pair.ratio)) / found.error, JSON.stringify(pair)).toBeLessThan(4);
      if (segment < 0) continue;
      const elsewhere = of(
        oracleRatios(world, (customer) => !inside(customer)),
        pair,
      );
      expect(Math.abs(elsewhere.logRatio) / elsewhere.error, JSON.stringify(pair)).toBeLessThan(4);
    }
  });

  test('show 1 for the pairs of nothing and for those that only the calendar joins', () => {
    const scores = plan.NULLS.map((pair) => of(ratios, pair).logRatio / of(ratios, pair).error);
    expect(Math.abs(meanOf(scores))).toBeLessThan(0.15);
    expect(scores.filter((score) => Math.abs(score) < 1.96).length / scores.length).toBeGreaterThan(0.92);
    for (const one of plan.CONFOUNDERS) expect(Math.abs(of(ratios, one).logRatio) / of(ratios, one).error, one.id).toBeLessThan(3.5);
  });

  test('let about one grievance in twenty-five become a complaint of its category within thirty days', () => {
    const { happened, known, visible } = trueProbabilities(world, { withinDays: 30, of: 'same' });
    const rows = [...happened.keys()].filter((i) => (happened[i] as number) < 2);
    const share = meanOf(rows.map((i) => happened[i] as number));
    expect(share).toBeGreaterThan(0.03);
    expect(share).toBeLessThan(0.06);
    for (const probability of [known, visible])
      expect(Math.abs(meanOf(rows.map((i) => probability[i] as number)) / share - 1)).toBeLessThan(0.05);
    const loss = (probability: Float64Array): number =>
      -meanOf(rows.map((i) => Math.log(Math.max(1e-12, happened[i] === 1 ? (probability[i] as number) : 1 - (probability[i] as number)))));
    const base = -share * Math.log(share) - (1 - share) * Math.log(1 - share);
    expect(loss(known)).toBeLessThan(loss(visible));
    expect(loss(visible)).toBeLessThan(base * 0.9);
  });

  test('are the same for the same options, whatever they are', () => {
    const options = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      customers: fc.integer({ min: 1, max: 300 }),
      days: fc.integer({ min: 8, max: 200 }),
    });
    fc.assert(
      fc.property(options, (given) => {
        expect(plantedEvents(given).events).toEqual(plantedEvents(given).events);
      }),
      { numRuns: 10 },
    );
  });
});

describe('what was done about them', () => {
  test('a call back goes more often to those whose matter has lasted', () => {
    const { actions, kinds, durations } = world.events;
    const share = (duration: number): number => {
      const rows = [...kinds.keys()].filter((i) => kinds[i] === 0 && durations[i] === duration);
      return rows.filter((i) => ((actions[i] as number) & plan.ACTIONS.callback) > 0).length / rows.length;
    };
    expect(share(4)).toBeGreaterThan(share(0) + 0.1);
  });

  test('the care call keeps customers by segment, the message keeps nobody, and the letter went to the quiet', () => {
    const trials = trialsOf(world);
    const rate = (arm: Uint8Array, value: number, keep: (customer: number) => boolean = () => true): number => {
      const rows = [...arm.keys()].filter((customer) => arm[customer] === value && keep(customer));
      return meanOf(rows.map((customer) => trials.churned[customer] as number));
    };
    const effect = (arm: Uint8Array, keep?: (customer: number) => boolean): number => rate(arm, 1, keep) - rate(arm, 0, keep);
    const isBusiness = (customer: number): boolean => (world.places.segmentOf[customer] as number) < 2;
    expect(effect(trials.arms['care-call'], isBusiness)).toBeLessThan(-0.025);
    expect(Math.abs(effect(trials.arms['comfort-message']))).toBeLessThan(0.008);
    const before = (value: number): number => {
      const letter = trials.arms['bill-letter'];
      return meanOf([...letter.keys()].filter((c) => letter[c] === value).map((c) => trials.eventsBefore[c] as number));
    };
    expect(before(1)).toBeLessThan(before(0) * 0.8);
  });

  test('who told more, and worse, is less content', () => {
    const { indexes, scores } = surveysOf(world);
    const mean = (keep: (index: number) => boolean): number => meanOf([...scores].filter((_, i) => keep(indexes[i] as number)));
    expect(mean((index) => index === 0)).toBeGreaterThan(mean((index) => index > 0 && index < 3) + 0.5);
    expect(mean((index) => index >= 3)).toBeLessThan(mean((index) => index > 0 && index < 3) - 0.5);
  });
});
