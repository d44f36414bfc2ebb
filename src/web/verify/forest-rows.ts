import type { Comparison, ComparedTable, Effect, SideView } from '../../model/comparison.ts';
import type { Vocabulary } from '../../model/vocabulary.ts';
import type { Locale } from '../i18n/index.ts';
import { valuesOf } from '../kit/vocabulary.ts';
import { inPoints } from './effect-figures.ts';

export interface ForestRow {
  readonly name: string;
  readonly kind: 'whole' | 'part';
  readonly effect: Effect;
  readonly p: number | null;
  /** Benjamini–Hochberg, of whole metrics. */
  readonly q: number | null;
  readonly treated: SideView;
  readonly control: SideView;
  readonly points: boolean;
  /** What was measured, of which arms, and of which stratum (null: of all). */
  readonly metric: string;
  readonly arm: string;
  readonly against: string;
  readonly stratum: string | null;
}

export interface ForestGroup {
  readonly title: string;
  readonly rows: readonly ForestRow[];
  /** Half the width of the axis; 0 stands in the middle. */
  readonly reach: number;
}

/** One picture for each metric of each treated arm: all together first, then its strata. */
export function forestGroups(report: ComparedTable, all: string): readonly ForestGroup[] {
  const comparisons: readonly Comparison[] = report.comparisons ?? [report];
  return comparisons.flatMap((one) =>
    [one, ...(one.metrics ?? [])].map((result): ForestGroup => {
      const points = inPoints(result.kind, result.effect);
      const of = { points, metric: result.metric, arm: one.arm, against: one.against };
      const whole: ForestRow = {
        name: all,
        kind: 'whole',
        effect: result,
        p: result.p_adjusted,
        // Reports that were kept before q was told.
        q: result.q ?? null,
        treated: result.treated,
        control: result.control,
        ...of,
        stratum: null,
      };
      const parts = (result.strata ?? []).map((part): ForestRow => ({
        name: part.stratum,
        kind: 'part',
        effect: part,
        p: part.p_adjusted,
        q: null,
        treated: part.treated,
        control: part.control,
        ...of,
        stratum: part.stratum,
      }));
      const rows = [whole, ...parts];
      return { title: `${result.metric} · ${one.arm} – ${one.against}`, rows, reach: reachOf(rows) };
    }),
  );
}

function reachOf(rows: readonly ForestRow[]): number {
  const ends = rows.flatMap(({ effect }) => [effect.low, effect.high, effect.effect]).filter((end): end is number => end !== null);
  return Math.max(1e-9, ...ends.map(Math.abs)) * 1.08;
}

/** Place of a value on the axis, in percent of its width. */
export const placeOf = (value: number, reach: number): number => 50 + (50 * value) / reach;

/** Dimensions whose codes come as values of strata. */
const NAMED = ['segment', 'temperament', 'usage_group', 'city'] as const;

/** `young-high · 1301` in words; what the vocabulary does not know stays as it is. */
export const stratumName = (stratum: string, words: Vocabulary | undefined, locale: Locale): string =>
  stratum
    .split(' · ')
    .map((part) => {
      const known = words === undefined ? [] : NAMED.flatMap((dimension) => valuesOf(words, dimension) ?? []);
      return known.find(({ code }) => code === part)?.names[locale] ?? part;
    })
    .join(' · ');
