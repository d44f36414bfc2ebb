import type { SeededRandom } from '../../../src/maths/seeded-random.ts';
import { Alias, gamma } from './draws.ts';
import { ACTIVITY_SHAPE, GRIEVANCE_TYPES, type PlantedType, SEGMENT_SHARES, TEMPERAMENT_SHARES } from './plan.ts';
import { STRATEGIES, type Strategy } from './strategies.ts';

/** Where customers live, which rule segment they are in (index of `SEGMENTS`, −1 none) and what they hold; by customer. */
export interface Places {
  readonly regions: number;
  readonly regionOf: Uint16Array;
  readonly segmentOf: Int8Array;
  /** Bits of `HOLDS`. */
  readonly holds: Uint8Array;
  readonly leanings?: Leanings;
}
/** What people of a place and a segment grumble about more than others do: never anything that changes with time, so no pair is touched by it. */
export interface Leanings {
  /** Profile of each customer. */
  readonly profileOf: Uint16Array;
  /** Profiles × grievance types, 0 … 1 in proportion to how often they tell of it. */
  readonly kept: Float64Array;
}
export const HOLDS = { broadband: 1, mobile: 2 } as const;
export const ALL_HELD = 3;

/** What nobody sees: activity (mean 1), temperament (index of `TEMPERAMENT_IDS`) and the arm (1 treated, 0 not) of the fair experiments. */
export interface Souls {
  readonly activity: Float64Array;
  readonly temperament: Uint8Array;
  readonly arms: Readonly<Record<Strategy, Uint8Array>>;
}

/** Customers of some province, where only their number matters. */
export function placesOf(customers: number, regions: number, random: SeededRandom): Places {
  const segments = new Alias(SEGMENT_SHARES);
  return {
    regions,
    regionOf: Uint16Array.from({ length: customers }, () => random.int(regions)),
    segmentOf: Int8Array.from({ length: customers }, () => segments.draw(random)),
    holds: new Uint8Array(customers).fill(ALL_HELD),
  };
}

/** `bill-letter` is filled later: who gets it depends on what came before. */
export function soulsOf(customers: number, random: SeededRandom): Souls {
  const temperaments = new Alias(TEMPERAMENT_SHARES);
  const activity = new Float64Array(customers);
  const temperament = new Uint8Array(customers);
  const arms = Object.fromEntries(STRATEGIES.map((name) => [name, new Uint8Array(customers)])) as Souls['arms'];
  for (let customer = 0; customer < customers; customer++) {
    activity[customer] = gamma(ACTIVITY_SHAPE, random) / ACTIVITY_SHAPE;
    temperament[customer] = temperaments.draw(random);
    arms['care-call'][customer] = random.int(2);
    arms['comfort-message'][customer] = random.int(2);
  }
  return { activity, temperament, arms };
}

export function mayHave(type: PlantedType, holds: number): boolean {
  return type.needs === undefined || (holds & HOLDS[type.needs]) > 0;
}

/** Share of the grievances of a type that a customer tells, of those that the most grumbling ones would. */
export function keptShare({ leanings }: Places, customer: number, type: number): number {
  if (leanings === undefined) return 1;
  return leanings.kept[(leanings.profileOf[customer] as number) * GRIEVANCE_TYPES.length + type] as number;
}

/** Share of the customers who may speak of a type. */
export function holderShares({ holds }: Places): (type: PlantedType) => number {
  const count = (bit: number): number => holds.reduce((sum, each) => sum + ((each & bit) > 0 ? 1 : 0), 0) / Math.max(1, holds.length);
  const shares = { broadband: count(HOLDS.broadband), mobile: count(HOLDS.mobile) };
  return ({ needs }) => (needs === undefined ? 1 : shares[needs]);
}
