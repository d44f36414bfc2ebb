import { type Alpha, krippendorffAlpha } from '../../maths/agreement.ts';
import { holm } from '../../maths/many-tests.ts';
import { differenceOf, wilson } from '../../maths/proportions.ts';
import type { AgreementFigure, CategoryAgreement, CoderAgreement } from '../../model/agreement.ts';
import type { Filter, Names } from '../../model/question.ts';

/** Voices that two people put into the tree. */
export interface DoubleCoded {
  readonly voice: number;
  readonly first: string;
  readonly second: string;
  readonly agent: string | null;
  readonly unit: string | null;
  readonly unitName: string | null;
}

/** Below this a share of disagreement says nothing about a person. */
export const MIN_N = 20;
/** Drawn anew for each agent: enough for two digits of an interval. */
const REPLICATES = 400;
const RELIABLE = 0.8;
const TENTATIVE = 0.667;

export const voicesOf = (rows: readonly DoubleCoded[]): readonly Filter[] => [{ field: 'id', in: rows.map((row) => String(row.voice)) }];

const pairs = (rows: readonly DoubleCoded[], of: (category: string) => string): readonly (readonly [string, string])[] =>
  rows.map((row) => [of(row.first), of(row.second)] as const);

function verdictOf({ alpha, low, units }: Alpha): AgreementFigure['verdict'] {
  if (alpha === null || low === null || units < MIN_N) return 'too-few';
  return low >= RELIABLE ? 'reliable' : low >= TENTATIVE ? 'tentative' : 'unreliable';
}

/** Agreement on leaves, or on the first level (`top`). */
export function figureOf(rows: readonly DoubleCoded[], level: 'leaf' | 'top', seed: number): AgreementFigure {
  const found = krippendorffAlpha(pairs(rows, level === 'leaf' ? (code) => code : (code) => code.split('/')[0] ?? code), { seed });
  return { ...found, verdict: verdictOf(found) };
}

/** Where they differ: per category as it was recorded, the most disagreement first, with what the second coder saw instead. */
export function categoriesOf(rows: readonly DoubleCoded[], nameOf: (code: string) => Names): readonly CategoryAgreement[] {
  return [...Map.groupBy(rows, (row) => row.first)]
    .map(([category, own]) => {
      const others = Map.groupBy(
        own.filter((row) => row.second !== category),
        (row) => row.second,
      );
      const against = krippendorffAlpha(
        pairs(rows, (code) => (code === category ? 'it' : 'other')),
        { replicates: 1 },
      );
      const differ = own.filter((row) => row.second !== category);
      return {
        category,
        names: nameOf(category),
        n: own.length,
        differ: differ.length,
        alpha: against.alpha,
        where: voicesOf(differ),
        confusions: [...others]
          .map(([code, found]) => ({ category: code, names: nameOf(code), n: found.length, where: voicesOf(found) }))
          .toSorted((a, b) => b.n - a.n || (a.category < b.category ? -1 : 1)),
      };
    })
    .toSorted((a, b) => b.differ - a.differ || b.n - a.n || (a.category < b.category ? -1 : 1));
}

/**
 * Agents or centres, each beside all the others together: who disagrees more than they do, beyond chance. Each compares a person's
 * recordings with second codings, so what stands out may be the person, or what he gets to hear.
 */
export function codersOf(rows: readonly DoubleCoded[], by: 'agent' | 'unit', seed: number): readonly CoderAgreement[] {
  const groups = Map.groupBy(
    rows.filter((row) => row[by] !== null),
    (row) => row[by] ?? '',
  );
  const differ = (some: readonly DoubleCoded[]): number => some.filter((row) => row.first !== row.second).length;
  const all = { events: differ(rows), n: rows.length };
  const compared = [...groups].map(([id, own]) => {
    const share = { events: differ(own), n: own.length };
    const others = { events: all.events - share.events, n: all.n - share.n };
    return { id, own, share, beyond: others.n === 0 ? null : differenceOf(share, others) };
  });
  const judged = compared.filter((one) => one.share.n >= MIN_N && one.beyond !== null);
  const adjusted = new Map(holm(judged.map((one) => one.beyond?.p ?? 1)).map((p, i) => [judged[i]?.id, p]));
  return compared
    .map(({ id, own, share, beyond }): CoderAgreement => {
      const p = adjusted.get(id);
      const worse = p !== undefined && p < 0.05 && beyond !== null && beyond.low > 0;
      return {
        id,
        name: by === 'unit' ? (own[0]?.unitName ?? id) : id,
        n: share.n,
        differ: share.events,
        share: share.events / share.n,
        ...wilson(share),
        beyond: beyond === null ? null : { effect: beyond.effect, low: beyond.low, high: beyond.high, p: p ?? beyond.p },
        ...alphaOf(own, seed),
        verdict: p === undefined ? 'too-few' : worse ? 'train' : 'fine',
        where: voicesOf(own.filter((row) => row.first !== row.second)),
      };
    })
    .toSorted((a, b) => rank(a) - rank(b) || b.share - a.share || (a.id < b.id ? -1 : 1));
}

/** With its bootstrap interval where there is enough to draw from. */
function alphaOf(own: readonly DoubleCoded[], seed: number): Pick<CoderAgreement, 'alpha' | 'alpha_low' | 'alpha_high'> {
  const enough = own.length >= MIN_N;
  const { alpha, low, high } = krippendorffAlpha(
    pairs(own, (code) => code),
    { replicates: enough ? REPLICATES : 1, seed },
  );
  return { alpha, alpha_low: enough ? low : null, alpha_high: enough ? high : null };
}

const rank = ({ verdict }: CoderAgreement): number => ({ train: 0, fine: 1, 'too-few': 2 })[verdict];
