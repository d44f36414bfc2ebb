import type { CauseChoice } from '../../model/recording.ts';
import type { Locale } from '../i18n/index.ts';
import { initialsOf } from '../kit/initials.ts';

const MOST = 8;

/** A cause with what it is found by, made once for many keystrokes. */
export interface FoundBy {
  readonly choice: CauseChoice;
  readonly name: string;
  readonly other: string;
  readonly initials: string;
  readonly around: string;
  readonly aroundInitials: string;
}

export const searchable = (choices: readonly CauseChoice[], locale: Locale): readonly FoundBy[] =>
  choices.map((choice) => {
    const around = [...choice.above.map((one) => one[locale]), ...choice.words].join(' ').toLowerCase();
    return {
      choice,
      name: choice.names[locale].toLowerCase(),
      other: choice.names[locale === 'zh' ? 'en' : 'zh'].toLowerCase(),
      initials: initialsOf(choice.names.zh),
      around,
      aroundInitials: initialsOf(around),
    };
  });

function fit(by: FoundBy, typed: string): number {
  if (by.name.startsWith(typed)) return 7;
  if (by.initials.startsWith(typed)) return 6;
  if (by.name.includes(typed)) return 5;
  if (by.initials.includes(typed)) return 4;
  if (by.other.includes(typed)) return 3;
  if (by.around.includes(typed)) return 2;
  return typed.length >= 2 && by.aroundInitials.includes(typed) ? 1 : 0;
}

/**
 * The causes that answer what was typed: words or first letters of their names, then of the branches above and the terms that lead to
 * them. `likely` (the customer's last cause) leads among equals, and everything while nothing is typed.
 */
export function findCauses(all: readonly FoundBy[], typed: string, likely: string | null): readonly CauseChoice[] {
  const words = typed.trim().toLowerCase().split(/\s+/u);
  const wanted = words.length === 1 && words[0] === '' ? [] : words;
  return all
    .map((by, i) => ({ by, i, fit: wanted.length === 0 ? 1 : Math.min(...wanted.map((word) => fit(by, word))) }))
    .filter((one) => one.fit > 0)
    .toSorted((a, b) => b.fit - a.fit || Number(b.by.choice.code === likely) - Number(a.by.choice.code === likely) || a.i - b.i)
    .slice(0, MOST)
    .map((one) => one.by.choice);
}
