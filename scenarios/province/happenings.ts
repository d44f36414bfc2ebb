import { pickFrom, type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { HOURS, kindMixOf, productOf, sourceMixOf, WEEKDAYS } from './habits.ts';
import { incidentHappenings } from './incident-voices.ts';
import { describe } from './describe.ts';
import type { Province } from './province.ts';
import { beginOf, type Customer, DAY, dayOf, dayOfMonth, type Happening, HOUR, type SourceName, weekdayOf } from './world.ts';

/** Voices per customer and month before second tries and incidents. */
const RATE = 1.25;
const DAYS_PER_MONTH = 30.4375;
/** Of those who grumble, how many come back with a complaint within days. */
const ESCALATES = 0.08;
/** 没意见, 很好, 谢谢: nothing that belongs under a cause. */
const SAYS_NOTHING = 0.025;

export interface TopicWeight {
  readonly category: string;
  readonly weight: number;
}

/** What happens, day by day and in order of time within each day. One day in memory at a time. */
export function* happeningsOf(province: Province, topics: readonly TopicWeight[]): Generator<readonly Happening[]> {
  const { options } = province;
  const end = Date.parse(options.until);
  const base = baseVoices(province, topics);
  const planned = byDay(incidentHappenings(province));
  const returning = new Map<number, Happening[]>();
  const random = seededRandom(options.seed, 'returning');
  for (let day = beginOf(options); day < end; day += DAY) {
    const fresh = base(day);
    for (const happening of fresh) {
      if (happening.kind !== 'grievance' && happening.kind !== 'fault') continue;
      if (random.chance(ESCALATES)) comeBack(happening, province, random, returning);
    }
    const all = [...fresh, ...(planned.get(day) ?? []), ...(returning.get(day) ?? [])];
    returning.delete(day);
    yield all.filter((happening) => happening.at < end).sort((a, b) => a.at - b.at);
  }
}

function byDay(happenings: readonly Happening[]): ReadonlyMap<number, readonly Happening[]> {
  return Map.groupBy(happenings, (happening) => dayOf(happening.at));
}

/** A grievance that nobody heard becomes a complaint one to four days later. */
function comeBack(before: Happening, province: Province, random: SeededRandom, returning: Map<number, Happening[]>): void {
  const source = random.chance(0.75) ? 'hotline' : 'app';
  const day = dayOf(before.at) + (1 + random.int(4)) * DAY;
  const what = {
    at: timeOf(day, source, random),
    source,
    kind: 'complaint',
    category: before.category,
    again: true,
    incident: null,
  } as const;
  const happening = describe(province, random, before.customer, what);
  const list = returning.get(day);
  if (list === undefined) returning.set(day, [happening]);
  else list.push(happening);
}

const hourPicks = Object.fromEntries(Object.entries(HOURS).map(([source, hours]) => [source, weightedPick(hours)]));

export function timeOf(day: number, source: SourceName, random: SeededRandom): number {
  const hour = hourPicks[source]?.(random) ?? 12;
  return Math.floor((day + (hour + random.next()) * HOUR) / 1000) * 1000;
}

/** The everyday: topics in fixed shares, a little more about bills after the first of a month, few customers saying much. */
function baseVoices(province: Province, topics: readonly TopicWeight[]): (day: number) => Happening[] {
  const { options, customers } = province;
  const random = seededRandom(options.seed, 'everyday');
  const who = speakers(customers, random);
  const topicOf = weightedPick(topics.map((topic) => topic.weight));
  const billTopicOf = weightedPick(topics.map(({ category, weight }) => (/^(billing|data)/.test(category) ? weight * 1.3 : weight)));
  const mixes = new Map(topics.map(({ category }) => [category, sourcePick(category)]));
  return (day) => {
    const mean = ((customers.length * RATE) / DAYS_PER_MONTH) * (WEEKDAYS[weekdayOf(day)] ?? 1) * random.between(0.93, 1.07);
    const topic = dayOfMonth(day) <= 5 ? billTopicOf : topicOf;
    return Array.from({ length: random.poisson(mean) }, () => {
      if (random.chance(SAYS_NOTHING)) return saysNothing(province, day, who(null, random), random);
      const category = topics[topic(random)]?.category ?? '';
      const source = mixes.get(category)?.(random) ?? 'hotline';
      const customer = who(productOf(category), random);
      const kind = pickFrom(kindMixOf(source, category), random);
      return describe(province, random, customer, {
        at: timeOf(day, source, random),
        source,
        kind,
        category,
        again: false,
        incident: null,
      });
    });
  };
}

function saysNothing(province: Province, day: number, customer: Customer, random: SeededRandom): Happening {
  const source: SourceName = random.chance(0.7) ? 'survey' : random.chance(0.5) ? 'app' : 'hotline';
  const kind = source === 'survey' ? 'survey' : 'praise';
  return describe(province, random, customer, {
    at: timeOf(day, source, random),
    source,
    kind,
    category: null,
    again: false,
    incident: null,
  });
}

function sourcePick(category: string): (random: SeededRandom) => SourceName {
  const mix = sourceMixOf(category);
  return (random) => pickFrom(mix, random);
}

/** Pareto-like: one customer in a hundred says ten times as much as the usual one. */
function speakers(customers: readonly Customer[], random: SeededRandom): (product: string | null, random: SeededRandom) => Customer {
  const weights = customers.map(() => Math.min(14, (1 - random.next()) ** -0.6));
  const anyone = weightedPick(weights);
  const holders = new Map<string, { readonly list: readonly Customer[]; readonly pick: (random: SeededRandom) => number }>();
  const products = new Set(customers.flatMap((customer) => customer.subscriptions.map((each) => each.product)));
  for (const product of products) {
    const chosen = customers
      .map((customer, i) => ({ customer, i }))
      .filter((each) => each.customer.subscriptions.some((s) => s.product === product));
    holders.set(product, { list: chosen.map((each) => each.customer), pick: weightedPick(chosen.map((each) => weights[each.i] ?? 1)) });
  }
  return (product, draw) => {
    const holder = product === null ? undefined : holders.get(product);
    const customer = holder === undefined ? customers[anyone(draw)] : holder.list[holder.pick(draw)];
    if (customer === undefined) throw new Error('a province without customers');
    return customer;
  };
}
