import type { SeededRandom } from '../../src/maths/seeded-random.ts';

/** A sentence with choices: `[家里|店里]的网[断了|没了]{t}`. */
type Part =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'choice'; readonly of: readonly (readonly Part[])[] }
  | { readonly kind: 'slot'; readonly slot: string };
export type Phrase = readonly Part[];

export interface Topic {
  readonly category: string;
  /** Its share of the everyday. */
  readonly weight: number;
  readonly phrases: readonly Phrase[];
  /** Those of them that staff would write: the matter, without a mood. */
  readonly plain: readonly Phrase[];
}

/** `#category weight`, then one phrase per line; `*` before one that staff would write. */
export function readPhrases(text: string): readonly Topic[] {
  const topics: { category: string; weight: number; phrases: Phrase[]; plain: Phrase[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      const [category = '', weight] = line.slice(1).split(' ');
      topics.push({ category, weight: Number(weight), phrases: [], plain: [] });
    } else if (line.startsWith('*')) {
      const phrase = partsOf(line.slice(1));
      topics.at(-1)?.phrases.push(phrase);
      topics.at(-1)?.plain.push(phrase);
    } else if (line.trim() !== '') topics.at(-1)?.phrases.push(partsOf(line));
  }
  return topics;
}

function partsOf(line: string): Phrase {
  return [...line.matchAll(/\[([^\]]*)\]|\{(\w+)\}|([^[{]+)/g)].map(([, choice, slot, words]): Part => {
    if (choice !== undefined) return { kind: 'choice', of: choice.split('|').map(partsOf) };
    return slot === undefined ? { kind: 'words', words: words ?? '' } : { kind: 'slot', slot };
  });
}

const WHEN = ['昨天', '前天', '今早', '今天一早', '昨晚', '上周', '这两天', '三天前', '中午', '下午两点多', '前天夜里', '刚才'];
const FEW = ['两', '三', '四', '五', '六', '七', '八'];
const MONEY = ['12', '18', '20', '26', '30', '38', '45', '50', '68', '80', '96', '108', '120', '160', '200', '300'];

export function sayPhrase(phrase: Phrase, random: SeededRandom): string {
  let said = '';
  for (const part of phrase) {
    if (part.kind === 'words') said += part.words;
    else if (part.kind === 'choice') said += sayPhrase(random.pick(part.of), random);
    else said += slotOf(part.slot, random);
  }
  return said;
}

function slotOf(slot: string, random: SeededRandom): string {
  switch (slot) {
    case 't':
      return random.pick(WHEN);
    case 'n':
      return random.pick(FEW);
    case 'yuan':
      return random.pick(MONEY);
    default:
      throw new Error(`no slot {${slot}}`);
  }
}
