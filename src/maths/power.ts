import { normalCdf, normalQuantile } from './distributions.ts';

/** Two arms, a two-sided test at `alpha`. `ratio`: people in the treated arm per one in the control arm. */
export interface Plan {
  readonly alpha: number;
  readonly power: number;
  readonly ratio: number;
}
export const USUAL_PLAN: Plan = { alpha: 0.05, power: 0.8, ratio: 1 };

const factorOf = ({ alpha, power }: Plan): number => normalQuantile(1 - alpha / 2) + normalQuantile(power);

/** People needed in the control arm to see a share move from `base` by `effect`; Infinity for no effect. */
export function neededForShare(base: number, effect: number, plan: Plan = USUAL_PLAN): number {
  const other = base + effect;
  const variance = base * (1 - base) + (other * (1 - other)) / plan.ratio;
  return Math.ceil((factorOf(plan) ** 2 * variance) / (effect * effect));
}

/** The same for a mean with a known standard deviation. */
export function neededForMean(deviation: number, effect: number, plan: Plan = USUAL_PLAN): number {
  return Math.ceil((factorOf(plan) ** 2 * deviation * deviation * (1 + 1 / plan.ratio)) / (effect * effect));
}

/** Smallest difference of two shares that `control` people in the control arm show with the plan's power. */
export const detectableShare = (base: number, control: number, plan: Plan = USUAL_PLAN): number =>
  factorOf(plan) * Math.sqrt((base * (1 - base) * (1 + 1 / plan.ratio)) / control);

export const detectableMean = (deviation: number, control: number, plan: Plan = USUAL_PLAN): number =>
  factorOf(plan) * deviation * Math.sqrt((1 + 1 / plan.ratio) / control);

/** The chance to see an effect that is there, given the standard error of its estimate. */
export function powerOf(effect: number, error: number, alpha = 0.05): number {
  const z = normalQuantile(1 - alpha / 2);
  return normalCdf(Math.abs(effect) / error - z) + normalCdf(-Math.abs(effect) / error - z);
}
