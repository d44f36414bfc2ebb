/**
 * Pinyin initials without a dictionary: Chinese collation orders characters by their sound, so the first character of each
 * initial marks where it begins. A character of two readings is taken by its usual one.
 */
const BORDERS = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨他穵夕丫帀';
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const bySound = new Intl.Collator('zh-CN-u-co-pinyin');

function initialOf(char: string): string {
  if (!/\p{Script=Han}/u.test(char)) return char.toLowerCase();
  const at = [...BORDERS].findLastIndex((border) => bySound.compare(border, char) <= 0);
  return LETTERS[at] ?? '';
}

/** 客户声音 → khsy; other characters stay. */
export const initialsOf = (text: string): string => [...text].map(initialOf).join('');

/** How well words fit a text: 0 not at all; a beginning beats the middle, the text itself beats its initials. */
export function fitOf(text: string, typed: string): number {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 1;
  const plain = text.toLowerCase();
  const initials = initialsOf(text);
  if (plain.startsWith(wanted)) return 4;
  if (plain.includes(wanted)) return 3;
  if (initials.startsWith(wanted)) return 2;
  return initials.includes(wanted) ? 1 : 0;
}
