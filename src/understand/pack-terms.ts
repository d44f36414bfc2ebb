import { WordFinder } from '../maths/find-words.ts';
import { foldText } from '../model/fold-text.ts';
import type { Pack } from '../model/pack.ts';

/** A rule of the pack, its words numbered. */
interface TermRule {
  readonly leaves: readonly number[];
  readonly weight: number;
  readonly with: readonly (readonly number[])[];
  readonly without: readonly (readonly number[])[];
}

/** A rule that holds in a text, at one place. */
export interface TermHit {
  readonly rule: TermRule;
  /** The rule's weight, less when the words matched only without their fillers. */
  readonly weight: number;
  readonly from: number;
  readonly before: number;
}

export type FeelingWord = 'angry' | 'negative' | 'positive';

export interface FeelingHit {
  readonly feeling: FeelingWord;
  readonly from: number;
  readonly before: number;
}

/** Says “not” when it stands shortly before a feeling word. */
const NEGATORS = [
  '不',
  '没',
  '未',
  '无',
  '别',
  '莫',
  '非',
  '缺乏',
  '不太',
  '不是很',
  '不够',
  '没有',
  '并不',
  '谈不上',
  '毫无',
  '不怎么',
  '一点都不',
];

/** Fillers that people put anywhere: 宽带又断了, 宽带老是断 and 宽带断了 say one thing. */
const FILLERS = new Uint8Array(65536);
for (const filler of '又老总都也还就很太真了的得地着呢啊吧呀嘛哦个些挺超 ') FILLERS[filler.charCodeAt(0)] = 1;
const LOOSE_WEIGHT = 0.85;
/** Shorter skeletons say too little: 太老 would be empty. */
const LOOSE_LENGTH = 3;

/**
 * All words of a pack in one search: terms, their conditions, their other spellings, feeling words.
 * A term that contains a synonym's word is also found with each of its variants in that place.
 */
export class PackTerms {
  private readonly numbers = new Map<string, number>();
  private readonly rulesOf: TermRule[][] = [];
  private readonly feelingOf: (FeelingWord | null)[] = [];
  private readonly finder: WordFinder;
  private readonly present: Int32Array;
  private readonly loose: WordFinder;
  private readonly looseRules: readonly (readonly TermRule[])[];
  private skeleton = new Uint16Array(256);
  private places = new Int32Array(256);
  private text = 0;

  constructor(pack: Pack, leaves: readonly string[]) {
    const synonyms = pack.synonyms.map((s) => ({ word: fold(s.word), variants: s.variants.map(fold) }));
    const spellings = (word: string): readonly number[] => spellingsOf(fold(word), synonyms).map((w) => this.numberOf(w));
    for (const term of pack.terms) {
      const below = leaves.flatMap((leaf, i) => (leaf === term.category || leaf.startsWith(`${term.category}/`) ? [i] : []));
      if (below.length === 0) continue;
      const rule: TermRule = {
        leaves: below,
        weight: below.length === 1 ? term.weight : term.weight / 2,
        with: (term.with ?? []).map(spellings),
        without: (term.without ?? []).map(spellings),
      };
      for (const word of spellings(term.term)) this.rulesOf[word]?.push(rule);
    }
    for (const feeling of ['positive', 'negative', 'angry'] as const) {
      for (const word of pack.feelings[feeling]) this.feelingOf[this.numberOf(fold(word))] = feeling;
    }
    const words = [...this.numbers.keys()];
    this.finder = new WordFinder(words);
    this.present = new Int32Array(words.length);
    const skeletons = new Map<string, TermRule[]>();
    words.forEach((word, i) => {
      const skeleton = [...word].filter((c) => FILLERS[c.charCodeAt(0)] === 0).join('');
      const rules = this.rulesOf[i] ?? [];
      if (skeleton.length >= LOOSE_LENGTH && rules.length > 0) skeletons.set(skeleton, [...(skeletons.get(skeleton) ?? []), ...rules]);
    });
    this.loose = new WordFinder([...skeletons.keys()]);
    this.looseRules = [...skeletons.values()];
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.rulesOf.push([]);
    this.feelingOf.push(null);
    this.numbers.set(word, this.numbers.size);
    return this.numbers.size - 1;
  }

