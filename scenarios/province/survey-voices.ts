import { type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { describe } from './describe.ts';
import { surveysOf, SURVEY_ITEMS } from './planted/surveys.ts';
import type { Province } from './province.ts';
import { dayOf, type Happening, MINUTE, type TopicWeight } from './world.ts';

/** From this score on, three in five have nothing to say; below, everybody names a cause. */
const CONTENT_FROM = 8;
const CONTENT_SAYS_NOTHING = 0.6;

/** The planted surveys as voices: what was asked about, the score, and a cause under it. */
export function surveyVoices(
  province: Province,
  topics: readonly TopicWeight[],
  timeOf: (day: number, random: SeededRandom) => number,
): ReadonlyMap<number, readonly Happening[]> {
  const random = seededRandom(province.options.seed, 'surveys');
  const causes = SURVEY_ITEMS.map((item) => {
    const list = topics.filter(({ category }) => category.startsWith(`${item}/`));
    return { list, pick: weightedPick(list.map(({ weight }) => weight)) };
  });
  const surveys = surveysOf(province.planted);
  const voices = Array.from(surveys.customers, (index, i) => {
    const customer = province.customers[index];
    if (customer === undefined) throw new Error('a survey of nobody');
    const [item, score] = [surveys.items[i] as number, surveys.scores[i] as number];
    const isSilent = score >= CONTENT_FROM && random.chance(CONTENT_SAYS_NOTHING);
    const cause = causes[item];
    return describe(province, random, customer, {
      at: timeOf(dayOf((surveys.atMinutes[i] as number) * MINUTE), random),
      source: 'survey',
      kind: 'survey',
      category: isSilent || cause === undefined ? null : (cause.list[cause.pick(random)]?.category ?? null),
      again: false,
      incident: null,
      asked: { item: SURVEY_ITEMS[item] ?? '', score },
    });
  });
  return Map.groupBy(voices, ({ at }) => dayOf(at));
}
