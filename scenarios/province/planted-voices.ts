import { type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import type { VoiceKind } from '../../src/model/voice.ts';
import { describe } from './describe.ts';
import { HOURS, sourceMixOf } from './habits.ts';
import { has } from './planted/excess.ts';
import { COMPLAINT_TYPES, DURATIONS, GRIEVANCE_TYPES } from './planted/plan.ts';
import { SAME_CATEGORY } from './planted/rates.ts';
import type { Province } from './province.ts';
import { DAY, type Happening, MINUTE, type PlantedVoice, type SourceName } from './world.ts';

const AGAIN_MINUTES = 7 * 1440;
/** Of those who ring about a network, how many are entered as a fault. */
const ENTERED_AS_FAULT = 0.2;

/** The planted grievances and complaints as voices, a day at a time. Events keep their minute; the hour says where they can have been said. */
export function plantedVoices(province: Province): (day: number) => readonly Happening[] {
  const { events, begin, calendar } = province.planted;
  const random = seededRandom(province.options.seed, 'planted-voices');
  const byDay = daysOf(events.atMinutes, begin / MINUTE, calendar.days);
  const again = comesBack(province);
  const sourceOf = sourcesByHour();
  return (day) => {
    const chosen = byDay[Math.round((day - begin) / DAY)] ?? new Uint32Array();
    return Array.from(chosen, (event) => {
      const at = (events.atMinutes[event] as number) * MINUTE + random.int(60) * 1000;
      const isComplaint = events.kinds[event] === 1;
      const types = isComplaint ? COMPLAINT_TYPES : GRIEVANCE_TYPES;
      const category = types[events.types[event] as number]?.category ?? '';
      const source = sourceOf(category, isComplaint, Math.floor((at - day) / (60 * MINUTE)), random);
      const customer = province.customers[events.customers[event] as number];
      if (customer === undefined) throw new Error('a planted event of nobody');
      return describe(province, random, customer, {
        at,
        source,
        kind: isComplaint ? 'complaint' : kindOf(source, category, random),
        category,
        again: again[event] === 1,
        incident: null,
        planted: detailOf(province, event, isComplaint),
      });
    });
  };
}

function detailOf({ planted }: Province, event: number, isComplaint: boolean): PlantedVoice {
  if (isComplaint) return { event };
  const { durations, actions, levels } = planted.events;
  const days = DURATIONS[durations[event] as number]?.days ?? 0;
  return { event, grievance: { days, solved: has(actions[event] as number, 'solve-now'), level: levels[event] as number } };
}

/** The field service writes faults only. */
function kindOf(source: SourceName, category: string, random: SeededRandom): VoiceKind {
  const network = category.startsWith('fixed') || category.startsWith('mobile');
  return source === 'field' || (source === 'hotline' && network && random.chance(ENTERED_AS_FAULT)) ? 'fault' : 'grievance';
}

/** Events of each day in order of time. */
function daysOf(atMinutes: Int32Array, beginMinute: number, days: number): readonly Uint32Array[] {
  const dayOfEvent = (i: number): number => Math.floor(((atMinutes[i] as number) - beginMinute) / 1440);
  const counts = new Uint32Array(days);
  for (let i = 0; i < atMinutes.length; i++) counts[dayOfEvent(i)] = (counts[dayOfEvent(i)] as number) + 1;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(days);
  for (let i = 0; i < atMinutes.length; i++) {
    const day = dayOfEvent(i);
    (lists[day] as Uint32Array)[filled[day] as number] = i;
    filled[day] = (filled[day] as number) + 1;
  }
  for (const list of lists) list.sort((a, b) => (atMinutes[a] as number) - (atMinutes[b] as number) || a - b);
  return lists;
}

/** 1 for complaints within seven days of a grievance of the same category by the same customer. */
function comesBack({ planted }: Province): Uint8Array {
  const { customers, atMinutes, kinds, types } = planted.events;
  const again = new Uint8Array(customers.length);
  const last = new Int32Array(COMPLAINT_TYPES.length).fill(-AGAIN_MINUTES);
  for (let i = 0; i < customers.length; i++) {
    if (i > 0 && customers[i] !== customers[i - 1]) last.fill(-AGAIN_MINUTES);
    const at = atMinutes[i] as number;
    const type = types[i] as number;
    if (kinds[i] === 1) again[i] = at - (last[type] as number) < AGAIN_MINUTES ? 1 : 0;
    else if ((SAME_CATEGORY[type] as number) >= 0) last[SAME_CATEGORY[type] as number] = at;
  }
  return again;
}

type SourceOf = (category: string, isComplaint: boolean, hour: number, random: SeededRandom) => SourceName;

/** Where a topic is told at an hour: its mix, weighted with how busy each place is then. Surveys ask, they are not told. */
function sourcesByHour(): SourceOf {
  const known = new Map<string, { readonly sources: readonly SourceName[]; readonly pick: (random: SeededRandom) => number }>();
  return (category, isComplaint, hour, random) => {
    const key = `${category} ${String(isComplaint)} ${hour}`;
    let choice = known.get(key);
    if (choice === undefined) {
      const mix = sourceMixOf(category).filter(([source]) => source !== 'survey' && !(isComplaint && source === 'field'));
      const busy = (source: SourceName): number => (HOURS[source][hour] ?? 0) / HOURS[source].reduce((sum, each) => sum + each, 0);
      choice = { sources: mix.map(([source]) => source), pick: weightedPick(mix.map(([source, weight]) => weight * busy(source))) };
      known.set(key, choice);
    }
    return choice.sources[choice.pick(random)] ?? 'hotline';
  };
}
