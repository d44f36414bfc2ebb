import type { Feeling } from '../../src/model/reading.ts';
import type { VoiceKind } from '../../src/model/voice.ts';
import { pickFrom, type SeededRandom, seededRandom, weightedPick } from '../../src/maths/seeded-random.ts';
import { TEMPERAMENT_IDS, type TemperamentId } from '../../src/model/segment.ts';
import { nameOf } from './customers.ts';
import { sayPhrase, type Topic } from './phrases.ts';
import * as words from './speak-words.ts';
import type { Customer, Happening } from './world.ts';

export interface Said {
  readonly text: string;
  /** What the speaker feels: the words were chosen by it. */
  readonly feeling: Feeling;
  /** All causes in the text, the first one first; set when there are several. */
  readonly topics: readonly string[] | null;
}

/** What people feel, by what they come with. */
const FEELINGS: Readonly<Record<VoiceKind, readonly (readonly [Feeling, number])[]>> = {
  grievance: [
    ['negative', 84],
    ['angry', 16],
  ],
  complaint: [
    ['negative', 58],
    ['angry', 42],
  ],
  fault: [
    ['neutral', 66],
    ['negative', 29],
    ['angry', 5],
  ],
  consultation: [['neutral', 100]],
  suggestion: [
    ['neutral', 80],
    ['positive', 20],
  ],
  survey: [
    ['negative', 70],
    ['neutral', 25],
    ['angry', 5],
  ],
  praise: [['positive', 100]],
};
/** Of those who complain, how many say so in words; the others only were entered as a complaint. And how much angrier than others they are. */
const MANNERS: Readonly<Record<TemperamentId, { readonly aloud: number; readonly angrier: number }>> = {
  impatient: { aloud: 0.85, angrier: 2 },
  'price-sensitive': { aloud: 0.75, angrier: 1 },
  cooperative: { aloud: 0.65, angrier: 0.5 },
  assertive: { aloud: 0.95, angrier: 1.3 },
  tolerant: { aloud: 0.55, angrier: 0.4 },
};

/** Words that fingers and input methods confuse. */
const SLIPS: readonly (readonly [string, string])[] = [
  ['的', '得'],
  ['在', '再'],
  ['账', '帐'],
  ['怎么', '咋'],
  ['什么', '啥'],
  ['没有', '木有'],
  ['一直', '一值'],
  ['就是', '就事'],
  ['现在', '现再'],
  ['已经', '以经'],
  ['不能', '不嫩'],
  ['到底', '到低'],
  ['师傅', '师付'],
  ['为什么', '为森么'],
  ['自己', '自已'],
  ['以后', '已后'],
  ['个', '各'],
  ['做', '作'],
  ['那', '哪'],
  ['吗', '嘛'],
];
const FILLERS = ['嗯', '就是', '然后呢', '反正', '说实话', '你知道吧', '这个', '说白了'];

/** How often somebody adds a word in his own manner, and in any. */
const OWN_MANNER = 0.22;
const ANY_MANNER = 0.04;

export type Speaker = (happening: Happening, random: SeededRandom) => Said;

export function speakerOf(topics: readonly Topic[], seed: number): Speaker {
  // Of its own, so that manners change nothing else that is said.
  const manners = seededRandom(seed, 'manners of speech');
  const byCategory = new Map(topics.map((topic) => [topic.category, topic]));
  const other = weightedPick(topics.map((topic) => topic.weight));
  return (happening, random) => {
    if (happening.category === null) return sayNothing(happening.kind, random);
    const topic = byCategory.get(happening.category);
    if (topic === undefined) throw new Error(`no phrases for ${happening.category}`);
    const feeling = feelingOf(happening, random);
    let core = sayPhrase(random.pick(phrasesFor(topic, feeling)), random);
    let causes: readonly string[] | null = null;
    if (random.chance(0.09)) {
      const second = topics[other(random)];
      if (second !== undefined && second !== topic) {
        core += random.pick(words.LINKS) + sayPhrase(random.pick(phrasesFor(second, feeling)), random);
        causes = [topic.category, second.category];
      }
    }
    return { text: wrap(loosen(core, random), remarkOf(happening, manners), feeling, happening, random), feeling, topics: causes };
  };
}

function feelingOf({ kind, temperament }: Happening, random: SeededRandom): Feeling {
  const { angrier } = MANNERS[temperament];
  return pickFrom(
    FEELINGS[kind].map(([feeling, share]) => [feeling, feeling === 'angry' ? share * angrier : share] as const),
    random,
  );
}

