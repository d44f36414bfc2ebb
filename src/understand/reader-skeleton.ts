import { classTable, SKIP, WORD } from '../maths/ngrams.ts';
import { stemWord } from '../maths/stem-word.ts';

const BLANK = 0x20;
const APOSTROPHES = new Set([0x27, 0x2019]);
const HYPHEN = 0x2d;

/**
 * What is left of a text without its fillers and endings: 宽带又断了 and 宽带断 are one, and so are “the charges were wrong” and
 * “wrongly charged” as far as their words go. Words of scripts with spaces stand between blanks, so that no word is found inside another.
 */
export class Skeleton {
  codes = new Uint16Array(512);
  length = 0;
  /** Where each unit came from: half-open, in folded offsets. A word's units all stand for the whole word. */
  from = new Int32Array(512);
  before = new Int32Array(512);
  private readonly table = classTable();
  private readonly fillers = new Uint8Array(65536);
  private readonly fillerWords = new Set<string>();
  private readonly longest: number;
  private word = new Uint16Array(64);

  constructor(fillers: readonly string[]) {
    for (const filler of fillers) {
      const unit = filler.charCodeAt(0);
      if (filler.length === 1 && this.table[unit] !== WORD) this.fillers[unit] = 1;
      else this.fillerWords.add(filler.replaceAll(/['’]/g, ''));
    }
    this.longest = [...this.fillerWords].reduce((most, word) => Math.max(most, word.length), 0);
  }

  fill(codes: Uint16Array, length: number): void {
    if (this.codes.length < 2 * length + 2) {
      this.codes = new Uint16Array(4 * length);
      this.from = new Int32Array(4 * length);
      this.before = new Int32Array(4 * length);
    }
    this.length = 0;
    for (let i = 0; i < length;) {
      const unit = codes[i] as number;
      const kind = this.table[unit];
      if (kind === WORD) i = this.addWord(codes, i, length);
      else {
        const dropped = kind === SKIP || this.fillers[unit] === 1 || (unit === HYPHEN && this.isInside(codes, i, length));
        if (!dropped) this.add(unit, i, i + 1);
        i++;
      }
    }
  }

  /** wi-fi and wi fi are one. */
  private isInside(codes: Uint16Array, at: number, length: number): boolean {
    return at > 0 && at + 1 < length && this.table[codes[at - 1] as number] === WORD && this.table[codes[at + 1] as number] === WORD;
  }

  private addWord(codes: Uint16Array, start: number, length: number): number {
    let end = start;
    let size = 0;
    if (this.word.length < length - start) this.word = new Uint16Array(2 * (length - start));
    for (; end < length; end++) {
      const unit = codes[end] as number;
      if (this.table[unit] === WORD) this.word[size++] = unit;
      else if (!APOSTROPHES.has(unit) || end + 1 >= length || this.table[codes[end + 1] as number] !== WORD) break;
    }
    if (size <= this.longest && this.fillerWords.has(String.fromCharCode(...this.word.subarray(0, size)))) return end;
    const stem = stemWord(this.word, size);
    this.add(BLANK, start, end);
    for (let i = 0; i < stem; i++) this.add(this.word[i] as number, start, end);
    this.add(BLANK, start, end);
    return end;
  }

  private add(unit: number, from: number, before: number): void {
    const at = this.length++;
    this.codes[at] = unit;
    this.from[at] = from;
    this.before[at] = before;
  }
}
