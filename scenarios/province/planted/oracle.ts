import { massBefore } from './calendar.ts';
import { beatsOf, WINDOW_MINUTES } from './life.ts';
import * as plan from './plan.ts';
import { beginMinute, type PlantedWorld } from './world.ts';

export interface OracleRatio {
  readonly ratio: number;
  readonly logRatio: number;
  readonly error: number;
  /** Complaints in the windows. */
  readonly inside: number;
}

/**
 * The plainest within-customer Mantel–Haenszel ratio of every pair (grievance type × complaint types + complaint type), with the calendar that the
 * world was made by. Greenland and Robins (1985) give the error. For tests: it knows what no product can know.
 */
export function oracleRatios(world: PlantedWorld, isCounted: (customer: number) => boolean = () => true): readonly OracleRatio[] {
  const [types, kinds] = [plan.GRIEVANCE_TYPES.length, plan.COMPLAINT_TYPES.length];
  const sums = { r: new Float64Array(types * kinds), s: new Float64Array(types * kinds), v: new Float64Array(types * kinds) };
  const inside = new Float64Array(types * kinds);
  const { customers } = world.events;
  for (let first = 0; first < customers.length;) {
    let after = first;
    while (after < customers.length && customers[after] === customers[first]) after++;
    if (isCounted(customers[first] as number)) addCustomer(world, first, after, sums, inside);
    first = after;
  }
  return Array.from(sums.r, (r, i) => {
    const s = sums.s[i] as number;
    return { ratio: r / s, logRatio: Math.log(r / s), error: Math.sqrt((sums.v[i] as number) / (r * s)), inside: inside[i] as number };
  });
}

function addCustomer(
  world: PlantedWorld,
  first: number,
  after: number,
  sums: { readonly r: Float64Array; readonly s: Float64Array; readonly v: Float64Array },
  insideOf: Float64Array,
): void {
  const { events, places, calendar } = world;
  const begin = beginMinute(world);
  const told = new Map<number, number[]>();
  const complained = new Map<number, number[]>();
  for (let i = first; i < after; i++) {
    const into = events.kinds[i] === 0 ? told : complained;
    const type = events.types[i] as number;
    const minute = (events.atMinutes[i] as number) - begin;
    into.set(type, [...(into.get(type) ?? []), minute]);
  }
  const region = places.regionOf[events.customers[first] as number] as number;
  for (const [k, minutes] of complained) {
    const beats = beatsOf(calendar, k, region);
    const massOf = (from: number, before: number): number =>
      beats.reduce((sum, { rhythm, times }) => sum + times * (massBefore(rhythm, before) - massBefore(rhythm, from)), 0);
    const whole = massOf(0, calendar.minutes);
    for (const [g, grievances] of told) {
      let exposed = 0;
      grievances.forEach((from, i) => {
        exposed += massOf(from, Math.min(from + WINDOW_MINUTES, calendar.minutes, grievances[i + 1] ?? Infinity));
      });
      const a = minutes.filter((at) => grievances.some((from) => at >= from && at < from + WINDOW_MINUTES)).length;
      const i = g * plan.COMPLAINT_TYPES.length + k;
      const [open, n] = [whole - exposed, minutes.length];
      sums.r[i] = (sums.r[i] as number) + (a * open) / whole;
      sums.s[i] = (sums.s[i] as number) + ((n - a) * exposed) / whole;
      sums.v[i] = (sums.v[i] as number) + (n * exposed * open) / whole ** 2;
      insideOf[i] = (insideOf[i] as number) + a;
    }
  }
}
