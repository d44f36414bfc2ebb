import { beforeAll, describe, expect, test } from 'vitest';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { loadTopics } from '../../scenarios/province/write.client.ts';
import type { FeatureTable } from '../../src/maths/features.ts';
import { adjustedRand } from '../../src/maths/partitions.ts';
import { wilson } from '../../src/maths/proportions.ts';
import { shuffled } from '../../src/maths/shuffle.ts';
import { type TemperamentId, TEMPERAMENT_IDS } from '../../src/model/segment.ts';
import { FEATURES } from '../../src/predict/segments/feature-columns.ts';
import { shareByChance, temperamentJudge, usualShares } from '../../src/predict/segments/temperament.ts';
import { loadPack } from '../../src/understand/load-pack.client.ts';

const DAY = 86_400_000;
const CUSTOMERS = 3_000;
interface Said {
  readonly at: number;
  readonly kind: string;
  readonly category: string | null;
  readonly feeling: string;
  readonly text: string;
}

/** What customers of the sample province said in six months, counted as a run counts it; causes and feelings as they were meant. */
let table: FeatureTable;
let truth: readonly TemperamentId[] = [];
beforeAll(async () => {
  const pack = await loadPack();
  const province = provinceOf({ customers: CUSTOMERS, months: 6, seed: 22, until: '2026-07-01T00:00:00.000Z', incidents: true });
  truth = province.customers.map(({ index }) => TEMPERAMENT_IDS[province.souls.temperament[index] ?? 0] ?? 'tolerant');
  const said: Said[][] = province.customers.map(() => []);
  for (const day of toldDays(province, await loadTopics(), (code) => code))
    for (const { told, truth: meant } of day.voices)
      said[told.customer.index]?.push({ at: told.at, kind: meant.kind, category: meant.category, feeling: meant.feeling, text: told.text });
  const { money, words } = pack.behaviour;
  const has = (list: readonly string[]) => (one: Said) => list.some((word) => one.text.includes(word));
  const rows = said.map((all): Record<string, number> => {
    const voices = all.toSorted((a, b) => a.at - b.at);
    const count = (holds: (one: Said, i: number) => boolean): number => voices.filter(holds).length;
    const pressing = (one: Said): boolean => ['grievance', 'complaint', 'fault'].includes(one.kind);
    const topic = (one: Said): string => (one.category ?? '').split('/').slice(0, 2).join('/');
    const again = (days: number) => (one: Said, i: number) =>
      pressing(one) && voices.slice(0, i).some((old) => pressing(old) && topic(old) === topic(one) && one.at - old.at <= days * DAY);
    return {
      voices: voices.length,
      grievances: count((one) => one.kind === 'grievance'),
      complaints: count((one) => one.kind === 'complaint'),
      consultations: count((one) => one.kind === 'consultation'),
      angry: count((one) => one.feeling === 'angry'),
      negative: count((one) => one.feeling === 'angry' || one.feeling === 'negative'),
      positive: count((one) => one.feeling === 'positive' || one.kind === 'praise'),
      money: count((one) => money.includes((one.category ?? '').split('/')[0] ?? '')),
      pressing: count(pressing),
      repeats: count(again(7)),
      fast_repeats: count(again(2)),
      escalated: count(
        (one, i) => one.kind === 'complaint' && voices.slice(0, i).some((old) => old.kind === 'grievance' && one.at - old.at <= 7 * DAY),
      ),
      said_impatient: count(has(words.impatient)),
      said_price: count(has(words.price)),
      said_cooperative: count(has(words.cooperative)),
      said_assertive: count(has(words.assertive)),
      said_tolerant: count(has(words.tolerant)),
    };
  });
  const columns = FEATURES.filter(({ group }) => group === 'did').map(({ name }) => ({
    name,
    kind: 'number' as const,
    values: Float64Array.from(rows, (row) => row[name] ?? 0),
  }));
  table = { rows: rows.length, columns };
}, 300_000);

describe('temperaments that were planted in the province', () => {
  test('are told rightly well beyond chance, and of more customers than chance would tell', () => {
    const usual = usualShares(table);
    const judge = temperamentJudge(table, usual);
    const told = Array.from({ length: table.rows }, (_, row) => judge(row)).map((one) => (one.kind === 'type' ? one.type : null));
    const rows = told.flatMap((type, row) => (type === null ? [] : [row]));
    const right = rows.filter((row) => told[row] === truth[row]).length;
    const { low, high } = wilson({ events: right, n: rows.length });
    // How often types exchanged among the same customers would be right.
    const share = (of: (row: number) => string | null | undefined, type: string): number =>
      rows.filter((row) => of(row) === type).length / rows.length;
    const byExchange = TEMPERAMENT_IDS.reduce((sum, type) => sum + share((row) => told[row], type) * share((row) => truth[row], type), 0);
    const labels = (of: (row: number) => string | null): Int32Array =>
      Int32Array.from(rows, (row) => TEMPERAMENT_IDS.indexOf(of(row) as never));
    const ari = adjustedRand(
      labels((row) => told[row] ?? null),
      labels((row) => truth[row] ?? null),
    );
    console.log(
      `temperaments: ${rows.length} of ${table.rows} told, right ${(right / rows.length).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], exchanged ${byExchange.toFixed(3)}, ARI ${ari.toFixed(3)}, by chance alone told ${shareByChance(table, usual, 1).toFixed(3)}`,
    );
    const most = Math.max(...TEMPERAMENT_IDS.map((type) => share((row) => truth[row], type)));
    // A remark of its own kind in three voices of ten, and a dozen voices: far from certain, and far beyond what naming the most frequent would get.
    expect(low).toBeGreaterThan(most + 0.1);
    expect(low).toBeGreaterThan(byExchange + 0.15);
    expect(ari).toBeGreaterThan(0.15);
    const enough = table.columns[0]!;
    const many = enough.kind === 'number' ? enough.values.filter((voices) => voices >= 3).length : 0;
    expect(rows.length / many).toBeGreaterThan(shareByChance(table, usual, 1));
  });

  test('are not found in who they are not: exchanged among customers, the same types agree with nothing', () => {
    const judge = temperamentJudge(table, usualShares(table));
    const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => judge(row).kind === 'type');
    const told = rows.map((row) => {
      const one = judge(row);
      return one.kind === 'type' ? TEMPERAMENT_IDS.indexOf(one.type) : -1;
    });
    const order = shuffled(rows.length, 7);
    const others = Int32Array.from(order, (i) => TEMPERAMENT_IDS.indexOf(truth[rows[i] ?? 0] ?? 'tolerant'));
    expect(Math.abs(adjustedRand(Int32Array.from(told), others))).toBeLessThan(0.02);
  });
});
