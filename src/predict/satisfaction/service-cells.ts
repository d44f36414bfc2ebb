import type { ServiceItem } from '../../model/survey.ts';

/** Answers summed up on the scale 0 (worst) – 100 (best). */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** The overall score of a survey, beside the items of the pack. */
export const OVERALL = 'overall';
/** Scores that named the service item itself, or a branch that it rests on. */
export const namedKey = (service: string): string => `service:${service}`;

/** One place in one month: who could have spoken, what they grieved about, what they answered. */
export interface RawCell {
  readonly place: string;
  /** First day: `2026-03-01`. */
  readonly month: string;
  readonly customers: number;
  /** Category → grievances. */
  readonly grievances: Readonly<Record<string, number>>;
  /** Survey item, `service:…` (scores that named the service item), or `overall` (scores that named nothing) → answers. */
  readonly answers: Readonly<Record<string, Moments>>;
}

/** The same for one service item. */
export interface ServiceCell {
  readonly place: string;
  readonly month: string;
  readonly customers: number;
  /** Grievances in all of the item's points. */
  readonly grievances: number;
  /** Per point: grievances per 1,000 customers in the month. */
  readonly rates: readonly number[];
  /** 0–100; null where nobody answered. */
  readonly satisfaction: number | null;
  readonly answers: number;
  /** Variance of `satisfaction` that comes from asking only some. */
  readonly noise: number;
}

export interface ServiceCells {
  readonly cells: readonly ServiceCell[];
  readonly measuredBy: MeasuredBy;
}

/** `items`: by the service item's own survey items; `named`: by scores that named it; `overall`: nobody was asked either, the overall score stands in. */
export type MeasuredBy = 'items' | 'named' | 'overall';

interface Loaded {
  readonly key: string;
  readonly loading: number;
}

export function serviceCells(service: Pick<ServiceItem, 'code' | 'points' | 'items'>, raw: readonly RawCell[]): ServiceCells {
  const { measuredBy, keys } = askedOf(service, raw);
  const cells = raw.map((cell): ServiceCell => {
    const counts = service.points.map(({ category }) => cell.grievances[category] ?? 0);
    return {
      place: cell.place,
      month: cell.month,
      customers: cell.customers,
      grievances: counts.reduce((sum, count) => sum + count, 0),
      rates: counts.map((count) => (cell.customers > 0 ? (1000 * count) / cell.customers : 0)),
      ...meanOf(cell, keys, namedKey(service.code)),
    };
  });
  return { cells, measuredBy };
}

/** Which answers speak for the service item. Scores that named it weigh as much as one of its survey items. */
function askedOf({ code, items }: Pick<ServiceItem, 'code' | 'items'>, raw: readonly RawCell[]) {
  const given = (key: string): boolean => raw.some((cell) => (cell.answers[key]?.n ?? 0) > 0);
  const asked = items.filter(({ item }) => given(item)).map(({ item, loading }): Loaded => ({ key: item, loading: loading ?? 1 }));
  const usual = asked.reduce((sum, { loading }) => sum + loading / asked.length, 0);
  const named: readonly Loaded[] = given(namedKey(code)) ? [{ key: namedKey(code), loading: usual || 1 }] : [];
  const keys = [...asked, ...named];
  if (keys.length === 0) return { measuredBy: 'overall' as const, keys: [{ key: OVERALL, loading: 1 }] };
  return { measuredBy: asked.length > 0 ? ('items' as const) : ('named' as const), keys };
}

/**
 * Loadings are not weights: they are divided by their sum over what was answered in the cell. Items of one questionnaire are answered
 * together, so that the most answered one tells how many answered; who was asked about the whole service item comes on top.
 */
function meanOf(cell: RawCell, keys: readonly Loaded[], named: string) {
  let [weight, sum, noise, answers] = [0, 0, 0, 0];
  for (const { key, loading } of keys) {
    const found = cell.answers[key];
    if (found === undefined || found.n === 0) continue;
    weight += loading;
    sum += (loading * found.sum) / found.n;
    noise += loading ** 2 * noiseOf(found);
    answers = key === named ? answers + found.n : Math.max(answers, found.n);
  }
  if (weight === 0) return { satisfaction: null, answers: 0, noise: 0 };
  return { satisfaction: sum / weight, answers, noise: noise / weight ** 2 };
}

/** Variance of a mean. One answer says nothing of its own spread: then that of a whole scale is assumed. */
export function noiseOf({ n, sum, squares }: Moments): number {
  if (n < 2) return 900;
  return Math.max(0, (squares - (sum * sum) / n) / (n - 1)) / n;
}
