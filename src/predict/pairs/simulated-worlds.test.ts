import { describe, expect, test } from 'vitest';
import { pairsWorld, type TruePair } from '../../../test/kit/pairs-world.ts';
import { differencesOf, familyOf, type PairEstimate } from './estimate-pairs.ts';
import { orderLog } from './event-log.ts';
import { countPairs } from './pairs-of.ts';

describe('in a small world of 40,000 customers', () => {
  const { log, truth } = pairsWorld({ seed: 5, customers: 40_000 });
  const ordered = orderLog(log);
  const counted = countPairs(ordered, { windowDays: 7 });
  const family = familyOf(counted.sums, null);
  const truthOf = (pair: { readonly grievance: number; readonly complaint: number }): TruePair | undefined =>
    truth.find((one) => one.grievance === pair.grievance && one.complaint === pair.complaint);
  const isOutage = (pair: PairEstimate): boolean => pair.grievance === 0 && pair.complaint === 0;
  const nulls = family.pairs.filter((pair) => truthOf(pair) === undefined && !isOutage(pair));
  const covering = (pairs: readonly { readonly low: number; readonly high: number }[]): number =>
    pairs.filter(({ low, high }) => low <= 1 && high >= 1).length / pairs.length;

  test('pairs without any association cluster around 1, and 95 of 100 intervals hold it', () => {
    const sorted = nulls.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
    expect(sorted[sorted.length >> 1]).toBeGreaterThan(0.98);
    expect(sorted[sorted.length >> 1]).toBeLessThan(1.02);
    expect(covering(nulls)).toBeGreaterThan(0.92);
    expect(covering(nulls)).toBeLessThan(0.98);
  });

  test('what is claimed is true, but for a few, and has the right sign', () => {
    const claimed = family.pairs.filter(({ significant }) => significant);
    const found = claimed.filter((pair) => truthOf(pair) !== undefined);
    expect(found.every((pair) => pair.ratio > 1 === truthOf(pair)!.ratio > 1)).toBe(true);
    expect(1 - found.length / claimed.length).toBeLessThanOrEqual(0.15);
    expect(found.length).toBeGreaterThanOrEqual(22);
  });

  test('an outage that raises both sides is no association, but looks like one by the clock', () => {
    const outage = family.pairs.find(isOutage)!;
    expect(outage.low).toBeLessThan(1);
    expect(outage.high).toBeGreaterThan(1);
    const byClock = familyOf(countPairs(ordered, { windowDays: 7, calendar: false }).sums, null).pairs.find(isOutage)!;
    expect(byClock.low).toBeGreaterThan(1.1);
  });

  test('the negative control is quiet', () => {
    expect(family.reverseShare).toBeLessThan(0.1);
    expect(covering(nulls.flatMap(({ reverse }) => reverse ?? []))).toBeGreaterThan(0.92);
  });

  test('a pair that holds among one segment only is told by that segment', () => {
    const differing = differencesOf(counted.sums, log.segmentCount).filter((one) => one.significant);
    const planted = truth.filter(({ segment }) => segment !== undefined);
    expect(differing.map(({ grievance, complaint }) => [grievance, complaint])).toEqual(
      expect.arrayContaining(planted.map(({ grievance, complaint }) => [grievance, complaint])),
    );
    expect(differing.length).toBeLessThanOrEqual(planted.length + 1);
    for (const { grievance, complaint, segment } of planted) {
      const { contrasts } = differing.find((one) => one.grievance === grievance && one.complaint === complaint)!;
      expect(contrasts.toSorted((a, b) => b.ratio - a.ratio)[0]!.segment).toBe(segment);
      const own = familyOf(counted.sums, segment!).pairs.find((pair) => pair.grievance === grievance && pair.complaint === complaint)!;
      expect(own.significant).toBe(true);
    }
  });

  test('ending a customer’s observation at the first complaint would make pairs of nothing, which is why nothing does', () => {
    const first = Int32Array.from({ length: log.customerCount }, () => counted.span.before);
    for (let i = 0; i < log.types.length; i++)
      if (log.kinds[i] === 1) first[log.customers[i]!] = Math.min(first[log.customers[i]!]!, log.atMinutes[i]! + 1);
    const observedFrom = new Int32Array(log.customerCount).fill(counted.span.from);
    const ended = familyOf(countPairs(orderLog({ ...log, observedFrom, observedBefore: first }), { windowDays: 7 }).sums, null);
    expect(ended.pairs.filter(({ significant }) => significant).length).toBeGreaterThan(
      2 * family.pairs.filter((p) => p.significant).length,
    );
  });
});
