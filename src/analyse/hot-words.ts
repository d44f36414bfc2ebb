import type { HotWord, WordCount } from '../model/hot-words.ts';

/** Words that stand out in some voices against others: candidates from a sample, judged on exact counts. */

/** Below this many voices a word says nothing about a group. */
const FEWEST = 3;
const NOTICEABLE = 3;

const HAN = /^\p{Script=Han}+$/u;
const WORD = /^[\p{L}\p{N}][\p{L}\p{N}'’-]*$/u;
/** Words made only of these carry the sentence, not its matter. */
const GRAMMAR = new Set(
  '的了吗呢吧啊呀嘛哦是不在有就都也还很太我你他她它们咱这那哪个些一两下来去上到给没要会能可以说请问您好么什怎样为因所把被让跟和与或但又再才只想帮先后着过得地对从里当时候家人天月年点次多少几',
);
const LONGEST = 8;
const LONGEST_JOINED = 6;

/**
 * The words of a text, each once: known words (longest first), between them what the language's own segmentation finds, and
 * neighbours joined, because 光猫 + 红灯 says more than either.
 */
export function wordsOfText(text: string, known: ReadonlySet<string>, segmenter: Intl.Segmenter): ReadonlySet<string> {
  const found = new Set<string>();
  let last = '';
  const take = (word: string, wordLike: boolean): void => {
    if (wordLike && isSaying(word)) found.add(word);
    const part = wordLike && HAN.test(word) && hasMatter(word) ? word : '';
    const joined = last + part;
    if (last !== '' && part !== '' && joined.length <= LONGEST_JOINED) found.add(joined);
    last = part;
  };
  let gapFrom = 0;
  const closeGap = (before: number): void => {
    if (before <= gapFrom) return;
    for (const part of segmenter.segment(text.slice(gapFrom, before))) take(part.segment.toLowerCase(), part.isWordLike === true);
  };
  for (let i = 0; i < text.length;) {
    const word = knownAt(text, i, known);
    if (word === null) {
      i++;
      continue;
    }
    closeGap(i);
    take(word.toLowerCase(), true);
    i += word.length;
    gapFrom = i;
  }
  closeGap(text.length);
  return found;
}

function knownAt(text: string, at: number, known: ReadonlySet<string>): string | null {
  for (let length = Math.min(LONGEST, text.length - at); length >= 2; length--) {
    const word = text.slice(at, at + length);
    if (known.has(word)) return word;
  }
  return null;
}

function isSaying(word: string): boolean {
  if (!WORD.test(word) || /^\d+$/.test(word)) return false;
  return HAN.test(word) ? word.length >= 2 && hasMatter(word) : word.length >= 3;
}

const hasMatter = (word: string): boolean => [...word].some((c) => !GRAMMAR.has(c));

/** In how many of the texts each word stands. */
export function countWords(counts: Map<string, number>, words: Iterable<string>): void {
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
}

/** Words worth counting exactly: frequent enough and pulled towards the selection, none that only repeats another. */
export function candidates(
  chosen: { readonly counts: ReadonlyMap<string, number>; readonly texts: number },
  rest: { readonly counts: ReadonlyMap<string, number>; readonly texts: number },
  most: number,
): readonly string[] {
  const scored = [...chosen.counts]
    .filter(([, n]) => n >= FEWEST)
    .map(([word, n]) => ({ word, n, z: zOf(n, chosen.texts, rest.counts.get(word) ?? 0, rest.texts) }))
    .filter(({ z }) => z > 1)
    .toSorted((a, b) => b.z - a.z || b.word.length - a.word.length || (a.word < b.word ? -1 : 1))
    .slice(0, 400);
  const kept: { word: string; n: number }[] = [];
  for (const one of scored) {
    if (kept.length >= most) break;
    if (!kept.some((other) => repeats(one, other))) kept.push(one);
  }
  return kept.map(({ word }) => word);
}

/** One stands within the other and in nearly the same texts. */
function repeats(a: { readonly word: string; readonly n: number }, b: { readonly word: string; readonly n: number }): boolean {
  if (!a.word.includes(b.word) && !b.word.includes(a.word)) return false;
  return Math.min(a.n, b.n) / Math.max(a.n, b.n) > 0.6;
}

/** The words that stand out, the clearest first, with what they are compared to. */
export function hotWords(counts: readonly WordCount[], chosen: number, rest: number, most: number): readonly HotWord[] {
  return counts
    .map((one): HotWord => {
      const share = chosen === 0 ? 0 : one.voices / chosen;
      const restShare = rest === 0 ? 0 : one.rest / rest;
      return { ...one, share, restShare, times: restShare === 0 ? null : share / restShare, z: zOf(one.voices, chosen, one.rest, rest) };
    })
    .filter((one) => one.voices >= FEWEST && one.z >= NOTICEABLE)
    .toSorted((a, b) => b.z - a.z || b.voices - a.voices || (a.word < b.word ? -1 : 1))
    .slice(0, most);
}

/** Difference of two shares in standard errors, half a voice added to each count so that a word the rest never says stays finite. */
export function zOf(a: number, n: number, b: number, m: number): number {
  if (n === 0 || m === 0) return 0;
  const pooled = (a + b + 1) / (n + m + 2);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return error === 0 ? 0 : ((a + 0.5) / (n + 1) - (b + 0.5) / (m + 1)) / error;
}
