import { classTable, SKIP, WORD } from '../maths/ngrams.ts';
import { foldText } from '../model/fold-text.ts';

const MOST_BETWEEN = 2;

/** Is a word negated by what stands before it? 不太满意, never really happy: a negator, with at most two words like 太 or really between. */
export class Negation {
  private readonly table = classTable();
  private readonly negators: readonly Uint16Array[];
  private readonly between: readonly Uint16Array[];

  constructor(negators: readonly string[], between: readonly string[]) {
    this.negators = longestFirst(negators);
    this.between = longestFirst(between);
  }

  holds(codes: Uint16Array, from: number): boolean {
    let at = this.overBlanks(codes, from);
    for (let skipped = 0; skipped <= MOST_BETWEEN; skipped++) {
      if (this.endingAt(codes, at, this.negators) > 0) return true;
      const length = this.endingAt(codes, at, this.between);
      if (length === 0) return false;
      at = this.overBlanks(codes, at - length);
    }
    return false;
  }

  private overBlanks(codes: Uint16Array, at: number): number {
    let before = at;
    while (before > 0 && this.table[codes[before - 1] as number] === SKIP) before--;
    return before;
  }

  /** Length of the first word of a list that ends here and is no end of a longer word; 0 = none. */
  private endingAt(codes: Uint16Array, before: number, words: readonly Uint16Array[]): number {
    for (const word of words) {
      const from = before - word.length;
      if (from < 0) continue;
      let i = 0;
      while (i < word.length && codes[from + i] === word[i]) i++;
      if (i < word.length) continue;
      const isInside = from > 0 && this.table[word[0] as number] === WORD && this.table[codes[from - 1] as number] === WORD;
      if (!isInside) return word.length;
    }
    return 0;
  }
}

function longestFirst(words: readonly string[]): readonly Uint16Array[] {
  return words
    .map((word) => foldText(word).folded)
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) => Uint16Array.from({ length: word.length }, (_, i) => word.charCodeAt(i)));
}
