import { type SeededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { besideVoices } from './beside.ts';
import { HOURS } from './habits.ts';
import { plantedVoices } from './planted-voices.ts';
import type { Province } from './province.ts';
import { surveyVoices } from './survey-voices.ts';
import { beginOf, DAY, dayOf, type Happening, HOUR, type SourceName, type TopicWeight } from './world.ts';

/** What happens, day by day and in order of time within each day: the planted, what is said beside it, surveys and incidents. */
export function* happeningsOf(province: Province, topics: readonly TopicWeight[]): Generator<readonly Happening[]> {
  const { options } = province;
  const end = Date.parse(options.until);
  const planted = plantedVoices(province);
  const beside = besideVoices(province, topics, timeOf);
  const surveys = surveyVoices(province, topics, (day, random) => timeOf(day, 'survey', random));
  const incidents = Map.groupBy(province.ofIncidents, ({ at }) => dayOf(at));
  for (let day = beginOf(options); day < end; day += DAY) {
    const all = [...planted(day), ...beside(day), ...(surveys.get(day) ?? []), ...(incidents.get(day) ?? [])];
    yield all.filter((happening) => happening.at < end).sort((a, b) => a.at - b.at);
  }
}

const hourPicks = Object.fromEntries(Object.entries(HOURS).map(([source, hours]) => [source, weightedPick(hours)]));

export function timeOf(day: number, source: SourceName, random: SeededRandom): number {
  const hour = hourPicks[source]?.(random) ?? 12;
  return Math.floor((day + (hour + random.next()) * HOUR) / 1000) * 1000;
}
