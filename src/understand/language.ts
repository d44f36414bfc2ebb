/**
 * Language by script: enough to route a voice, and never wrong about the script. Arabic letters with Uyghur's own
 * vowels are `ug`, without them `ar`; Cyrillic with ө ү is `mn`; accented Latin is `und` rather than a guess.
 */
const HAN = 1;
const LATIN = 2;
const ARABIC = 3;
const CYRILLIC = 4;
const ACCENTED = 5;
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['bo', /\p{Script=Tibetan}/u],
  ['mn', /\p{Script=Mongolian}/u],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ii', /\p{Script=Yi}/u],
  ['th', /\p{Script=Thai}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['el', /\p{Script=Greek}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['my', /\p{Script=Myanmar}/u],
  ['km', /\p{Script=Khmer}/u],
  ['lo', /\p{Script=Lao}/u],
];
const FIRST_SCRIPT = 6;
const UYGHUR = /[\u06d5\u06d0\u06c6\u06c7\u06c8\u06cb\u06ad\u06be\u0698]/;
const MONGOLIAN_CYRILLIC = /[өүӨҮ]/;

let table: Uint8Array | null = null;

function scripts(): Uint8Array {
  if (table !== null) return table;
  const built = new Uint8Array(65536);
  for (let unit = 0x41; unit < 65536; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) continue;
    const text = String.fromCharCode(unit);
    if (/\p{Script=Han}/u.test(text)) built[unit] = HAN;
    else if (/\p{Script=Latin}/u.test(text)) built[unit] = unit < 0x80 || unit >= 0xff00 ? LATIN : ACCENTED;
    else if (/\p{Script=Arabic}/u.test(text)) built[unit] = ARABIC;
    else if (/\p{Script=Cyrillic}/u.test(text)) built[unit] = CYRILLIC;
    else {
      const script = SCRIPTS.findIndex(([, pattern]) => pattern.test(text));
      if (script >= 0) built[unit] = FIRST_SCRIPT + script;
    }
  }
  table = built;
  return built;
}

const counts = new Int32Array(FIRST_SCRIPT + SCRIPTS.length);

export function languageOf(text: string): string {
  const of = table ?? scripts();
  counts.fill(0);
  for (let i = 0; i < text.length; i++) counts[of[text.charCodeAt(i)] as number] = (counts[of[text.charCodeAt(i)] as number] as number) + 1;
  const han = counts[HAN] ?? 0;
  let best = 0;
  let most = 0;
  for (let s = HAN; s < counts.length; s++) {
    // A Chinese sentence with product names in Latin letters is Chinese: four letters weigh one character.
    const weight = (counts[s] ?? 0) / (s === LATIN || s === ACCENTED ? 4 : 1);
    if (weight > most) [best, most] = [s, weight];
  }
  const kana = FIRST_SCRIPT + SCRIPTS.findIndex(([code]) => code === 'ja');
  if (best === HAN) return (counts[kana] ?? 0) * 4 > han ? 'ja' : 'zh';
  if (best === LATIN) return (counts[ACCENTED] ?? 0) * 10 > (counts[LATIN] ?? 0) || (counts[LATIN] ?? 0) < 3 ? 'und' : 'en';
  if (best === ARABIC) return UYGHUR.test(text) ? 'ug' : 'ar';
  if (best === CYRILLIC) return MONGOLIAN_CYRILLIC.test(text) ? 'mn' : 'ru';
  return best >= FIRST_SCRIPT ? (SCRIPTS[best - FIRST_SCRIPT]?.[0] ?? 'und') : 'und';
}
