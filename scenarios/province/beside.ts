import { pickFrom, type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { TEMPERAMENT_IDS, type TemperamentId } from '../../src/model/segment.ts';
import type { VoiceKind } from '../../src/model/voice.ts';
import { describe } from './describe.ts';
import { productOf, sourceMixOf, WEEKDAYS } from './habits.ts';
import { COMPLAINTS_EACH, GRIEVANCES_EACH, GRIEVANCE_TYPES } from './planted/plan.ts';
import { PLANTED_SHARE, type Province } from './province.ts';
import { type Customer, type Happening, type SourceName, weekdayOf, type TopicWeight } from './world.ts';

type Beside = 'consultation' | 'suggestion' | 'praise' | 'grievance' | 'complaint';

/** Per customer in 180 days. Grievances and complaints here are of leaves that are not planted. */
const RATES: Readonly<Record<Beside, number>> = {
  consultation: 0.62,
  suggestion: 0.16,
  praise: 0.16,
  grievance: GRIEVANCES_EACH * (1 - PLANTED_SHARE),
  complaint: COMPLAINTS_EACH * (1 - PLANTED_SHARE),
};
const KINDS = Object.keys(RATES) as readonly Beside[];
const SOURCES: Readonly<Record<Beside, readonly SourceName[]>> = {
  consultation: ['hotline', 'hall'],
  suggestion: ['hotline', 'app'],
  praise: ['hotline', 'app'],
  grievance: ['hotline', 'app', 'hall', 'field'],
  complaint: ['hotline', 'app', 'hall'],
};
/** How much more or less of each kind somebody says than others do: what a temperament can be known by. */
const MANNERS: Readonly<Record<TemperamentId, Readonly<Partial<Record<Beside, number>>>>> = {
  impatient: { praise: 0.2, consultation: 0.6 },
  'price-sensitive': { consultation: 1.9, praise: 0.7 },
  cooperative: { consultation: 1.1, praise: 1.4, suggestion: 0.9 },
  assertive: { suggestion: 3, praise: 0.5 },
  tolerant: { praise: 2.2, suggestion: 0.5, consultation: 0.7 },
};
/** What those ask about who look at prices, in two cases of three. */
const MONEY = /^(billing|data|market\/(campaign|contract|plan))/;
const ASKS_ABOUT_MONEY = 0.65;

/** Everything that is said beside the planted grievances and complaints: questions, suggestions, praise, and other leaves. */
export function besideVoices(
  province: Province,
  topics: readonly TopicWeight[],
  timeOf: (day: number, source: SourceName, random: SeededRandom) => number,
): (day: number) => readonly Happening[] {
  const { options, customers } = province;
  const random = seededRandom(options.seed, 'everyday');
  const speakers = new Map(KINDS.map((kind) => [kind, weightedPick(speakerWeights(province, kind))]));
  const planted = new Set(GRIEVANCE_TYPES.map(({ category }) => category));
  const any = drawing(topics);
  const others = drawing(topics.filter(({ category }) => !planted.has(category)));
  const money = drawing(topics.filter(({ category }) => MONEY.test(category)));
  return (day) => {
    const busy = (WEEKDAYS[weekdayOf(day)] ?? 1) * random.between(0.93, 1.07);
    return KINDS.flatMap((kind) =>
      Array.from({ length: random.poisson((customers.length * RATES[kind] * busy) / 180) }, () => {
        const customer = customers[speakers.get(kind)?.(random) ?? 0];
        if (customer === undefined) throw new Error('a province without customers');
        const temperament = TEMPERAMENT_IDS[province.souls.temperament[customer.index] ?? 0];
        const aboutMoney = kind === 'consultation' && temperament === 'price-sensitive' && random.chance(ASKS_ABOUT_MONEY);
        const draw = kind === 'grievance' || kind === 'complaint' ? others : aboutMoney ? money : any;
        const category = kind === 'praise' ? null : fittingTopic(draw, customer, random);
        const source = sourceOf(kind, category, random);
        const spoken: VoiceKind = source === 'field' ? 'fault' : kind;
        return describe(province, random, customer, {
          at: timeOf(day, source, random),
          source,
          kind: spoken,
          category,
          again: false,
          incident: null,
        });
      }),
    );
  };
}

function drawing(topics: readonly TopicWeight[]): (random: SeededRandom) => string {
  const pick = weightedPick(topics.map(({ weight }) => weight));
  return (random) => topics[pick(random)]?.category ?? '';
}

/** Something that the customer holds, where eight draws find it. */
function fittingTopic(draw: (random: SeededRandom) => string, customer: Customer, random: SeededRandom): string {
  let category = draw(random);
  for (let tries = 0; tries < 8; tries++) {
    const product = productOf(category);
    if (product === null || customer.subscriptions.some((each) => each.product === product)) break;
    category = draw(random);
  }
  return category;
}

function sourceOf(kind: Beside, category: string | null, random: SeededRandom): SourceName {
  const mix = sourceMixOf(category ?? '').filter(([source]) => SOURCES[kind].includes(source));
  return pickFrom(mix, random);
}

/** Who says much of the planted kinds says much beside. */
function speakerWeights({ souls }: Province, kind: Beside): readonly number[] {
  return Array.from(souls.activity, (activity, i) => {
    const temperament = TEMPERAMENT_IDS[souls.temperament[i] ?? 0];
    return Math.min(14, 0.2 + 0.8 * activity) * ((temperament && MANNERS[temperament][kind]) ?? 1);
  });
}
