import { seededRandom } from '../../src/maths/seeded-random.ts';
import { type RuleSegment, ruleSegmentOf } from '../../src/model/segment.ts';
import { customersOf } from './customers.ts';
import { incidentHappenings } from './incident-voices.ts';
import { incidentsOf } from './incidents.ts';
import { leaningsOf } from './leanings.ts';
import { organisationOf } from './organisation.ts';
import { HOLDS, type Places, soulsOf } from './planted/people.ts';
import { SEGMENTS } from './planted/plan.ts';
import { grievanceIndex } from './planted/rates.ts';
import { plantedEvents, type PlantedWorld } from './planted/world.ts';
import { type Land, landOf } from './regions.ts';
import type { Settled } from './settled.ts';
import { beginOf, type Customer, DAY, dayOf, type Happening, MINUTE, type WorldOptions } from './world.ts';

export interface Province extends Settled {
  readonly ofIncidents: readonly Happening[];
  readonly planted: PlantedWorld;
}

/** Grievances and complaints of the planted types; the others are of the other leaves of the pack. */
export const PLANTED_SHARE = 0.95;

/** Everything of a world but its words. Same options, same province. */
export function provinceOf(options: WorldOptions): Province {
  const land = landOf(options);
  const organisation = organisationOf(land);
  const customers = customersOf(options, land);
  const souls = soulsOf(customers.length, seededRandom(options.seed, 'souls'));
  const settled = { options, land, organisation, customers, souls, incidents: incidentsOf(options, land, organisation, customers) };
  const ofIncidents = incidentHappenings(settled);
  return { ...settled, ofIncidents, planted: plantedOf(settled, ofIncidents) };
}

function plantedOf({ options, customers, souls, land }: Settled, ofIncidents: readonly Happening[]): PlantedWorld {
  const begin = beginOf(options);
  const elsewhere = Map.groupBy(
    ofIncidents.flatMap(({ kind, category, customer, at }) => {
      const type = kind === 'complaint' ? -1 : grievanceIndex(category ?? '');
      return type < 0 ? [] : [{ customer: customer.index, minute: Math.floor((at - begin) / MINUTE), type }];
    }),
    ({ customer }) => customer,
  );
  return plantedEvents({
    seed: options.seed,
    customers: customers.length,
    days: Math.round((dayOf(Date.parse(options.until)) - begin) / DAY) + 1,
    begin,
    places: { ...placesOf(customers, land), leanings: leaningsOf(options.seed, land, customers, segmentOf) },
    souls,
    share: PLANTED_SHARE,
    elsewhere,
  });
}

/** The rule segments of `packs/telecom-zh`, on the province's own brands and values; a test compares them. */
export const PROVINCE_SEGMENTS: readonly Pick<RuleSegment, 'brands' | 'tiers'>[] = [['商务'], ['畅想', '校园'], ['家享', '孝心']].flatMap(
  (brands) => [
    { brands, tiers: ['金卡', '钻石'] },
    { brands, tiers: ['普通', '银卡'] },
  ],
);
const RULES: readonly RuleSegment[] = SEGMENTS.map((id, i) => ({
  id,
  names: { zh: id, en: id },
  brands: PROVINCE_SEGMENTS[i]?.brands ?? [],
  tiers: PROVINCE_SEGMENTS[i]?.tiers ?? [],
}));

export function segmentOf(customer: Customer): number {
  const id = ruleSegmentOf(RULES, customer);
  return SEGMENTS.findIndex((segment) => segment === id);
}

/** The planted regions are the five cities. */
function placesOf(customers: readonly Customer[], land: Land): Places {
  const cities = new Map(land.cities.map((city, i) => [city.code, i]));
  const holds = (customer: Customer, product: string, bit: number): number =>
    customer.subscriptions.some((each) => each.product === product) ? bit : 0;
  return {
    regions: land.cities.length,
    regionOf: Uint16Array.from(customers, ({ city }) => cities.get(city) ?? 0),
    segmentOf: Int8Array.from(customers, segmentOf),
    holds: Uint8Array.from(customers, (one) => holds(one, '宽带', HOLDS.broadband) | holds(one, '移动电话', HOLDS.mobile)),
  };
}
