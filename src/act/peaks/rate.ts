import { type HandlingTier, tierOf, type ValueTiers } from '../../model/handling.ts';
import type { PeakSettings } from '../../model/peaks.ts';
import { byGain, type Candidate } from './place-calls.ts';
import { isHeldOut } from './hold-out.ts';

/** A grievance as predict tells it, on its local day. */
export interface Told {
  readonly voice: number;
  readonly customer: string;
  readonly said_at: string;
  readonly day: string;
  readonly category: string | null;
  readonly level: number | null;
  readonly segment: string | null;
  readonly value_tier: string | null;
  readonly p: number | null;
  readonly p_low: number | null;
  readonly p_high: number | null;
  readonly scored: boolean;
}

export interface Rated extends Candidate {
  readonly voice: number;
  readonly said_at: string;
  readonly day: string;
  readonly level: number | null;
  readonly tier: HandlingTier;
  readonly p: number;
  readonly p_low: number;
  readonly p_high: number;
  readonly p_from: 'model' | 'cause';
}

export interface RatedBy {
  readonly effect: number;
  readonly values: PeakSettings['values'];
  readonly tiers: ValueTiers;
}

/** Even where calls were measured to help hardly anybody, who is likelier to complain and worth more comes first. */
const LEAST_EFFECT = 0.01;

/**
 * 0–1, the same for the same grievance: where many are worth the same (all of one cause, before a model scores them), the line runs
 * through them by this and not at all or nothing. `map.sql.ts` says the same in SQL.
 */
export const tieOf = (voice: number): number => (((voice % TIES) * STEP) % TIES) / TIES;
/** A permutation of 20 bits, so that neighbours do not go together; products stay exact in both languages. */
export const [TIES, STEP, TIE_WORTH] = [1_048_576, 2_654_435, 1e-6];

/** Expected complaints prevented × what one is worth: the yuan that a call spares. */
export const gainOf = (p: number, tier: HandlingTier, { effect, values }: Omit<RatedBy, 'tiers'>): number =>
  p * Math.max(LEAST_EFFECT, effect) * values[tier];

/** Grievances of which nothing is foretold are nobody's candidates. */
export function rated(rows: readonly Told[], by: RatedBy): readonly Rated[] {
  return rows.flatMap((row): readonly Rated[] => {
    if (row.p === null) return [];
    const tier = tierOf(by.tiers, row.value_tier);
    const { voice, customer, said_at, day, category, level, segment, p } = row;
    const p_from = row.scored ? 'model' : 'cause';
    const bounds = { p_low: row.p_low ?? p, p_high: row.p_high ?? p, p_from } as const;
    return [
      {
        voice,
        customer,
        said_at,
        day,
        category,
        level,
        segment,
        tier,
        p,
        ...bounds,
        gain: gainOf(p, tier, by) * (1 + TIE_WORTH * tieOf(voice)),
      },
    ];
  });
}

/** One call serves a customer: the grievance that is worth most. */
export function oncePerCustomer(all: readonly Rated[]): readonly Rated[] {
  const best = new Map<string, Rated>();
  for (const one of all) {
    const before = best.get(one.customer);
    if (before === undefined || byGain(one, before) < 0) best.set(one.customer, one);
  }
  return [...best.values()];
}

/** Who would be called on `day` over a span of days that ends with it: without those held out. */
export const loadOf = (all: readonly Rated[], day: string, holdOut: number): readonly Rated[] =>
  oncePerCustomer(all).filter((one) => !isHeldOut(one.customer, day, holdOut));
