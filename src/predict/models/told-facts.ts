import type { ToldTitles } from '../../model/pack.ts';

/** Longer than this nothing lasts: such a number means something else. */
const MOST_DAYS = 3650;

/** Days as a source wrote them; NaN: nothing, or nothing that is a number of days. */
export function daysTold(text: string | null): number {
  const days = text === null || text.trim() === '' ? NaN : Number(text);
  return days >= 0 && days <= MOST_DAYS ? days : NaN;
}

/** 1 yes, 0 no, −1 not known, by the words of the pack. */
export function solvedTold(text: string | null, { yes, no }: Pick<ToldTitles, 'yes' | 'no'>): number {
  const word = text?.trim().toLowerCase() ?? '';
  const isOf = (words: readonly string[]): boolean => word !== '' && words.some((one) => one.toLowerCase() === word);
  return isOf(yes) ? 1 : isOf(no) ? 0 : -1;
}
