import type { CauseStrength } from '../../model/pair-views.ts';

/** How often grievances of a cause are followed by a complaint. */
export interface CauseCount {
  readonly category: string;
  readonly grievances: number;
  readonly complained: number;
}

/** How strongly causes lead to complaints, each ÷ that of all causes, and what that rests on. */
export interface Associations {
  /** pairs: within customers, what a grievance adds; history: how often a complaint followed, where no pairs were computed yet. */
  readonly ground: 'pairs' | 'history';
  readonly of: ReadonlyMap<string, number>;
}

/** A cause is taken for the mean until this many grievances say otherwise. */
export const CAUSE_PSEUDO = 30;

/**
 * Association of causes with complaints by history: shares shrunk towards the mean, so that a cause heard three times is no extreme.
 * Co-occurrence is no cause: active customers have more of both. It ranks causes for handling until pairs say what leads to what.
 */
export function associationsOf(counts: readonly CauseCount[]): Associations {
  const grievances = counts.reduce((sum, one) => sum + one.grievances, 0);
  const mean = grievances === 0 ? 0 : counts.reduce((sum, one) => sum + one.complained, 0) / grievances;
  const of =
    mean === 0
      ? []
      : counts.map((one) => [one.category, (one.complained + CAUSE_PSEUDO * mean) / (one.grievances + CAUSE_PSEUDO) / mean] as const);
  return { ground: 'history', of: new Map(of) };
}

/** By pairs: the complaints that a grievance of a cause adds ÷ what one adds on the whole. null: no pair adds any, so history has to do. */
export function associationsByPairs(strengths: readonly CauseStrength[]): Associations | null {
  const grievances = strengths.reduce((sum, one) => sum + one.grievances, 0);
  const added = strengths.reduce((sum, one) => sum + one.grievances * one.excess_per_1000, 0);
  if (!(added > 0)) return null;
  const mean = added / grievances;
  return { ground: 'pairs', of: new Map(strengths.map(({ category, excess_per_1000: excess }) => [category, excess / mean])) };
}
