/**
 * Features of a text: character n-grams (1–3) where a script writes no spaces, words, word pairs and
 * word pieces (3–5 characters) where it does. Measured on Chinese sets, characters beat segmented words.
 * Works on UTF-16 units that the caller has folded; keeps its arrays between texts.
 */
/** What a code unit is: nothing, a character of a script without spaces, a letter or digit of one with spaces, a mark. */
export const SKIP = 0;
export const SOLID = 1;
export const WORD = 2;
export const MARK = 3;

let classes: Uint8Array | null = null;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Bopomofo}]/u;

export function classTable(): Uint8Array {
  if (classes !== null) return classes;
  const table = new Uint8Array(65536);
  for (let unit = 0; unit < 65536; unit++) {
    const text = String.fromCharCode(unit);
    if (unit >= 0xd800 && unit <= 0xdfff) table[unit] = SOLID;
    else if (/[\s\p{C}]/u.test(text)) table[unit] = SKIP;
    else if (UNSPACED.test(text)) table[unit] = SOLID;
    else table[unit] = /[\p{L}\p{M}\p{N}_]/u.test(text) ? WORD : MARK;
  }
  classes = table;
  return table;
}

const LONGEST_WORD = 40;

export class Ngrams {
  /** Two 32-bit keys per feature occurrence (exact for n-grams, a 64-bit hash for words) and the span it stands on. */
  high = new Int32Array(1024);
  low = new Int32Array(1024);
  from = new Int32Array(1024);
  before = new Int32Array(1024);
  count = 0;
  private lastWordHigh = 0;
  private lastWordLow = 0;
  private lastWordFrom = -1;
  private readonly table = classTable();

  scan(codes: Uint16Array, length: number): void {
    this.count = 0;
    this.lastWordFrom = -1;
    const table = this.table;
    for (let i = 0; i < length;) {
      const kind = table[codes[i] ?? 0] ?? SKIP;
      if (kind === WORD) i = this.word(codes, i, length);
      else {
        if (kind !== SKIP) this.grams(codes, i, length, kind);
        i++;
      }
    }
  }

  /** The 1-, 2- and 3-gram that begin here; marks count alone only. */
  private grams(codes: Uint16Array, i: number, length: number, kind: number): void {
    const first = codes[i] ?? 0;
    this.add(first, kind, i, i + 1);
    if (kind === MARK || i + 1 >= length) return;
    const second = codes[i + 1] ?? 0;
    if (this.table[second] !== SOLID) return;
    this.add(first | 0x10000, second << 16, i, i + 2);
    if (i + 2 >= length) return;
    const third = codes[i + 2] ?? 0;
    if (this.table[third] === SOLID) this.add(first | 0x20000, (second << 16) | third, i, i + 3);
  }

  private word(codes: Uint16Array, start: number, length: number): number {
    let end = start;
    let high = 0x811c9dc5;
    let low = 0x2545f491;
    let digits = 0;
    for (; end < length && end - start < LONGEST_WORD; end++) {
      const unit = codes[end] ?? 0;
      if (this.table[unit] !== WORD) break;
      if (unit >= 0x30 && unit <= 0x39) digits++;
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x5bd1e995) ^ (low >>> 15);
    }
    // A long number says only that it is one.
    if (digits === end - start && digits > 3) [high, low] = [0x7f000000 | digits, 1];
    high |= -0x80000000;
    this.add(high, low, start, end);
    if (this.lastWordFrom >= 0) {
      this.add(
        (Math.imul(this.lastWordHigh, 31) ^ high) | -0x80000000,
        Math.imul(this.lastWordLow, 0x9e3779b1) ^ low,
        this.lastWordFrom,
        end,
      );
    }
    this.lastWordHigh = high;
    this.lastWordLow = low;
    this.lastWordFrom = start;
    if (end - start > 3 && digits < end - start) this.pieces(codes, start, end);
    return end;
  }

  /** Pieces of a word with its edges marked, so that charge, charged and charging share most of theirs. */
  private pieces(codes: Uint16Array, start: number, end: number): void {
    for (let i = start - 1; i < end - 1; i++) {
      let high = 0x1000193;
      let low = 0x3c6ef372;
      for (let n = 1; n <= 5 && i + n <= end + 1; n++) {
        const at = i + n - 1;
        const unit = at < start || at >= end ? 0x20 : (codes[at] ?? 0);
        high = Math.imul(high ^ unit, 0x01000193);
        low = Math.imul(low ^ unit, 0x5bd1e995) ^ (low >>> 13);
        if (n >= 3) this.add(high | -0x40000000, low ^ n, Math.max(start, i), Math.min(end, i + n));
      }
    }
  }

  private add(high: number, low: number, from: number, before: number): void {
    if (this.count === this.high.length) this.grow();
    const at = this.count++;
    this.high[at] = high;
    this.low[at] = low;
    this.from[at] = from;
    this.before[at] = before;
  }

  private grow(): void {
    const doubled = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.high = doubled(this.high);
    this.low = doubled(this.low);
    this.from = doubled(this.from);
    this.before = doubled(this.before);
  }
}

export function mixKeys(high: number, low: number): number {
  let h = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
