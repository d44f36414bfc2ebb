import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../maths/seeded-random.ts';
import { allotted } from './stratified.ts';
import { type DoubleCoded, categoriesOf, codersOf, figureOf } from './results.ts';

const CODES = ['fixed/broadband/outage', 'fixed/broadband/slow', 'bill/charge/wrong'];
/** Agents who are right with .9, one of them (`worst`) with `right`. */
function world(seed: number, right: number, each = 60): readonly DoubleCoded[] {
  const random = seededRandom(seed, 'agents');
  return Array.from({ length: each * 8 }, (_, i) => {
    const agent = `A${i % 8}`;
    const second = random.pick(CODES);
    const first = random.chance(agent === 'A3' ? right : 0.9) ? second : random.pick(CODES.filter((one) => one !== second));
    return { voice: i + 1, first, second, agent, unit: `u${i % 2}`, unitName: `Centre ${i % 2}` };
  });
}
const named = (code: string) => ({ zh: code, en: code });

describe('double coding', () => {
  it('finds who needs training, and blames nobody in worlds where all are alike', () => {
    const trained = (rows: readonly DoubleCoded[]) =>
      codersOf(rows, 'agent', 1)
        .filter((one) => one.verdict === 'train')
        .map((one) => one.id);
    expect(trained(world(1, 0.6))).toEqual(['A3']);
    const blamed = Array.from({ length: 60 }, (_, seed) => trained(world(seed, 0.9)).length > 0).filter(Boolean).length;
    expect(blamed).toBeLessThanOrEqual(6);
  });

  it('says nothing about who was coded too seldom', () => {
    const few = codersOf(world(2, 0.3, 10), 'agent', 1);
    expect(new Set(few.map((one) => one.verdict))).toEqual(new Set(['too-few']));
    expect(figureOf(world(2, 0.9, 1), 'leaf', 1).verdict).toBe('too-few');
  });

  it('agrees better on the first level than on leaves, and opens exactly the voices that differ', () => {
    const rows = world(3, 0.9);
    expect(figureOf(rows, 'top', 1).observed!).toBeGreaterThan(figureOf(rows, 'leaf', 1).observed!);
    for (const one of categoriesOf(rows, named)) {
      const opened = one.where.flatMap((filter) => ('in' in filter ? filter.in : []));
      expect(opened).toHaveLength(one.differ);
      expect(one.confusions.reduce((sum, other) => sum + other.n, 0)).toBe(one.differ);
    }
    for (const one of codersOf(rows, 'unit', 1)) expect(one.where.flatMap((f) => ('in' in f ? f.in : []))).toHaveLength(one.differ);
  });
});

describe('a stratified sample', () => {
  it('takes as many as are wanted and there are, never more of a stratum than it has, and some of each where there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 300 }),
        (sizes, wanted) => {
          const strata = sizes.map((size, i) => ({ name: `s${i}`, size }));
          const share = allotted(strata, wanted);
          const total = sizes.reduce((sum, n) => sum + n, 0);
          const taken = [...share.values()].reduce((sum, n) => sum + n, 0);
          expect(taken).toBeLessThanOrEqual(Math.min(wanted, total));
          for (const one of strata) expect(share.get(one.name)!).toBeLessThanOrEqual(one.size);
          if (wanted >= 2 * sizes.length) {
            expect(taken).toBe(Math.min(wanted, total));
            for (const one of strata) expect(share.get(one.name)!).toBeGreaterThanOrEqual(Math.min(2, one.size));
          }
        },
      ),
    );
  });
});
