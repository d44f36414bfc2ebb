import { type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import type { Told } from './files.ts';
import { happeningsOf } from './happenings.ts';
import type { Topic } from './phrases.ts';
import type { Province } from './province.ts';
import { speakerOf } from './speak.ts';
import { type Happening, localText, type SourceName } from './world.ts';

export interface Truth {
  readonly outside_id: string;
  readonly source: SourceName;
  readonly category: string | null;
  readonly incident: string | null;
  readonly topics?: readonly string[];
}

export interface ToldDay {
  readonly voices: readonly { readonly told: Told; readonly truth: Truth }[];
}

const PREFIX: Readonly<Record<SourceName, string>> = { hotline: 'RX', hall: 'YT', app: 'AP', field: 'ZA', survey: 'HF' };
/** Agents file six in ten calls, and one of twelve of those under something else. */
const RECORDED = 0.6;
const MISFILED = 0.08;

/** Gives every happening its words, id, score and what an agent would have filed it under. */
export function* toldDays(province: Province, topics: readonly Topic[], nameOfCategory: (code: string) => string): Generator<ToldDay> {
  const random = seededRandom(province.options.seed, 'words');
  const speak = speakerOf(topics);
  const recordedOf = (happening: Happening): string | null => {
    if (happening.source !== 'hotline' || happening.category === null || !random.chance(RECORDED)) return null;
    return nameOfCategory(random.chance(MISFILED) ? random.pick(topics).category : happening.category);
  };
  for (const day of happeningsOf(province, topics)) {
    const numbers = new Map<SourceName, number>();
    yield {
      voices: day.map((happening) => {
        const { source, category, incident } = happening;
        const number = (numbers.get(source) ?? 0) + 1;
        numbers.set(source, number);
        const outsideId = `${PREFIX[source]}${localText(happening.at).slice(0, 10).replaceAll('-', '')}${String(number).padStart(6, '0')}`;
        const { text, topics: causes } = speak(happening, random);
        const told = {
          ...happening,
          outsideId,
          text,
          recorded: recordedOf(happening),
          status: random.chance(0.86) ? '已办结' : '处理中',
          score: scoreOf(happening, random),
        };
        return { told, truth: { outside_id: outsideId, source, category, incident, ...(causes === null ? {} : { topics: causes }) } };
      }),
    };
  }
}

/** 1 … 10, asked in surveys only: those with a cause to name are less content. */
function scoreOf(happening: Happening, random: SeededRandom): number | null {
  if (happening.source !== 'survey') return null;
  return happening.category === null ? 8 + random.int(3) : Math.max(1, Math.min(10, 3 + random.poisson(2.6)));
}
