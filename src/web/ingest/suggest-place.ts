import type { Coded } from '../../model/vocabulary.ts';

/**
 * The one thing that a written word must mean: the same name, or the only name that begins with it or with which it begins.
 * null: there is none, or more than one. A person still presses the key.
 */
export function suggestPlace(written: string, places: readonly Coded[]): string | null {
  const word = folded(written);
  if (word.length < 2) return null;
  const named = places.map(({ code, names }) => ({ code, names: [folded(names.zh), folded(names.en)] }));
  const only = (fits: (name: string) => boolean): string | null => {
    const found = named.filter(({ names }) => names.some((name) => name.length >= 2 && fits(name)));
    return found.length === 1 ? (found[0]?.code ?? null) : null;
  };
  return (
    only((name) => name === word) ??
    only((name) => name.startsWith(word)) ??
    only((name) => word.startsWith(name)) ??
    only((name) => word.endsWith(name))
  );
}

const folded = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();