/** A remark by which a temperament shows: as the customer says it, and as staff note it down. */
interface Remark {
  readonly said: string;
  readonly noted: string;
}

function remarkOf({ temperament, kind }: Happening, random: SeededRandom): Remark {
  const draw = random.next();
  if (kind === 'survey' || draw >= OWN_MANNER + ANY_MANNER) return { said: '', noted: '' };
  const { said, noted } = words.REMARKS[draw < OWN_MANNER ? temperament : random.pick(TEMPERAMENT_IDS)];
  return { said: random.pick(said), noted: random.pick(noted) };
}

/** Who is calm says what is the matter; most lines carry a mood of their own. */
function phrasesFor(topic: Topic, feeling: Feeling): Topic['phrases'] {
  return feeling === 'neutral' || feeling === 'positive' ? topic.plain : topic.phrases;
}

function sayNothing(kind: VoiceKind, random: SeededRandom): Said {
  if (kind === 'praise') return { text: random.pick(words.PRAISE), feeling: 'positive', topics: null };
  const isContent = random.chance(0.4);
  return { text: random.pick(isContent ? words.CONTENT : words.NOTHING), feeling: isContent ? 'positive' : 'neutral', topics: null };
}

function wrap(core: string, remark: Remark, feeling: Feeling, happening: Happening, random: SeededRandom): string {
  const again = happening.again && random.chance(0.6) ? random.pick(words.AGAIN) : '';
  const known = random.chance(0.09) ? aboutPerson(happening.customer, random) : '';
  const note = isNote(happening, random);
  const kind = happening.kind === 'survey' || happening.kind === 'praise' ? 'grievance' : happening.kind;
  const demands = kind === 'complaint' && random.chance(MANNERS[happening.temperament].aloud);
  if (note) {
    const opening = random.pick(words.NOTES[kind === 'complaint' && !demands ? 'grievance' : kind]);
    const asks = kind === 'consultation' ? random.pick(words.ASKS) : kind === 'suggestion' ? random.pick(words.SUGGESTS) : '';
    return `${opening}${again}${core}${asks}${demands ? random.pick(words.DEMANDS) : ''}${remark.noted}${known}${random.pick(words.NOTE_ENDS[feeling])}`;
  }
  if (kind === 'consultation') return `${random.pick(words.OPENINGS)}${core}${random.pick(words.ASKS)}${remark.said}${known}`;
  const end = random.pick(words.ENDS[feeling]);
  if (kind === 'suggestion')
    return `${random.pick(words.OPENINGS)}${core}${random.pick(words.SUGGESTS)}${remark.said}${feeling === 'positive' ? end : ''}${known}`;
  const moody = feeling === 'angry' || feeling === 'negative';
  const opening = demands ? random.pick(words.DEMANDING) : random.pick(moody && random.chance(0.3) ? words.MOODY_OPENINGS : words.OPENINGS);
  return `${again === '' ? opening : again}${core}${demands ? random.pick(words.DEMANDS) : ''}${remark.said}${known}${end}`;
}

/** Written down by staff, not by the customer. */
function isNote({ source }: Happening, random: SeededRandom): boolean {
  return source === 'hotline' || source === 'field' ? random.chance(0.75) : source === 'hall' && random.chance(0.4);
}

/** People leave their numbers and names in the middle of a text; masking must find them there. */
function aboutPerson(customer: Customer, random: SeededRandom): string {
  switch (random.int(6)) {
    case 0:
      return `，联系电话${customer.phone}`;
    case 1:
      return `，我叫${customer.name}，电话${customer.phone.slice(0, 3)} ${customer.phone.slice(3, 7)} ${customer.phone.slice(7)}`;
    case 2:
      return `，地址是${customer.address}`;
    case 3:
      return `，户名：${customer.name}，身份证${customer.idNumber}`;
    case 4:
      return `，联系人${nameOf(random)}女士，${customer.phone}`;
    default:
      return `，我住${customer.address.slice(-9)}，打${customer.phone}找我`;
  }
}

/** How people really write: a slip here, a filler there, commas left out. */
function loosen(text: string, random: SeededRandom): string {
  let loose = text;
  if (random.chance(0.16)) {
    const [right, wrong] = random.pick(SLIPS);
    loose = loose.replace(right, wrong);
  }
  if (random.chance(0.1)) loose = loose.replace('，', `，${random.pick(FILLERS)}`);
  if (random.chance(0.12)) loose = loose.replaceAll('，', ' ');
  if (random.chance(0.04)) {
    const at = 1 + random.int(Math.max(1, loose.length - 2));
    loose = loose.slice(0, at) + loose.slice(at + 1);
  }
  return loose;
}
