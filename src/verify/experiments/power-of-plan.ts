import { detectableMean, detectableShare, neededForMean, neededForShare, powerOf } from '../../maths/power.ts';

export interface PlanQuestion {
  readonly kind: 'share' | 'number';
  /** Share (0–1) or mean in the control arm now. */
  readonly base: number;
  /** Standard deviation of a number; ignored for shares. */
  readonly spread: number;
  /** What one hopes for, treated − control. */
  readonly effect: number;
  /** Customers in all arms together. */
  readonly customers: number;
  /** Customers of a treated arm for each one of the control. */
  readonly ratio: number;
}

export interface PlanAnswer {
  /** In the control arm, and in all of two arms, for 80 % power. null: no effect was named. */
  readonly needed_control: number | null;
  readonly needed: number | null;
  readonly detectable: number | null;
  readonly power: number | null;
}

/** Two-sided 5 %, 80 % power. */
export function powerOfPlan({ kind, base, spread, effect, customers, ratio }: PlanQuestion): PlanAnswer {
  const plan = { alpha: 0.05, power: 0.8, ratio };
  const control = customers / (1 + ratio);
  const share = kind === 'share';
  const possible = !share || (base > 0 && base < 1 && base + effect >= 0 && base + effect <= 1);
  const known = possible && (share || spread > 0);
  const needed = !known || effect === 0 ? null : share ? neededForShare(base, effect, plan) : neededForMean(spread, effect, plan);
  const variance = share ? base * (1 - base) : spread * spread;
  const error = Math.sqrt((variance * (1 + 1 / ratio)) / control);
  return {
    needed_control: needed,
    needed: needed === null ? null : Math.ceil(needed * (1 + ratio)),
    detectable: !known || control < 2 ? null : share ? detectableShare(base, control, plan) : detectableMean(spread, control, plan),
    power: !known || effect === 0 || control < 2 ? null : powerOf(effect, error),
  };
}
