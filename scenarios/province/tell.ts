import { seededRandom } from '../../src/maths/seeded-random.ts';
import type { Feeling } from '../../src/model/reading.ts';
import type { VoiceKind } from '../../src/model/voice.ts';
import type { Told } from './files.ts';
import { happeningsOf } from './happenings.ts';
import type { Topic } from './phrases.ts';
import { trueProbabilities } from './planted/probability.ts';
import type { Province } from './province.ts';
import { speakerOf } from './speak.ts';
import { type Happening, localText, type SourceName } from './world.ts';

export interface Truth {
  readonly outside_id: string;
  readonly source: SourceName;
  readonly category: string | null;
  /** What it was meant as, which is also what it is recorded as. */
  readonly kind: VoiceKind;
  readonly feeling: Feeling;
  readonly incident: string | null;
  readonly topics?: readonly string[];
  /** Of a planted grievance: its level, and the true probability of a complaint of its category within 7 and 30 days. */
  readonly level?: number;
  readonly within_7_days?: number;
  readonly within_30_days?: number;
}

export interface ToldDay {
  readonly voices: readonly { readonly told: Told; readonly truth: Truth }[];
}

const PREFIX: Readonly<Record<SourceName, string>> = { hotline: 'RX', hall: 'YT', app: 'AP', field: 'ZA', survey: 'HF' };
/** Every grievance, fault and complaint is filed, and rightly; of the other calls six in ten, and one of twelve of those under something else. */
const RECORDED = 0.6;
const MISFILED = 0.08;

/** Gives every happening its words, id, score and what an agent would have filed it under. */
export function* toldDays(province: Province, topics: readonly Topic[], nameOfCategory: (code: string) => string): Generator<ToldDay> {
  const random = seededRandom(province.options.seed, 'words');
  const speak = speakerOf(topics, province.options.seed);
  const plantedTruth = plantedTruths(province);
  const recordedOf = (happening: Happening): string | null => {
    const { source, kind, category } = happening;
    if (source === 'survey' || category === null) return null;
    if (kind === 'grievance' || kind === 'fault' || kind === 'complaint') return nameOfCategory(category);
    if (source !== 'hotline' || !random.chance(RECORDED)) return null;
    return nameOfCategory(random.chance(MISFILED) ? random.pick(topics).category : category);
  };
  for (const day of happeningsOf(province, topics)) {
    const numbers = new Map<SourceName, number>();
    yield {
      voices: day.map((happening) => {
        const { source, category, kind, incident } = happening;
        const number = (numbers.get(source) ?? 0) + 1;
        numbers.set(source, number);
        const outsideId = `${PREFIX[source]}${localText(happening.at).slice(0, 10).replaceAll('-', '')}${String(number).padStart(6, '0')}`;
        const { text, feeling, topics: causes } = speak(happening, random);
        const told = {
          ...happening,
          outsideId,
          text,
          recorded: recordedOf(happening),
          status: random.chance(0.86) ? '已办结' : '处理中',
          askedAbout: happening.asked === undefined ? null : nameOfCategory(happening.asked.item),
        };
        const truth = { outside_id: outsideId, source, category, kind, feeling, incident, ...plantedTruth(happening) };
        return { told, truth: causes === null ? truth : { ...truth, topics: causes } };
      }),
    };
  }
}

/** What is true of a planted grievance beside its words. */
function plantedTruths({ planted }: Province): (happening: Happening) => Partial<Truth> {
  const [week, month] = [7, 30].map((withinDays) => trueProbabilities(planted, { withinDays, of: 'same' }).known);
  const rounded = (probability: number | undefined): number => Math.round((probability ?? 0) * 10_000) / 10_000;
  return ({ planted: detail }) => {
    if (detail?.grievance === undefined) return {};
    const { event, grievance } = detail;
    return { level: grievance.level, within_7_days: rounded(week?.[event]), within_30_days: rounded(month?.[event]) };
  };
}