  /** Rules that hold and feeling words, spans in folded offsets. A hit inside a longer hit of its sort gives way. */
  search(codes: Uint16Array, length: number, terms: TermHit[], feelings: FeelingHit[]): void {
    terms.length = 0;
    feelings.length = 0;
    const { finder, present } = this;
    finder.scan(codes, length);
    this.text++;
    for (let i = 0; i < finder.count; i++) present[finder.word[i] as number] = this.text;
    for (let i = 0; i < finder.count; i++) {
      const word = finder.word[i] as number;
      const span = { from: finder.from[i] as number, before: finder.before[i] as number };
      for (const rule of this.rulesOf[word] ?? []) if (this.holds(rule)) terms.push({ rule, weight: rule.weight, ...span });
      const feeling = this.feelingOf[word] ?? null;
      if (feeling !== null) feelings.push({ feeling, ...span });
    }
    this.searchLoosely(codes, length, terms);
    dropContained(terms);
    dropContained(feelings);
  }

  /** Once more without fillers, for rules that the exact words did not find. */
  private searchLoosely(codes: Uint16Array, length: number, terms: TermHit[]): void {
    if (this.skeleton.length < length) {
      this.skeleton = new Uint16Array(length * 2);
      this.places = new Int32Array(length * 2);
    }
    const { skeleton, places, loose } = this;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      if (FILLERS[codes[i] as number] === 1) continue;
      skeleton[kept] = codes[i] as number;
      places[kept++] = i;
    }
    loose.scan(skeleton, kept);
    const exact = terms.length;
    for (let i = 0; i < loose.count; i++) {
      const span = { from: places[loose.from[i] as number] as number, before: (places[(loose.before[i] as number) - 1] as number) + 1 };
      for (const rule of this.looseRules[loose.word[i] as number] ?? []) {
        let known = false;
        for (let t = 0; t < exact; t++) if (terms[t]?.rule === rule) known = true;
        if (!known && this.holds(rule)) terms.push({ rule, weight: rule.weight * LOOSE_WEIGHT, ...span });
      }
    }
  }

  private holds(rule: TermRule): boolean {
    const stands = (spellings: readonly number[]): boolean => spellings.some((word) => this.present[word] === this.text);
    return rule.with.every(stands) && !rule.without.some(stands);
  }
}

function fold(word: string): string {
  return foldText(word).folded;
}

/** The word, and the word with one synonym replaced by each of its variants. */
export function spellingsOf(
  word: string,
  synonyms: readonly { readonly word: string; readonly variants: readonly string[] }[],
): readonly string[] {
  const all = new Set([word]);
  for (const synonym of synonyms) {
    if (word === '' || synonym.word === '' || !word.includes(synonym.word)) continue;
    for (const variant of synonym.variants) all.add(word.replace(synonym.word, variant));
  }
  all.delete('');
  return [...all];
}

function dropContained(hits: { readonly from: number; readonly before: number }[]): void {
  if (hits.length < 2) return;
  const all = hits.slice();
  let kept = 0;
  for (const hit of all) {
    const inside = all.some((o) => o.from <= hit.from && o.before >= hit.before && o.before - o.from > hit.before - hit.from);
    if (!inside) hits[kept++] = hit;
  }
  hits.length = kept;
}

export function isNegated(folded: string, from: number): boolean {
  const before = folded.slice(Math.max(0, from - 4), from);
  return NEGATORS.some((word) => before.endsWith(word)) || /[不没未][太够很怎么是能会再]{1,2}$/.test(before);
}
