import { describe, expect, test } from 'vitest';
import { featureTable } from '../../maths/features.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { actionEffect } from './action-effects.ts';

/** Risk rises with how often a customer was heard; solving halves it for anybody, a call back changes nothing but goes to the risky ones. */
function world(seed: number, rows: number) {
  const random = seededRandom(seed, 'actions');
  const heard = Array.from({ length: rows }, () => random.int(6));
  const solved = heard.map(() => (random.chance(0.5) ? 1 : 0));
  const called = heard.map((n) => (random.chance(0.1 + 0.14 * n) ? 1 : 0));
  const complained = heard.map((n, i) => (random.chance((0.03 + 0.05 * n) * (solved[i] === 1 ? 0.5 : 1)) ? 1 : 0));
  const table = featureTable([{ name: 'heard', kind: 'number', values: Float64Array.from(heard) }]);
  const of = (treated: readonly number[]) => ({
    table,
    treated: Uint8Array.from(treated),
    complained: Uint8Array.from(complained),
    groups: Int32Array.from(heard, (_, i) => i),
  });
  return { solve: of(solved), call: of(called) };
}

describe('what would lower it', () => {
  const worlds = Array.from({ length: 20 }, (_, seed) => world(seed, 3000));

  test('a helpful action is found, and its interval holds the truth', () => {
    const effects = worlds.map(({ solve }) => actionEffect('solve-now', solve));
    expect(effects.every(({ verdict }) => verdict === 'lowers')).toBe(true);
    // Mean risk without it .155, with it half of that.
    expect(effects.filter(({ low, high }) => low <= -0.0775 && high >= -0.0775).length).toBeGreaterThanOrEqual(17);
  });

  test('a useless one that goes to the risky looks harmful, and is neither recommended nor blamed once like is compared with like', () => {
    const effects = worlds.map(({ call }) => actionEffect('callback', call));
    expect(effects.every(({ raw }) => raw > 0.03)).toBe(true);
    expect(effects.filter(({ verdict }) => verdict === 'lowers').length).toBeLessThanOrEqual(1);
    expect(effects.filter(({ verdict }) => verdict === 'no-visible-effect').length).toBeGreaterThanOrEqual(17);
  });

  test('without anybody alike, or with too few, nothing is said', () => {
    const { solve } = worlds[0]!;
    const apart = Uint8Array.from(solve.treated, (_, i) => (i % 3 === 0 ? 1 : 0));
    const table = featureTable([{ name: 'offered', kind: 'category', codes: Int32Array.from(apart), levels: ['no', 'yes'] }]);
    expect(actionEffect('x', { ...solve, table, treated: apart }).verdict).toBe('no-overlap');
    expect(actionEffect('x', { ...solve, treated: Uint8Array.from(apart, (_, i) => (i < 20 ? 1 : 0)) }).verdict).toBe('too-few');
  });
});
