import * as plan from './plan.ts';
import { type IndexedPair, INDEXED_PAIRS } from './rates.ts';
import { careCallExcess } from './strategies.ts';

/** How one grievance stands: what raises or lowers the excess of its pairs. */
export interface Standing {
  readonly type: number;
  readonly segment: number;
  readonly temperament: number;
  /** Index of `DURATIONS`. */
  readonly duration: number;
  /** Bits of `ACTIONS`. */
  readonly actions: number;
  /** Arm of the care call; −1 before it began. */
  readonly arm: number;
}

const mean = (times: readonly number[], shares: readonly number[]): number =>
  times.reduce((sum, each, i) => sum + each * (shares[i] ?? 0), 0) / shares.reduce((sum, share) => sum + share, 0);

const TEMPERAMENT_MEAN = mean(plan.TEMPERAMENT_TIMES, plan.TEMPERAMENT_SHARES);
const DURATION_SHARES = plan.DURATIONS.map(({ share }) => share);
const SOLVE_MEAN = 1 - plan.SOLVE_NOW.share * (1 - plan.SOLVE_NOW.times);
const DURATION_MEAN = mean(
  plan.DURATIONS.map(({ times }) => times),
  DURATION_SHARES,
);
const EXPLAINED_MEAN = mean(
  plan.DURATIONS.map(({ times }, i) => times * (1 - (plan.EXPLAIN_BILL.shares[i] ?? 0) * (1 - plan.EXPLAIN_BILL.times))),
  DURATION_SHARES,
);
export const IS_EXPLAINABLE = plan.GRIEVANCE_TYPES.map(({ category }) => plan.EXPLAIN_BILL.topics.test(category));

const TEMPER = plan.TEMPERAMENT_TIMES.map((times) => times / TEMPERAMENT_MEAN);
const LASTED = plan.DURATIONS.map(({ times }) => times / DURATION_MEAN);
const LASTED_EXPLAINABLE = plan.DURATIONS.map(({ times }) => times / EXPLAINED_MEAN);

/** Factor on the excess of every pair above 1; its mean over all grievances of a type is 1, in each segment and each half of the time. */
export function excessTimes({ type, segment, temperament, duration, actions, arm }: Standing): number {
  const lasted = (IS_EXPLAINABLE[type] === true ? LASTED_EXPLAINABLE : LASTED)[duration] as number;
  const solved = (has(actions, 'solve-now') ? plan.SOLVE_NOW.times : 1) / SOLVE_MEAN;
  const explained = has(actions, 'explain-bill') ? plan.EXPLAIN_BILL.times : 1;
  return (TEMPER[temperament] as number) * lasted * solved * explained * careTimes(segment, arm);
}

function careTimes(segment: number, arm: number): number {
  if (arm < 0) return 1;
  return careCallExcess(segment, arm) / ((1 + careCallExcess(segment, 1)) / 2);
}

export function has(actions: number, action: plan.PlantedAction): boolean {
  return (actions & plan.ACTIONS[action]) > 0;
}

/** Pairs above 1 by grievance type, those of smaller ratio first, and pairs below 1 by complaint type. */
export const RAISING = plan.GRIEVANCE_TYPES.map((_, type) =>
  sorted(INDEXED_PAIRS.filter((pair) => pair.ratio > 1 && pair.grievance === type)),
);
export const RAISED = plan.COMPLAINT_TYPES.map((_, type) =>
  sorted(INDEXED_PAIRS.filter((pair) => pair.ratio > 1 && pair.complaint === type)),
);
export const LOWERED = plan.COMPLAINT_TYPES.map((_, type) => INDEXED_PAIRS.filter((pair) => pair.ratio < 1 && pair.complaint === type));

function sorted(pairs: readonly IndexedPair[]): readonly IndexedPair[] {
  return pairs.toSorted((a, b) => a.ratio - b.ratio);
}

export function holdsFor(pair: IndexedPair, segment: number): boolean {
  return pair.segment < 0 || pair.segment === segment;
}

/** Upper ends of the levels 1 to 4 on the summed excess that a grievance brings: what the plan calls its true level. */
const LEVEL_ENDS = [0.01, 0.5, 1.5, 4];

/** By grievance type and segment (the last: none): what its raising pairs add up to. */
const STRENGTH = plan.GRIEVANCE_TYPES.map((_, type) =>
  [...plan.SEGMENTS.keys(), -1].map((segment) =>
    (RAISING[type] ?? []).filter((pair) => holdsFor(pair, segment)).reduce((sum, { ratio }) => sum + ratio - 1, 0),
  ),
);

/** True level of a grievance, 1 (nothing to fear) to 5. */
export function levelOf(standing: Standing): number {
  const strengths = STRENGTH[standing.type] as readonly number[];
  const excess = (strengths.at(standing.segment) as number) * excessTimes(standing);
  let level = 1;
  for (const end of LEVEL_ENDS) if (excess > end) level++;
  return level;
}
