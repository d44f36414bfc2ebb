import type { SeededRandom } from '../../../src/maths/seeded-random.ts';
import { WEEKDAYS } from '../habits.ts';
import { DAY, dayOfMonth, weekdayOf } from '../world.ts';
import { Alias } from './draws.ts';
import { BILLING_DAYS, CONFOUNDERS, OUTAGE_DAYS, OUTAGES_EACH } from './plan.ts';

/** Share of a day's grievances and complaints per hour. */
const HOURS = [3, 2, 1, 1, 1, 2, 6, 16, 44, 72, 78, 66, 48, 50, 62, 66, 63, 55, 50, 56, 58, 46, 26, 12];
const SLOTS_PER_DAY = 24;
const MINUTES_PER_SLOT = 60;

/** When things are said: by the hour, and how much more while a confounder lasts. Times are whole minutes since the begin of the world. */
export interface Calendar {
  readonly days: number;
  readonly minutes: number;
  /** Regions × days: 1 while a region is dark. */
  readonly outages: Uint8Array;
  /** Days: 1 while bills come. */
  readonly billing: Uint8Array;
  readonly calm: Rhythm;
  /** For each confounder and region what comes on top, for a factor of 1 more; null where nothing does. */
  readonly extra: readonly (readonly (Rhythm | null)[])[];
}

/** An intensity over time in slots of an hour; the calm one sums to 1. */
export interface Rhythm {
  readonly mass: number;
  /** Sum before slot i; one more than there are slots. */
  readonly before: Float64Array;
  readonly alias: Alias;
}

export function calendarOf(begin: number, days: number, regions: number, random: SeededRandom): Calendar {
  const weights = new Float64Array(days * SLOTS_PER_DAY);
  const billing = new Uint8Array(days);
  for (let day = 0; day < days; day++) {
    billing[day] = dayOfMonth(begin + day * DAY) <= BILLING_DAYS ? 1 : 0;
    for (let hour = 0; hour < SLOTS_PER_DAY; hour++) {
      weights[day * SLOTS_PER_DAY + hour] = (WEEKDAYS[weekdayOf(begin + day * DAY)] ?? 1) * (HOURS[hour] as number);
    }
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const calm = weights.map((weight) => weight / total);
  const outages = outagesOf(days, regions, random);
  const during = (isOn: (day: number) => boolean): Rhythm | null => {
    const part = calm.map((weight, slot) => (isOn(Math.floor(slot / SLOTS_PER_DAY)) ? weight : 0));
    return part.some((weight) => weight > 0) ? rhythmOf(part) : null;
  };
  const bills = during((day) => billing[day] === 1);
  const extra = CONFOUNDERS.map(({ id }) =>
    Array.from({ length: regions }, (_, region) => (id === 'billing-day' ? bills : during((day) => outages[region * days + day] === 1))),
  );
  return { days, minutes: days * SLOTS_PER_DAY * MINUTES_PER_SLOT, outages, billing, calm: rhythmOf(calm), extra };
}

/** Four outages in 180 days, each region at its own time: one in every stretch of 45 days. */
function outagesOf(days: number, regions: number, random: SeededRandom): Uint8Array {
  const dark = new Uint8Array(regions * days);
  const count = Math.max(1, Math.round((OUTAGES_EACH * days) / 180));
  const stretch = Math.floor(days / count);
  for (let region = 0; region < regions; region++) {
    for (let i = 0; i < count; i++) {
      const first = i * stretch + random.int(Math.max(1, stretch - OUTAGE_DAYS));
      dark.fill(1, region * days + first, region * days + Math.min(days, first + OUTAGE_DAYS));
    }
  }
  return dark;
}

function rhythmOf(slots: Float64Array): Rhythm {
  const before = new Float64Array(slots.length + 1);
  slots.forEach((weight, i) => (before[i + 1] = (before[i] as number) + weight));
  return { mass: before[slots.length] as number, before, alias: new Alias(slots) };
}

export function minuteIn(rhythm: Rhythm, random: SeededRandom): number {
  return rhythm.alias.draw(random) * MINUTES_PER_SLOT + random.int(MINUTES_PER_SLOT);
}

/** The intensity summed over [0, minute). */
export function massBefore({ before }: Rhythm, minute: number): number {
  const slot = Math.floor(minute / MINUTES_PER_SLOT);
  const low = before[slot] as number;
  const high = before[slot + 1] ?? low;
  return low + ((high - low) * (minute - slot * MINUTES_PER_SLOT)) / MINUTES_PER_SLOT;
}

/** The first minute before which the intensity sums to at least `mass`. */
export function minuteOfMass({ before }: Rhythm, mass: number): number {
  let [low, high] = [0, before.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((before[middle] as number) <= mass) low = middle;
    else high = middle;
  }
  const width = (before[high] as number) - (before[low] as number);
  return Math.floor((low + (width > 0 ? (mass - (before[low] as number)) / width : 0)) * MINUTES_PER_SLOT);
}
