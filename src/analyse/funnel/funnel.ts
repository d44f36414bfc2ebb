import { wilson } from '../../maths/proportions.ts';
import { FUNNEL_STAGES, type Funnel, type FunnelGroup, type FunnelShare, type FunnelStage } from '../../model/funnel.ts';
import type { Names } from '../../model/question.ts';

export interface StageCount {
  readonly stage: FunnelStage | 'pending';
  readonly segment: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly n: number;
}

/** Fewer customers than this make no share of a group. */
export const FEWEST = 30;

export function shareOf(customers: number, base: number): FunnelShare {
  if (base === 0) return { customers, base, share: 0, low: 0, high: 1 };
  return { customers, base, share: customers / base, ...wilson({ events: customers, n: base }) };
}

const sum = (rows: readonly StageCount[], stage?: FunnelStage | 'pending'): number =>
  rows.reduce((total, row) => total + ((stage === undefined ? row.stage !== 'pending' : row.stage === stage) ? row.n : 0), 0);

export function funnelOf(
  rows: readonly StageCount[],
  names: (dimension: 'segment' | 'city' | 'district', code: string | null) => Names,
): Omit<Funnel, 'from' | 'before' | 'days' | 'scheme' | 'as_of'> {
  const base = sum(rows);
  const stages = Object.fromEntries(FUNNEL_STAGES.map((stage) => [stage, shareOf(sum(rows, stage), base)])) as Funnel['stages'];
  const groups = (dimension: 'segment' | 'city' | 'district'): readonly FunnelGroup[] =>
    [...Map.groupBy(rows, (row) => row[dimension])]
      .map(([code, own]) => ({
        code,
        names: names(dimension, code),
        silent: shareOf(sum(own, 'silent'), sum(own)),
        complained: shareOf(sum(own, 'complained'), sum(own)),
        few: sum(own) < FEWEST,
      }))
      .filter((group) => group.silent.base > 0)
      .toSorted((a, b) => Number(a.few) - Number(b.few) || b.silent.share - a.silent.share || b.silent.base - a.silent.base);
  return {
    dissatisfied: base,
    stages,
    spoke: shareOf(base - sum(rows, 'silent'), base),
    pending: sum(rows, 'pending'),
    segments: groups('segment'),
    cities: groups('city'),
    districts: groups('district'),
  };
}
