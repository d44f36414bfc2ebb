import { type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import { PLANS } from './customers.ts';
import type { Organisation } from './organisation.ts';
import type { Land } from './regions.ts';
import { beginOf, type Customer, DAY, dayOf, HOUR, type Incident, INCIDENT_KINDS, type IncidentKind, type WorldOptions } from './world.ts';

/** Category of most voices of an incident, how many there are, and how many hours it lasts. */
export const INCIDENT_SHAPES: Readonly<
  Record<
    IncidentKind,
    { category: string; dimension: Incident['entity']['dimension']; voices: readonly [number, number]; hours: readonly [number, number] }
  >
> = {
  'broadband-outage': { category: 'fixed/broadband/outage', dimension: 'community', voices: [32, 64], hours: [5, 12] },
  'billing-fault': { category: 'billing/charge/wrong', dimension: 'plan', voices: [110, 190], hours: [40, 72] },
  'hidden-threshold': { category: 'market/campaign/hidden-threshold', dimension: 'city', voices: [190, 300], hours: [80, 130] },
  'unaware-subscription': { category: 'vas/unaware/subscribed', dimension: 'plan', voices: [90, 150], hours: [40, 72] },
  'realname-queue': { category: 'realname/register/queue', dimension: 'unit', voices: [38, 64], hours: [9, 33] },
};

/**
 * Ten in six months, every kind in turn. Two of them are still going on when the world ends,
 * so that whoever opens the sample sees something burn.
 */
export function incidentsOf(
  options: WorldOptions,
  land: Land,
  organisation: Organisation,
  customers: readonly Customer[],
): readonly Incident[] {
  if (!options.incidents) return [];
  const random = seededRandom(options.seed, 'incidents');
  const [begin, end] = [beginOf(options), Date.parse(options.until)];
  const count = Math.max(4, Math.round((options.months * 10) / 6));
  const entity = entityChooser(land, organisation, customers, random);
  const kinds = shuffled(INCIDENT_KINDS, random);
  const past = Array.from({ length: count - 2 }, (_, i) => {
    const kind = kinds[i % kinds.length] as IncidentKind;
    const share = (i + random.between(0.1, 0.9)) / (count - 2);
    return { kind, from: startOf(kind, begin + 2 * DAY + share * Math.max(DAY, end - begin - 10 * DAY), random), before: null };
  });
  const present = [
    { kind: 'billing-fault' as const, from: end - 2.5 * DAY, before: end },
    { kind: 'broadband-outage' as const, from: end - 9 * HOUR, before: end },
  ];
  return [...past, ...present].map(({ kind, from, before }, i) => {
    const shape = INCIDENT_SHAPES[kind];
    const chosen = entity(kind);
    const lasts = random.between(...shape.hours) * HOUR;
    return {
      id: `incident-${String(i + 1).padStart(2, '0')}`,
      kind,
      entity: { dimension: shape.dimension, value: chosen.value },
      category: shape.category,
      from,
      before: before ?? Math.min(end, from + (kind === 'realname-queue' ? hallHours(lasts) : lasts)),
      size: Math.round(Math.max(16, Math.min(random.between(...shape.voices), chosen.customers * 0.6))),
    };
  });
}

/** A queue begins when the doors open; everything else begins by day, when somebody is there to notice. */
function startOf(kind: IncidentKind, about: number, random: SeededRandom): number {
  return Math.round(dayOf(about) + (kind === 'realname-queue' ? 9 : random.between(8, 17)) * HOUR);
}

/** From nine in the morning to six in the evening of the same or the next day. */
function hallHours(lasts: number): number {
  return lasts < 21 * HOUR ? 9 * HOUR : 33 * HOUR;
}

type Chooser = (kind: IncidentKind) => { readonly value: string; readonly customers: number };

/** No entity twice while there are others: two incidents on one entity would be hard to tell apart. */
function entityChooser(land: Land, organisation: Organisation, customers: readonly Customer[], random: SeededRandom): Chooser {
  const inCommunity = countBy(customers, (customer) => [customer.community]);
  const onPlan = countBy(customers, (customer) => customer.subscriptions.map((each) => each.plan));
  const lively = land.places.filter((place) => (inCommunity.get(place.community) ?? 0) >= 25);
  const pools = {
    community: shuffled(
      (lively.length > 0 ? lively : land.places).map((place) => place.community),
      random,
    ),
    plan: shuffled(
      PLANS.filter((plan) => plan.share >= 6).map((plan) => plan.plan),
      random,
    ),
    city: shuffled(
      land.cities.map((city) => city.code),
      random,
    ),
    unit: shuffled(
      organisation.halls.map((hall) => hall.id),
      random,
    ),
  };
  const used = { community: 0, plan: 0, city: 0, unit: 0 };
  return (kind) => {
    const { dimension } = INCIDENT_SHAPES[kind];
    const pool = pools[dimension];
    const value = pool[used[dimension]++ % pool.length] as string;
    const size = dimension === 'community' ? inCommunity.get(value) : dimension === 'plan' ? onPlan.get(value) : undefined;
    return { value, customers: size ?? customers.length };
  };
}

function countBy(customers: readonly Customer[], keysOf: (customer: Customer) => readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const customer of customers) for (const key of keysOf(customer)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function shuffled<T>(list: readonly T[], random: SeededRandom): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
