import type { Pack } from '../../model/pack.ts';

/**
 * What an agent filed a voice under → leaf of the pack: by its code, by its name in either language, or by the names of all its levels with
 * / > or - between. A name that two leaves share says nothing. null: no leaf.
 */
export function leafNames(pack: Pick<Pack, 'categories'>): (recorded: string) => string | null {
  const names = new Map(pack.categories.map((category) => [category.code, category.names]));
  const found = new Map<string, string | null>();
  const put = (name: string, code: string): void => {
    const key = plain(name);
    const known = found.get(key);
    found.set(key, known === undefined || known === code ? code : null);
  };
  for (const { code, cell, names: own } of pack.categories) {
    if (cell === undefined) continue;
    put(own.zh, code);
    put(own.en, code);
    const levels = pathOf(code);
    for (const language of ['zh', 'en'] as const) {
      const words = levels.map((level) => names.get(level)?.[language] ?? '');
      put(words.join('/'), code);
    }
  }
  for (const { code, cell } of pack.categories) if (cell !== undefined) found.set(plain(code), code);
  return (recorded) => found.get(plain(recorded)) ?? null;
}

/** Levels may be put together with / > or -, with or without spaces. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .split(/[/>-]/)
    .map((part) => part.trim())
    .join('/');

const pathOf = (code: string): readonly string[] => code.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
