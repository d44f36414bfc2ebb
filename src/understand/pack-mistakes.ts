import type { Pack, PackCategory } from '../model/pack.ts';
import type { Problem } from '../model/problem.ts';

/** A mistake of a pack: where (`terms.12.category`), what, and the way out, because its author is no programmer. */
export const invalid = (column: string, why: string, way: string): Problem => ({
  code: 'pack-invalid',
  column,
  params: { why, way },
});

export const unknown = (column: string, value: string): Problem => ({
  code: 'pack-reference-unknown',
  column,
  params: { value, way: 'write a code that the pack lists, or list this one' },
});

export function repeated(column: string, keys: readonly string[]): readonly Problem[] {
  const first = new Map<string, number>();
  return keys.flatMap((key, i) => {
    const seen = first.get(key);
    if (seen === undefined) {
      first.set(key, i);
      return [];
    }
    return [
      { code: 'pack-duplicate' as const, column: `${column}.${i}`, params: { value: key, first: seen, way: 'take one of the two out' } },
    ];
  });
}

export const isLeaf = (category: PackCategory): boolean => category.cell !== undefined;

export function codesOf(coded: Pack['categories'] | Pack['stages']): ReadonlySet<string> {
  return new Set(coded.map((each) => each.code));
}
