import { pickFrom, type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import { describe } from './describe.ts';
import { HOURS } from './habits.ts';
import type { Settled } from './settled.ts';
import { type Customer, dayOf, type Happening, HOUR, type Incident, type IncidentKind, type SourceName } from './world.ts';

type Mix<T extends string> = readonly (readonly [T, number])[];

/** An incident is not one topic only: an outage also darkens televisions, a queue also makes people speak of the queue itself. */
export const INCIDENT_TOPICS: Readonly<Record<IncidentKind, Mix<string>>> = {
  'broadband-outage': [
    ['fixed/broadband/outage', 82],
    ['fixed/iptv/no-picture', 8],
    ['fixed/broadband/drops', 5],
    ['fixed/repair/late', 5],
  ],
  'billing-fault': [
    ['billing/charge/wrong', 88],
    ['billing/charge/duplicate', 12],
  ],
  'hidden-threshold': [
    ['market/campaign/hidden-threshold', 86],
    ['market/campaign/false-claims', 14],
  ],
  'unaware-subscription': [
    ['vas/unaware/subscribed', 94],
    ['vas/refund/refused', 6],
  ],
  'realname-queue': [
    ['realname/register/queue', 80],
    ['realname/register/failed', 12],
    ['service/hall/queue', 8],
  ],
};

const SOURCES: Readonly<Record<IncidentKind, Mix<SourceName>>> = {
  'broadband-outage': [
    ['hotline', 66],
    ['app', 24],
    ['field', 10],
  ],
  'billing-fault': [
    ['hotline', 60],
    ['app', 30],
    ['hall', 10],
  ],
  'hidden-threshold': [
    ['hotline', 50],
    ['app', 34],
    ['hall', 16],
  ],
  'unaware-subscription': [
    ['hotline', 62],
    ['app', 32],
    ['hall', 6],
  ],
  'realname-queue': [['hall', 100]],
};

export function incidentHappenings(province: Settled): readonly Happening[] {
  const random = seededRandom(province.options.seed, 'incident-voices');
  return province.incidents.flatMap((incident) => voicesOf(incident, province, random));
}

/** Nobody complains of an incident whom it has made grumble before: only the pairs of the plan lead from one to the other. */
function voicesOf(incident: Incident, province: Settled, random: SeededRandom): readonly Happening[] {
  const affected = shuffled(affectedBy(incident, province), random);
  const hall = incident.entity.dimension === 'unit' ? { hall: incident.entity.value } : {};
  const plan = incident.entity.dimension === 'plan' ? { plan: incident.entity.value } : {};
  return Array.from({ length: incident.size }, (_, i) => {
    const source = pickFrom(SOURCES[incident.kind], random);
    const complains = random.chance(0.3) && i < affected.length;
    const kind = incident.kind === 'broadband-outage' && source !== 'app' ? 'fault' : complains ? 'complaint' : 'grievance';
    const what = {
      at: timeWithin(incident, source, random),
      source,
      kind,
      category: pickFrom(INCIDENT_TOPICS[incident.kind], random),
    } as const;
    const customer = affected[i % affected.length] as Customer;
    return describe(province, random, customer, { ...what, again: false, incident: incident.id, ...hall, ...plan });
  });
}

function affectedBy(incident: Incident, province: Settled): readonly Customer[] {
  const { dimension, value } = incident.entity;
  const chosen = province.customers.filter((customer) => {
    if (dimension === 'community') return customer.community === value;
    if (dimension === 'city') return customer.city === value;
    if (dimension === 'plan') return customer.subscriptions.some((each) => each.plan === value);
    return value.includes(customer.district);
  });
  const hit =
    dimension === 'community' ? chosen.filter((customer) => customer.subscriptions.some((each) => each.product === '宽带')) : chosen;
  return [hit, chosen, province.customers].find((list) => list.length >= 10) ?? province.customers;
}

function shuffled<T>(list: readonly T[], random: SeededRandom): readonly T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

/** More at the beginning than at the end, and when people are up; an outage is told at night as well. */
function timeWithin(incident: Incident, source: SourceName, random: SeededRandom): number {
  const still = incident.before >= incident.from + 9 * HOUR && incident.kind === 'broadband-outage';
  const hours = HOURS[source];
  const busiest = Math.max(...hours);
  let at = incident.from;
  for (let attempt = 0; attempt < 40; attempt++) {
    at = incident.from + (incident.before - incident.from - 1000) * random.next() ** (still ? 0.9 : 1.25);
    const hour = Math.floor((at - dayOf(at)) / HOUR);
    const floor = incident.kind === 'broadband-outage' ? 0.25 : 0;
    if (random.next() < Math.max(floor, (hours[hour] ?? 0) / busiest)) break;
  }
  return Math.floor(at / 1000) * 1000;
}
