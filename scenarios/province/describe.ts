import type { SeededRandom } from '../../src/maths/seeded-random.ts';
import { TEMPERAMENT_IDS } from '../../src/model/segment.ts';
import { productOf } from './habits.ts';
import type { Hall } from './organisation.ts';
import type { Settled } from './settled.ts';
import type { Customer, Happening, PlantedVoice, Subscription } from './world.ts';

export interface What {
  readonly at: number;
  readonly source: Happening['source'];
  readonly kind: Happening['kind'];
  readonly category: string | null;
  readonly again: boolean;
  readonly incident: string | null;
  readonly plan?: string;
  readonly hall?: string;
  readonly planted?: PlantedVoice;
  readonly asked?: NonNullable<Happening['asked']>;
}

/** Puts a customer's words at their place: subscription, region, unit and the member of staff who took them. */
export function describe(province: Settled, random: SeededRandom, customer: Customer, what: What): Happening {
  const { plan, hall, ...rest } = what;
  return {
    ...rest,
    channel: what.source,
    customer,
    temperament: TEMPERAMENT_IDS[province.souls.temperament[customer.index] ?? 0] ?? 'cooperative',
    subscription: subscriptionOf(customer, what.category, plan),
    region: regionOf(province, random, customer, what),
    ...takenBy(province, random, customer, what.source, hall),
  };
}

function subscriptionOf(customer: Customer, category: string | null, plan: string | undefined): Subscription {
  const product = category === null ? null : productOf(category);
  const fitting = customer.subscriptions.find((each) => (plan === undefined ? each.product === product : each.plan === plan));
  const chosen = fitting ?? customer.subscriptions[0];
  if (chosen === undefined) throw new Error(`customer ${customer.id} without a subscription`);
  return chosen;
}

/** Surveys often do not know where; a call about reception may name the radio cell instead of the community. */
function regionOf(province: Settled, random: SeededRandom, customer: Customer, what: What): string | null {
  if (what.source === 'survey' && random.chance(0.25)) return null;
  if (what.category?.startsWith('mobile') === true && random.chance(0.3)) {
    return random.pick(cellsOf(province).get(customer.community) ?? [customer.community]);
  }
  return customer.community;
}

function takenBy(
  province: Settled,
  random: SeededRandom,
  customer: Customer,
  source: Happening['source'],
  hall: string | undefined,
): { readonly unit: string | null; readonly agent: string | null } {
  const { organisation } = province;
  switch (source) {
    case 'hotline': {
      const team = random.pick(organisation.teams);
      return { unit: team.id, agent: random.pick(team.staff) };
    }
    case 'hall': {
      const halls = hallsOf(province);
      const place = hall === undefined ? random.pick(halls.near.get(customer.district) ?? organisation.halls) : halls.byId.get(hall);
      if (place === undefined) throw new Error(`no hall ${hall ?? ''}`);
      return { unit: place.id, agent: random.pick(place.staff) };
    }
    case 'field': {
      const team = organisation.repair.get(customer.district);
      return team === undefined ? { unit: null, agent: null } : { unit: team.id, agent: random.pick(team.staff) };
    }
    case 'app':
    case 'survey':
      return { unit: null, agent: null };
  }
}

// Looked up for every voice, so indexed once per province.
const cells = new WeakMap<Settled, ReadonlyMap<string, readonly string[]>>();
function cellsOf(province: Settled): ReadonlyMap<string, readonly string[]> {
  const known = cells.get(province) ?? new Map(province.land.places.map((place) => [place.community, place.cells]));
  cells.set(province, known);
  return known;
}

interface Halls {
  readonly near: ReadonlyMap<string, readonly Hall[]>;
  readonly byId: ReadonlyMap<string, Hall>;
}
const hallIndex = new WeakMap<Settled, Halls>();
function hallsOf(province: Settled): Halls {
  const { halls } = province.organisation;
  const known = hallIndex.get(province) ?? {
    near: Map.groupBy(halls, (hall) => hall.district),
    byId: new Map(halls.map((hall) => [hall.id, hall])),
  };
  hallIndex.set(province, known);
  return known;
}
