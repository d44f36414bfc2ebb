import { Locale } from 'opencc-js/t2cn';

/**
 * Text as terms and models see it: half width, lower case, simplified, web damage removed.
 * One UTF-16 unit becomes at most one unit, so offsets lead back to the original text.
 */
export interface FoldedText {
  readonly folded: string;
  /** Folded offset → original offset, one entry more than `folded` has units; null where nothing was removed (offsets are equal). */
  readonly map: Int32Array | null;
}

/** The same as code units; `codes` is a shared buffer, overwritten by the next call with the same `into`. */
export interface FoldedCodes {
  codes: Uint16Array;
  length: number;
  map: Int32Array | null;
}

/**
 * One unit → one unit, as far as units were met; 0: not yet. A text has some hundred of them: to look at all 65,536 takes 80 ms, which the
 * event loop has not.
 */
const units = new Uint16Array(65536);
const traditional = new Uint8Array(65536);
const foldedOf = (unit: number): number => {
  const known = units[unit] ?? 0;
  return known === 0 ? (units[unit] = lookedUp(unit)) : known;
};

/** A character whose folded form is longer (… ㎡ ß) stays as it is: equal length beats beauty. */
function lookedUp(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit;
  const lower = String.fromCharCode(unit).normalize('NFKC').toLowerCase();
  if (lower.length !== 1) return unit;
  const isHan = unit >= 0x3400 && unit <= 0xfaff;
  const simple = isHan ? (simplifiedForms().get(lower) ?? lower) : lower;
  if (simple !== lower) traditional[unit] = 1;
  return (simple.length === 1 ? simple : lower).charCodeAt(0);
}

let forms: ReadonlyMap<string, string> | null = null;

/** Of single characters: what a converter does with phrases never shows in them, and makes it 37 ms dear to build. */
function simplifiedForms(): ReadonlyMap<string, string> {
  if (forms !== null) return forms;
  const groups = (Locale.to['cn'] ?? []) as readonly (readonly unknown[])[];
  const dictionaries = groups.flat().filter((one) => typeof one === 'string');
  forms = new Map(dictionaries.flatMap((one) => one.split('|').map((entry) => entry.split(' ') as [string, string])));
  return forms;
}

const LEFT = 0x28;
const RIGHT = 0x29;
const TONED = /[āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]/u;
const PINYIN = /^[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}$/u;

function isHanUnit(unit: number): boolean {
  return unit >= 0x3400 && unit <= 0x9fff;
}

/**
 * Web damage: pages that lost their traditional characters print `點(diǎn)`. The bracket is dropped when it holds
 * toned pinyin, or plain pinyin after a traditional character; `宽带(fttr)` stays.
 * Returns the offset behind the bracket, or 0.
 */
function endOfDamage(text: string, at: number): number {
  const before = text.charCodeAt(at - 1);
  if (at === 0 || !isHanUnit(before)) return 0;
  for (let end = at + 2; end <= at + 7 && end < text.length; end++) {
    if (foldedOf(text.charCodeAt(end)) !== RIGHT) continue;
    const inside = text
      .slice(at + 1, end)
      .toLowerCase()
      .normalize('NFC');
    if (!PINYIN.test(inside)) return 0;
    return TONED.test(inside) || traditional[before] === 1 ? end + 1 : 0;
  }
  return 0;
}

/** Zero-width space, joiners, soft hyphen, byte order mark: invisible, and they split words. */
function isInvisible(unit: number): boolean {
  return unit === 0xfeff || unit === 0xad || (unit >= 0x200b && unit <= 0x200d) || unit === 0x2060;
}

/** Folds into a reusable buffer; the hot path allocates nothing unless something is removed. */
export function foldInto(text: string, into: FoldedCodes): FoldedCodes {
  const length = text.length;
  if (into.codes.length < length) into.codes = new Uint16Array(Math.max(length, 2 * into.codes.length));
  const codes = into.codes;
  let map: Int32Array | null = null;
  let out = 0;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    const folded = foldedOf(unit);
    let end = 0;
    if (folded === LEFT) end = endOfDamage(text, i);
    else if (unit >= 0xad && isInvisible(unit)) end = i + 1;
    if (end === 0) {
      codes[out] = folded;
      if (map !== null) map[out] = i;
      out++;
      continue;
    }
    map ??= identity(length + 1, out);
    i = end - 1;
  }
  if (map !== null) map[out] = length;
  into.length = out;
  into.map = map === null ? null : map.subarray(0, out + 1);
  return into;
}

function identity(size: number, upTo: number): Int32Array {
  const map = new Int32Array(size);
  for (let i = 0; i < upTo; i++) map[i] = i;
  return map;
}

export function newFoldBuffer(): FoldedCodes {
  return { codes: new Uint16Array(256), length: 0, map: null };
}

const shared = newFoldBuffer();

export function foldText(text: string): FoldedText {
  const { codes, length, map } = foldInto(text, shared);
  return { folded: textOf(codes, length), map: map === null ? null : map.slice() };
}

function textOf(codes: Uint16Array, length: number): string {
  let text = '';
  for (let from = 0; from < length; from += 8192) {
    text += String.fromCharCode(...codes.subarray(from, Math.min(length, from + 8192)));
  }
  return text;
}

/** Folded span → span of the original text (half-open), with the damage that follows its last character. */
export function originalSpan(map: Int32Array | null, from: number, before: number): { readonly from: number; readonly before: number } {
  if (map === null) return { from, before };
  return { from: map[from] ?? from, before: map[before] ?? before };
}
