import { WordFinder } from '../maths/find-words.ts';
import { classTable, WORD } from '../maths/ngrams.ts';
import { foldText } from '../model/fold-text.ts';
import type { Pack } from '../model/pack.ts';
import { VOICE_KINDS, type VoiceKind } from '../model/voice.ts';
import { Skeleton } from './reader-skeleton.ts';

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

export interface KindHit {
  readonly kind: VoiceKind;
  readonly from: number;
  readonly before: number;
}

/** Everything that one search finds; filled anew for each text. */
export interface Found {
  readonly terms: TermHit[];
  readonly feelings: FeelingHit[];
  readonly kinds: KindHit[];
}

const LOOSE_WEIGHT = 0.85;
const LOOSE_LENGTH = 3;

const WORDS = classTable();
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/**
 * All words of a pack in two searches: as written, and as skeletons without fillers and endings. Terms, their conditions, their
 * other spellings, feeling words and phrases of kinds. A term that contains a synonym's word is also found with each of its variants
 * in that place. Words of scripts with spaces are found whole only: `cap` does not stand in `escape`.
 */
export class PackTerms {
  private readonly numbers = new Map<string, number>();
  private readonly rulesOf: TermRule[][] = [];
  private readonly feelingOf: (FeelingWord | null)[] = [];
  private readonly kindOf: (VoiceKind | null)[] = [];
  private readonly finder: WordFinder;
  /** Number of the last text in which a word stood, as written or as a skeleton. */
  private readonly present: Int32Array;
  private readonly skeleton: Skeleton;
  private readonly loose: WordFinder;
  private readonly looseWords: readonly (readonly number[])[];
  private text = 0;
  private main = 0;

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
    for (const kind of VOICE_KINDS) {
      for (const phrase of pack.talk?.kinds[kind] ?? []) this.kindOf[this.numberOf(fold(phrase))] = kind;
    }
    const words = [...this.numbers.keys()];
    this.finder = new WordFinder(words);
    this.present = new Int32Array(words.length);
    this.skeleton = new Skeleton((pack.talk?.fillers ?? []).map(fold));
    const skeletons = this.skeletonsOf(words);
    this.loose = new WordFinder([...skeletons.keys()]);
    this.looseWords = [...skeletons.values()];
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.rulesOf.push([]);
    this.feelingOf.push(null);
    this.kindOf.push(null);
    this.numbers.set(word, this.numbers.size);
    return this.numbers.size - 1;
  }

  /** Words with spaces count by their stems always; others need a rule and three characters, since 太老 would be empty. */
  private skeletonsOf(words: readonly string[]): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    const { skeleton } = this;
    words.forEach((word, i) => {
      skeleton.fill(unitsOf(word), word.length);
      const text = String.fromCharCode(...skeleton.codes.subarray(0, skeleton.length));
      const isSpaced = text.includes(' ');
      // “still charged” without its filler would be every charge: what shrinks to one word is found as written only.
      const shrinks = isSpaced && word.includes(' ') && !text.trim().includes(' ');
      if (text === '' || shrinks || (!isSpaced && (text.length < LOOSE_LENGTH || this.rulesOf[i]?.length === 0))) return;
      found.set(text, [...(found.get(text) ?? []), i]);
    });
    return found;
  }

  /**
   * Rules that hold in the first `main` units, feeling words and phrases of kinds in all, spans in folded offsets.
   * A hit inside a longer hit of its sort gives way.
   */
  search(codes: Uint16Array, length: number, into: Found, main: number = length): void {
    const { terms, feelings, kinds } = into;
    terms.length = feelings.length = kinds.length = 0;
    const { finder, loose, skeleton, present } = this;
    this.text++;
    this.main = main;
    finder.scan(codes, length);
    let kept = 0;
    for (let i = 0; i < finder.count; i++) {
      const [word, from, before] = [finder.word[i] as number, finder.from[i] as number, finder.before[i] as number];
      if (cuts(codes, from) || (before < length && cuts(codes, before))) continue;
      if (before <= main) present[word] = this.text;
      finder.word[kept] = word;
      finder.from[kept] = from;
      finder.before[kept++] = before;
    }
    skeleton.fill(codes, length);
    loose.scan(skeleton.codes, skeleton.length);
    for (let i = 0; i < loose.count; i++) {
      if ((skeleton.before[(loose.before[i] as number) - 1] as number) > main) continue;
      for (const word of this.looseWords[loose.word[i] as number] ?? []) this.note(word);
    }
    for (let i = 0; i < kept; i++) this.take(finder.word[i] as number, finder.from[i] as number, finder.before[i] as number, 1, into);
    this.takeLoosely(into);
    dropContained(terms);
    dropContained(feelings);
    dropContained(kinds);
  }

  /** Stands in this text, but not as written: −text, so that exact hits are not counted twice. */
  private note(word: number): void {
    if (this.present[word] !== this.text) this.present[word] = -this.text;
  }

  private takeLoosely(into: Found): void {
    const { loose, skeleton, present } = this;
    const exact = into.terms.length;
    for (let i = 0; i < loose.count; i++) {
      const from = skeleton.from[loose.from[i] as number] as number;
      const before = skeleton.before[(loose.before[i] as number) - 1] as number;
      const isSpaced = skeleton.codes[loose.from[i] as number] === 0x20;
      for (const word of this.looseWords[loose.word[i] as number] ?? []) {
        if (present[word] === -this.text) this.take(word, from, before, isSpaced ? 1 : LOOSE_WEIGHT, into, exact);
      }
    }
  }

  /** `exact`: rules among the first so many hits are known already by another spelling. */
  private take(word: number, from: number, before: number, share: number, into: Found, exact = 0): void {
    for (const rule of before <= this.main ? (this.rulesOf[word] ?? []) : []) {
      let known = false;
      for (let t = 0; t < exact; t++) if (into.terms[t]?.rule === rule) known = true;
      if (!known && this.holds(rule)) into.terms.push({ rule, weight: rule.weight * share, from, before });
    }
    const feeling = this.feelingOf[word] ?? null;
    if (feeling !== null) into.feelings.push({ feeling, from, before });
    const kind = this.kindOf[word] ?? null;
    if (kind !== null) into.kinds.push({ kind, from, before });
  }

  private holds(rule: TermRule): boolean {
    for (const spellings of rule.with) if (!this.stands(spellings)) return false;
    for (const spellings of rule.without) if (this.stands(spellings)) return false;
    return true;
  }

  private stands(spellings: readonly number[]): boolean {
    for (const word of spellings) if (this.present[word] === this.text || this.present[word] === -this.text) return true;
    return false;
  }
}

/** Does a border of a hit lie inside a word (or a number) of a script with spaces? */
function cuts(codes: Uint16Array, at: number): boolean {
  if (at === 0) return false;
  const [left, right] = [codes[at - 1] as number, codes[at] as number];
  return WORDS[left] === WORD && WORDS[right] === WORD && isDigit(left) === isDigit(right);
}

function unitsOf(word: string): Uint16Array {
  return Uint16Array.from({ length: word.length }, (_, i) => word.charCodeAt(i));
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
