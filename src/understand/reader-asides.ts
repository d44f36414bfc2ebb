import { WordFinder } from '../maths/find-words.ts';
import { foldText } from '../model/fold-text.ts';

/** Shorter beginnings are greetings. */
const LEAST = 8;

/**
 * A voice is filed under one cause, and people come to what brought them first: what follows 另外 or 顺便说下 is a second matter.
 * Its words would only pull the first away.
 */
export class Asides {
  private readonly finder: WordFinder;

  constructor(phrases: readonly string[]) {
    this.finder = new WordFinder([...new Set(phrases.map((phrase) => foldText(phrase).folded))]);
  }

  /** Units of the text before its first aside; all of them where there is none. */
  mainLength(codes: Uint16Array, length: number): number {
    const { finder } = this;
    finder.scan(codes, length);
    let main = length;
    for (let i = 0; i < finder.count; i++) {
      const from = finder.from[i] as number;
      if (from >= LEAST && from < main) main = from;
    }
    return main;
  }
}
