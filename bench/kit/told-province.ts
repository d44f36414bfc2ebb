import type { Pack } from '../../src/model/pack.ts';
import type { Reader } from '../../src/understand/index.ts';
import { provinceOf } from '../../scenarios/province/province.ts';
import { toldDays } from '../../scenarios/province/tell.ts';
import { loadTopics } from '../../scenarios/province/write.client.ts';

/** Guesses beside the truth: right and wrong, sure ones apart, and what always saying the most frequent would reach. */
export class Tally {
  private readonly truths = new Map<string, number>();
  rows = 0;
  private right = 0;
  private sure = 0;
  private sureRight = 0;

  add(truth: string, guess: string, confidence = 0): void {
    this.rows++;
    this.truths.set(truth, (this.truths.get(truth) ?? 0) + 1);
    const isRight = truth === guess;
    if (isRight) this.right++;
    if (confidence < 0.8) return;
    this.sure++;
    if (isRight) this.sureRight++;
  }

  get accuracy(): number {
    return this.right / this.rows;
  }

  get majority(): number {
    return [...this.truths.values()].reduce((a, b) => Math.max(a, b), 0) / this.rows;
  }

  get sureShare(): number {
    return this.sure / this.rows;
  }

  get sureAccuracy(): number {
    return this.sure === 0 ? 0 : this.sureRight / this.sure;
  }
}

export interface ProvinceRead {
  readonly leaf: Tally;
  readonly level2: Tally;
  readonly unmapped: number;
  readonly kind: Tally;
  readonly feeling: Tally;
}

const level2 = (category: string | null): string => (category ?? '').split('/').slice(0, 2).join('/');

/** A province of a seed told in memory and read: causes, kinds where the source would say none (surveys always say theirs), feelings. */
export async function readProvince(pack: Pack, reader: Reader, seed: number, customers: number): Promise<ProvinceRead> {
  const topics = await loadTopics();
  const names = new Map(pack.categories.map((c) => [c.code, c.names.zh]));
  const province = provinceOf({ customers, months: 2, seed, until: '2026-11-22T09:00:00.000Z', incidents: true });
  const [leaf, second, kind, feeling] = [new Tally(), new Tally(), new Tally(), new Tally()];
  let unmapped = 0;
  for (const day of toldDays(province, topics, (code) => names.get(code) ?? code)) {
    for (const { told, truth } of day.voices) {
      const reading = reader.read(told.text);
      feeling.add(truth.feeling, reading.feeling);
      if (told.kind !== 'survey') kind.add(told.kind, reading.kind?.kind ?? 'grievance', reading.kind?.confidence);
      if (told.category === null) continue;
      if (reading.category === null) unmapped++;
      leaf.add(told.category, reading.category ?? '', reading.category === null ? 0 : reading.confidence);
      second.add(level2(told.category), level2(reading.category));
    }
  }
  return { leaf, level2: second, unmapped: unmapped / leaf.rows, kind, feeling };
}
