import { describe, expect, test } from 'vitest';
import type { FeatureTable } from '../../maths/features.ts';
import { seededRandom } from '../../maths/seeded-random.ts';
import { TEMPERAMENT_IDS, type TemperamentId } from '../../model/segment.ts';
import { FEATURES } from './feature-columns.ts';
import { shareByChance, temperamentJudge, usualShares } from './temperament.ts';

/** A table of counts by name; what is not said is 0. */
function tableOf(rows: readonly Readonly<Record<string, number>>[]): FeatureTable {
  const columns = FEATURES.filter((feature) => feature.group === 'did').map(({ name }) => ({
    name,
    kind: 'number' as const,
    values: Float64Array.from(rows, (row) => row[name] ?? 0),
  }));
  return { rows: rows.length, columns };
}

/** What people of a type do more or less often than others: times as often. */
const HABITS: Readonly<Record<TemperamentId, Readonly<Record<string, number>>>> = {
  impatient: { fast_repeats: 3, repeats: 2, escalated: 2, angry: 2, said_impatient: 3, said_tolerant: 0.3 },
  'price-sensitive': { money: 2.6, said_price: 3 },
  cooperative: { said_cooperative: 3, positive: 2, angry: 0.3, escalated: 0.5 },
  assertive: { said_assertive: 4, complaints: 2, escalated: 1.5, angry: 0.6 },
  tolerant: { said_tolerant: 4, repeats: 0.3, fast_repeats: 0.3, complaints: 0.3, escalated: 0.4, negative: 0.5 },
};
const USUAL: Readonly<Record<string, number>> = {
  fast_repeats: 0.08,
  repeats: 0.18,
  escalated: 0.08,
  complaints: 0.2,
  money: 0.25,
  angry: 0.08,
  negative: 0.4,
  positive: 0.1,
  said_impatient: 0.12,
  said_price: 0.15,
  said_cooperative: 0.12,
  said_assertive: 0.07,
  said_tolerant: 0.06,
};

/** Customers of known type with as many voices as `mean` on average. */
function simulated(customers: number, mean: number, seed: number): { table: FeatureTable; truth: readonly TemperamentId[] } {
  const random = seededRandom(seed, 'temperaments');
  const truth = Array.from({ length: customers }, () => random.pick(TEMPERAMENT_IDS));
  const rows = truth.map((type) => {
    const voices = random.poisson(mean);
    const grievances = Math.round(voices * 0.6);
    const row: Record<string, number> = { voices, grievances, pressing: Math.round(voices * 0.85) };
    for (const [sign, usual] of Object.entries(USUAL)) {
      const share = Math.min(0.95, usual * (HABITS[type][sign] ?? 1));
      const base =
        sign === 'escalated' ? grievances : (row[['repeats', 'fast_repeats', 'complaints'].includes(sign) ? 'pressing' : 'voices'] ?? 0);
      row[sign] = Array.from({ length: base }, () => Number(random.chance(share))).reduce((sum, one) => sum + one, 0);
    }
    return row;
  });
  return { table: tableOf(rows), truth };
}

describe('temperaments', () => {
  test('of customers who behave as their type are told right, the more the more they say', () => {
    const right = [8, 24].map((mean) => {
      const { table, truth } = simulated(2000, mean, 3);
      const judge = temperamentJudge(table, usualShares(table));
      const told = truth.map((type, row) => ({ type, judged: judge(row) }));
      const typed = told.filter(({ judged }) => judged.kind === 'type');
      return {
        told: typed.length / told.length,
        right: typed.filter(({ type, judged }) => judged.kind === 'type' && judged.type === type).length / typed.length,
      };
    });
    expect(right[0]?.right).toBeGreaterThan(0.6);
    expect(right[1]?.right).toBeGreaterThan(0.8);
    expect(right[1]?.told).toBeGreaterThan(0.7);
  });

  test('are not told of people who all behave alike, but for chance', () => {
    const random = seededRandom(9, 'alike');
    const rows = Array.from({ length: 1000 }, () => {
      const row: Record<string, number> = { voices: 24, grievances: 14, pressing: 20 };
      for (const [sign, usual] of Object.entries(USUAL)) {
        const base = sign === 'escalated' ? 14 : ['repeats', 'fast_repeats', 'complaints'].includes(sign) ? 20 : 24;
        row[sign] = Array.from({ length: base }, () => Number(random.chance(usual))).reduce((sum, one) => sum + one, 0);
      }
      return row;
    });
    const table = tableOf(rows);
    const judge = temperamentJudge(table, usualShares(table));
    const typed = rows.filter((_, row) => judge(row).kind === 'type').length;
    expect(typed / rows.length).toBeLessThan(0.25);
    // … which is what is told to be chance.
    expect(Math.abs(typed / rows.length - shareByChance(table, usualShares(table), 2))).toBeLessThan(0.05);
  });

  test('say “not enough data” below three voices', () => {
    const { table } = simulated(50, 1, 4);
    const judge = temperamentJudge(table, usualShares(table));
    const voices = table.columns.find((column) => column.name === 'voices');
    for (let row = 0; row < table.rows; row++)
      if (voices?.kind === 'number' && (voices.values[row] as number) < 3) expect(judge(row)).toEqual({ kind: 'too-few' });
  });

  test('give their reasons, strongest first, each with its counts and what is usual', () => {
    const usual = { ...USUAL };
    const rows = [
      ...Array.from({ length: 200 }, () => ({
        voices: 20,
        grievances: 12,
        pressing: 17,
        ...Object.fromEntries(Object.keys(usual).map((sign) => [sign, 2])),
      })),
      { voices: 10, grievances: 6, pressing: 8, money: 9, said_price: 7 },
    ];
    const table = tableOf(rows);
    const judged = temperamentJudge(table, usualShares(table))(200);
    expect(judged).toMatchObject({ kind: 'type', type: 'price-sensitive' });
    expect(judged.kind === 'type' ? judged.reasons.map(({ sign, count, base }) => [sign, count, base]) : []).toEqual([
      ['money', 9, 10],
      ['said-price', 7, 10],
    ]);
  });
});
