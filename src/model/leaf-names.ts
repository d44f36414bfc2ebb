import { type Pack, levelsOf } from './pack.ts';

/**
 * What an agent filed a voice under → leaf of the pack: by its code, by its name in either language, or by the names of all its levels with
 * / > or - between. A name that two leaves share says nothing. null: no leaf.
 */
export function leafNames(pack: Pick<Pack, 'categories'>): (recorded: string) => string | null {
  const codes = leafCodes(pack);
  return (recorded) => codes.get(plainLeafName(recorded)) ?? null;
}

/** The same as a table: a code or name as `plainLeafName` makes it → leaf. Names that two leaves share are not in it. */
export function leafCodes({ categories }: Pick<Pack, 'categories'>): ReadonlyMap<string, string> {
  const names = new Map(categories.map((category) => [category.code, category.names]));
  const leaves = categories.filter(({ cell }) => cell !== undefined);
  const found = new Map<string, string | null>();
  const put = (name: string, code: string): void => {
    const key = plainLeafName(name);
    const known = found.get(key);
    found.set(key, known === undefined || known === code ? code : null);
  };
  for (const { code, names: own } of leaves) {
    put(own.zh, code);
    put(own.en, code);
    const levels = levelsOf(code);
    for (const language of ['zh', 'en'] as const) put(levels.map((level) => names.get(level)?.[language] ?? '').join('/'), code);
  }
  for (const { code } of leaves) found.set(plainLeafName(code), code);
  return new Map([...found].flatMap(([name, code]) => (code === null ? [] : [[name, code] as const])));
}

/** Levels may be put together with / > or -, with or without spaces. `ingest/recorded-leaf.sql.ts` says the same in SQL. */
export const plainLeafName = (name: string): string =>
  name
    .toLowerCase()
    .split(/[/>-]/)
    .map((part) => part.trim())
    .join('/');
