/**
 * First letters of Chinese words in pinyin, so that `kddw` finds 宽带断网. From the order that the browser sorts Chinese in:
 * a character begins with the letter of the last boundary before it. Rare second readings keep their first.
 */
const BOUNDARIES: readonly (readonly [string, string])[] = [
  ['阿', 'a'],
  ['八', 'b'],
  ['嚓', 'c'],
  ['哒', 'd'],
  ['妸', 'e'],
  ['发', 'f'],
  ['旮', 'g'],
  ['哈', 'h'],
  ['讥', 'j'],
  ['咔', 'k'],
  ['垃', 'l'],
  ['妈', 'm'],
  ['拏', 'n'],
  ['噢', 'o'],
  ['妑', 'p'],
  ['七', 'q'],
  ['呥', 'r'],
  ['仨', 's'],
  ['它', 't'],
  ['穵', 'w'],
  ['夕', 'x'],
  ['丫', 'y'],
  ['帀', 'z'],
];
const HAN = /\p{Script=Han}/u;
const collator = new Intl.Collator('zh-CN-u-co-pinyin');

export function initialOf(character: string): string {
  if (!HAN.test(character)) return character.toLowerCase();
  let found = '';
  for (const [first, letter] of BOUNDARIES) {
    if (collator.compare(character, first) < 0) break;
    found = letter;
  }
  return found;
}

/** 宽带断网 → kddw; letters and digits stay, everything else goes. */
export const initialsOf = (text: string): string =>
  [...text]
    .map(initialOf)
    .join('')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Does a text answer a search: by its words, or by the first letters of its characters. */
export function answers(text: string, wanted: string): boolean {
  const asked = wanted.trim().toLowerCase();
  if (asked === '') return true;
  if (asked.split(/\s+/u).every((word) => text.toLowerCase().includes(word))) return true;
  return /^[a-z0-9]{2,}$/.test(asked) && initialsOf(text).includes(asked);
}
