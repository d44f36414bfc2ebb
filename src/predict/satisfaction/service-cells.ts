import type { ServiceItem } from '../../model/survey.ts';

/** Answers summed up on the scale 0 (worst) – 100 (best). */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** The overall score of a survey, beside the items of the pack. */
export const OVERALL = 'overall';

/** One place in one month: who could have spoken, what they grieved about, what they answered. */
export interface RawCell {
  readonly place: string;
  /** First day: `2026-03-01`. */
  readonly month: string;
  readonly customers: number;
  /** Category → grievances. */
  readonly grievances: Readonly<Record<string, number>>;
  /** Survey item (or `overall`) → answers. */
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
  /** `items`: from the service item's own survey items; `overall`: nobody was asked them, the overall score stands in. */
  readonly measuredBy: 'items' | 'overall';
}

export function serviceCells(service: Pick<ServiceItem, 'points' | 'items'>, raw: readonly RawCell[]): ServiceCells {
  const asked = service.items.filter(({ item }) => raw.some((cell) => (cell.answers[item]?.n ?? 0) > 0));
  const measuredBy = asked.length > 0 ? 'items' : 'overall';
  const loadings = asked.length > 0 ? asked.map(({ item, loading }) => ({ item, loading: loading ?? 1 })) : [{ item: OVERALL, loading: 1 }];
  const cells = raw.map((cell): ServiceCell => {
    const counts = service.points.map(({ category }) => cell.grievances[category] ?? 0);
    return {
      place: cell.place,
      month: cell.month,
      customers: cell.customers,
      grievances: counts.reduce((sum, count) => sum + count, 0),
      rates: counts.map((count) => (cell.customers > 0 ? (1000 * count) / cell.customers : 0)),
      ...meanOf(cell, loadings),
    };
  });
  return { cells, measuredBy };
}

/** Loadings are not weights: they are divided by their sum over the items that were answered in the cell. */
function meanOf(cell: RawCell, loadings: readonly { readonly item: string; readonly loading: number }[]) {
  let [weight, sum, noise, answers] = [0, 0, 0, 0];
  for (const { item, loading } of loadings) {
    const found = cell.answers[item];
    if (found === undefined || found.n === 0) continue;
    weight += loading;
    sum += (loading * found.sum) / found.n;
    noise += loading ** 2 * noiseOf(found);
    answers = Math.max(answers, found.n);
  }
  if (weight === 0) return { satisfaction: null, answers: 0, noise: 0 };
  return { satisfaction: sum / weight, answers, noise: noise / weight ** 2 };
}

/** Variance of a mean. One answer says nothing of its own spread: then that of a whole scale is assumed. */
export function noiseOf({ n, sum, squares }: Moments): number {
  if (n < 2) return 900;
  return Math.max(0, (squares - (sum * sum) / n) / (n - 1)) / n;
}
