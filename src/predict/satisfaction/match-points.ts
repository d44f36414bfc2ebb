import type { SurveyItem } from '../../model/survey.ts';

/** A grievance point as far as matching looks at it: its names and the words that speak for it. */
export interface PointWords {
  readonly category: string;
  readonly words: readonly string[];
}

/** The survey item that asks about a grievance point, and why we think so. */
export interface PointMatch {
  readonly category: string;
  readonly item: string;
  /** 0–1: 1 − (1 − path)(1 − words). */
  readonly score: number;
  /** Branch of the knowledge map that both stand on. */
  readonly path: string | null;
  /** Fragments that both say, the most telling first. */
  readonly words: readonly string[];
}

/** What a score is called: sure enough to use, worth a look, or none. */
export const SURE = 0.55;
export const POSSIBLE = 0.25;

/**
 * The best survey item for every point: by the branch of the knowledge map that the item asks about, and by the two-character
 * fragments that both say, each weighing by how few points say it (tf-idf cosine). No vectors from elsewhere: whoever doubts
 * a match sees the fragments. Ties go to the item listed first.
 */
export function matchPoints(points: readonly PointWords[], items: readonly SurveyItem[]): readonly (PointMatch | null)[] {
  const weights = rarity(points.map((point) => fragmentsOf(point.words)));
  const asked = items.map((item) => ({ item, fragments: fragmentsOf([item.names.zh, item.names.en, item.question.zh, ...item.asked_as]) }));
  return points.map((point) => {
    const own = fragmentsOf(point.words);
    const rated = asked.map(({ item, fragments }) => ratingOf(point.category, own, item, fragments, weights));
    const best = rated.toSorted((a, b) => b.score - a.score)[0];
    return best === undefined || best.score < POSSIBLE ? null : best;
  });
}

function ratingOf(
  category: string,
  own: ReadonlySet<string>,
  item: SurveyItem,
  asked: ReadonlySet<string>,
  weights: ReadonlyMap<string, number>,
): PointMatch {
  const path = sharedBranch(category, item.about);
  const shared = [...own].filter((fragment) => asked.has(fragment)).toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  const cosine = sumOf(shared, weights) / Math.sqrt(sumOf([...own], weights) * sumOf([...asked], weights) || 1);
  const byPath = path === null ? 0 : path === category || path.split('/').length > 1 ? 0.6 : 0.3;
  const byWords = Math.min(1, 1.5 * cosine);
  return { category, item: item.code, score: 1 - (1 - byPath) * (1 - byWords), path, words: shared.slice(0, 4) };
}

const sumOf = (fragments: readonly string[], weights: ReadonlyMap<string, number>): number =>
  fragments.reduce((sum, fragment) => sum + (weights.get(fragment) ?? 1) ** 2, 0);

/** The longest branch of the item that holds the category. */
function sharedBranch(category: string, about: readonly string[]): string | null {
  const holding = about.filter((branch) => category === branch || category.startsWith(`${branch}/`));
  return holding.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** Two neighbouring Han characters, or a whole word of letters: what a reader recognises. */
export function fragmentsOf(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const run of text.match(/\p{Script=Han}{2,}/gu) ?? []) for (let i = 0; i + 2 <= run.length; i++) add(run.slice(i, i + 2), found);
    for (const word of text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? []) add(word, found);
  }
  return found;
}

/** Words of every questionnaire say nothing about what it asks. */
const EVERYWHERE = new Set('您对 满意 意吗 方便 便程 程度 度满 的方 how satisfied are you with the your and for that'.split(' '));
function add(fragment: string, found: Set<string>): void {
  if (!EVERYWHERE.has(fragment)) found.add(fragment);
}

function rarity(documents: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const holding = new Map<string, number>();
  for (const document of documents) for (const fragment of document) holding.set(fragment, (holding.get(fragment) ?? 0) + 1);
  return new Map([...holding].map(([fragment, n]) => [fragment, Math.log(1 + documents.length / n)]));
}

/** What to ask about a point that no survey item asks about. */
export function proposedQuestion(names: { readonly zh: string; readonly en: string }): { readonly zh: string; readonly en: string } {
  return {
    zh: `最近三个月，您是否遇到过“${names.zh}”的问题？如遇到过，您对处理结果满意吗？（1–10 分）`,
    en: `In the last three months, did you have a problem of the kind “${names.en}”? If so, how satisfied are you with how it was handled? (1–10)`,
  };
}
