import { seededRandom } from '../../src/maths/seeded-random.ts';
import { normal } from './planted/draws.ts';
import type { Leanings } from './planted/people.ts';
import { GRIEVANCE_TYPES, SEGMENTS } from './planted/plan.ts';
import type { Land } from './regions.ts';
import type { Customer } from './world.ts';

/** How much more than others the customers of a brand speak of a service. */
const PREFERENCES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  business: { service: 1.3, mobile: 1.2, security: 1.3 },
  young: { data: 1.4, vas: 1.2, market: 1.1 },
  family: { fixed: 1.4, billing: 1.2, install: 1.3 },
};
/** Standard deviation of the logarithm over districts: one has a worse network, another a worse shop. */
const PLACE_SPREAD = 0.4;
const MOST = 3;

/** Each district has its own trouble with each service, and each segment its own preferences; both last. */
export function leaningsOf(seed: number, land: Land, customers: readonly Customer[], segmentOf: (customer: Customer) => number): Leanings {
  const random = seededRandom(seed, 'leanings');
  const services = [...new Set(GRIEVANCE_TYPES.map(({ category }) => serviceOf(category)))];
  const districts = new Map(land.districts.map(({ code }, i) => [code, i]));
  const places = land.districts.map(() => new Map(services.map((service) => [service, Math.exp(PLACE_SPREAD * normal(random))])));
  const kept = places.flatMap((place) =>
    [...SEGMENTS, ''].flatMap((segment) =>
      GRIEVANCE_TYPES.map(({ category }) => {
        const service = serviceOf(category);
        const preference = PREFERENCES[segment.split('-')[0] ?? '']?.[service] ?? 1;
        return Math.min(1, ((place.get(service) ?? 1) * preference) / MOST);
      }),
    ),
  );
  const profileOf = Uint16Array.from(customers, (customer) => {
    const segment = segmentOf(customer);
    return (districts.get(customer.district) ?? 0) * (SEGMENTS.length + 1) + (segment < 0 ? SEGMENTS.length : segment);
  });
  return { profileOf, kept: Float64Array.from(kept) };
}

function serviceOf(category: string): string {
  return category.slice(0, category.indexOf('/'));
}
