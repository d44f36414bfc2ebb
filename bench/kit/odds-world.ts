import { COMPLAINT_TYPES, DURATIONS, GRIEVANCE_TYPES, SEGMENTS } from '../../scenarios/province/planted/plan.ts';
import { has } from '../../scenarios/province/planted/excess.ts';
import type { PlantedWorld } from '../../scenarios/province/planted/world.ts';
import { DAY, type MomentLog, type Subject } from '../../src/predict/models/moment-log.ts';

/** The province lies eight hours east. */
const ZONE = 480;

/** A planted world as the product records it: an entry an event, its number in place of the voice's id. */
export function momentLogOf({ events, places, begin, options }: PlantedWorld): MomentLog {
  const category = [...new Set([...GRIEVANCE_TYPES, ...COMPLAINT_TYPES].map((type) => type.category))];
  const [grieved, complained] = [GRIEVANCE_TYPES, COMPLAINT_TYPES].map((types) => types.map((type) => category.indexOf(type.category)));
  const size = events.customers.length;
  const starts: number[] = [];
  const customers: Subject[] = [];
  events.customers.forEach((customer, i) => {
    if (i > 0 && events.customers[i - 1] === customer) return;
    starts.push(i);
    const segment = SEGMENTS[places.segmentOf[customer] ?? -1] ?? null;
    const [brand = null, valueTier = null] = segment?.split('-') ?? [];
    customers.push({ brand, valueTier, segment, tenureMonths: null, ageBand: null });
  });
  const isGrievance = (i: number): boolean => events.kinds[i] === 0;
  const from = begin / 60_000 + ZONE;
  return {
    starts: Uint32Array.from([...starts, size]),
    minutes: events.atMinutes.map((at) => at + ZONE),
    kinds: events.kinds,
    categories: Int32Array.from(events.types, (type, i) => (isGrievance(i) ? grieved : complained)?.[type] ?? -1),
    channels: new Int32Array(size).fill(-1),
    feelings: new Int32Array(size).fill(-1),
    lasted: Float32Array.from(events.durations, (place, i) => (isGrievance(i) ? (DURATIONS[place]?.days ?? NaN) : NaN)),
    solved: Int8Array.from(events.actions, (actions, i) => (isGrievance(i) ? (has(actions, 'solve-now') ? 1 : 0) : -1)),
    regions: Int32Array.from(events.customers, (customer) => places.regionOf[customer] ?? -1),
    voices: Float64Array.from(events.customers, (_, i) => i),
    names: { category, channel: [], feeling: [], region: Array.from({ length: places.regions }, (_, region) => String(region)) },
    customers,
    begin: from,
    end: from + options.days * DAY,
  };
}
