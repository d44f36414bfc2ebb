/** Grievances of a branch of the second level from which it stands by itself: of fewer, 5 in 100 are a handful. */
const ENOUGH = 300;

const branchOf = (category: string, level: number): string => category.split('/').slice(0, level).join('/');

/** The topic of each grievance: its branch of the second level where that has enough of them, else that of the first. null: no category. */
export function topicsOf(categories: readonly (string | null)[]): readonly (string | null)[] {
  const sizes = new Map<string, number>();
  for (const category of categories) if (category !== null) sizes.set(branchOf(category, 2), (sizes.get(branchOf(category, 2)) ?? 0) + 1);
  return categories.map((category) => {
    if (category === null) return null;
    const second = branchOf(category, 2);
    return (sizes.get(second) ?? 0) >= ENOUGH ? second : branchOf(category, 1);
  });
}

/** The topic that a category belongs to among those that were learned; undefined: none. */
export function topicAmong<T extends { readonly topic: string }>(topics: readonly T[], category: string | null): T | undefined {
  if (category === null) return undefined;
  const of = (level: number): T | undefined => topics.find(({ topic }) => topic === branchOf(category, level));
  return of(2) ?? of(1);
}
