import type { Filter } from './question.ts';

/** How many voices contain a word: of the selection, and of the rest. */
export interface WordCount {
  readonly word: string;
  readonly voices: number;
  readonly rest: number;
}

/** A word that the selection says more often than the rest. */
export interface HotWord extends WordCount {
  readonly share: number;
  readonly restShare: number;
  /** How many times as frequent; null where the rest never says it. */
  readonly times: number | null;
  /** Standard errors by which the two shares differ. */
  readonly z: number;
}

/** What the rest is: everybody else of the same time, or the equally long time before. */
export type Against = 'rest' | 'before';

/** Each word with the filters that open exactly its voices. */
export interface HotWords {
  readonly words: readonly (HotWord & { readonly where: readonly Filter[] })[];
  /** Voices of the selection and of what it is compared with. */
  readonly voices: number;
  readonly rest: number;
  readonly against: Against;
  readonly as_of: string;
}
