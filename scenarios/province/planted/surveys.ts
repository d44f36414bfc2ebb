import { type SeededRandom, seededRandom } from '../../../src/maths/seeded-random.ts';
import { Alias, normal } from './draws.ts';
import * as plan from './plan.ts';
import { beginMinute, endMinute, type PlantedWorld } from './world.ts';

/** What is asked about: the first levels of the planted grievances. */
export const SURVEY_ITEMS = [...new Set(plan.GRIEVANCE_TYPES.map(({ category }) => topicOf(category)))];
/** A score is base + the customer's own leaning − slope × index of the item + noise, rounded into 1 … 10. */
export const SATISFACTION = { base: 8.6, leaning: 0.8, slope: 0.7, noise: 1.1, within: 90, perCustomer: 0.6 };
/** A grievance counts by its level: 1 for the first, 3 for the fifth. */
export const LEVEL_WEIGHTS = [0, 1, 1.5, 2, 2.5, 3];

export interface Surveys {
  readonly customers: Uint32Array;
  readonly atMinutes: Int32Array;
  /** Index of `SURVEY_ITEMS`. */
  readonly items: Uint8Array;
  readonly scores: Uint8Array;
  /** Weighted grievances of the item in the ninety days before. */
  readonly indexes: Float64Array;
}

/** Survey answers, by customer and time. Those who have told more of an item, and worse, are less content with it. */
export function surveysOf(world: PlantedWorld): Surveys {
  const { options } = world;
  const random = seededRandom(options.seed, 'planted-surveys');
  const [begin, end] = [beginMinute(world), endMinute(world)];
  const rows: { customer: number; at: number; item: number; score: number; index: number }[] = [];
  const itemOf = new Alias(SURVEY_ITEMS.map((item) => plan.GRIEVANCE_TYPES.filter(({ category }) => topicOf(category) === item).length));
  const ends = customerEnds(world);
  for (let customer = 0; customer < options.customers; customer++) {
    const leaning = SATISFACTION.leaning * normal(random);
    for (let left = random.poisson((SATISFACTION.perCustomer * options.days) / 180); left > 0; left--) {
      const at = Math.floor(random.between(begin, end));
      const item = itemOf.draw(random);
      const index = indexOf(world, ends, customer, item, at);
      rows.push({ customer, at, item, score: scoreOf(index, leaning, random), index });
    }
  }
  rows.sort((a, b) => a.customer - b.customer || a.at - b.at);
  return {
    customers: Uint32Array.from(rows, (row) => row.customer),
    atMinutes: Int32Array.from(rows, (row) => row.at),
    items: Uint8Array.from(rows, (row) => row.item),
    scores: Uint8Array.from(rows, (row) => row.score),
    indexes: Float64Array.from(rows, (row) => row.index),
  };
}

function scoreOf(index: number, leaning: number, random: SeededRandom): number {
  const { base, slope, noise } = SATISFACTION;
  return Math.max(1, Math.min(10, Math.round(base + leaning - slope * index + noise * normal(random))));
}

function topicOf(category: string): string {
  return category.slice(0, category.indexOf('/'));
}
const ITEM_OF_TYPE = plan.GRIEVANCE_TYPES.map(({ category }) => SURVEY_ITEMS.indexOf(topicOf(category)));

/** First event of each customer, and one more: the end. */
function customerEnds({ events, options }: PlantedWorld): Uint32Array {
  const ends = new Uint32Array(options.customers + 1);
  events.customers.forEach((customer) => (ends[customer + 1] = (ends[customer + 1] as number) + 1));
  for (let i = 1; i < ends.length; i++) ends[i] = (ends[i] as number) + (ends[i - 1] as number);
  return ends;
}

function indexOf({ events }: PlantedWorld, ends: Uint32Array, customer: number, item: number, at: number): number {
  const from = at - SATISFACTION.within * 1440;
  let index = 0;
  for (let i = ends[customer] as number; i < (ends[customer + 1] as number); i++) {
    const minute = events.atMinutes[i] as number;
    if (events.kinds[i] === 0 && minute >= from && minute < at && ITEM_OF_TYPE[events.types[i] as number] === item) {
      index += LEVEL_WEIGHTS[events.levels[i] as number] ?? 0;
    }
  }
  return index;
}
