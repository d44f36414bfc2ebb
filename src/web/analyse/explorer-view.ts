import { COMPARISONS } from '../../model/comparisons.ts';
import type { Comparison, Filter, Question } from '../../model/question.ts';
import { filtersIn, putFilters } from '../kit/filters-url.ts';
import { isPeriod, withPeriod } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';

/** Everything the explorer shows, as it stands in the address. */
export interface ExplorerView {
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly filters: readonly Filter[];
  readonly period: Period;
  readonly compare: Comparison | null;
  readonly order: { readonly by: string; readonly descending: boolean } | null;
  readonly limit: number;
}

export const LIMITS = [20, 50, 100, 500] as const;
const START: ExplorerView = { measures: ['voices'], by: ['day'], filters: [], period: '30d', compare: null, order: null, limit: 100 };

const list = (text: string | null, otherwise: readonly string[]): readonly string[] =>
  text === null ? otherwise : text.split(',').filter((part) => part !== '');

export function viewIn(params: URLSearchParams): ExplorerView {
  const period = params.get('period');
  const limit = Number(params.get('limit'));
  const order = params.get('order');
  return {
    measures: list(params.get('m'), START.measures),
    by: list(params.get('by'), START.by),
    filters: filtersIn(params),
    period: isPeriod(period) ? period : START.period,
    compare: comparisonIn(params),
    order: order === null || order === '' ? null : { by: order.replace(/^-/, ''), descending: order.startsWith('-') },
    limit: Number.isInteger(limit) && limit > 0 && limit <= 10_000 ? limit : START.limit,
  };
}

export const comparisonIn = (params: URLSearchParams): Comparison | null =>
  COMPARISONS.find((one) => one === params.get('compare')) ?? null;

export function addressOfView(view: ExplorerView): URLSearchParams {
  const params = new URLSearchParams({ view: 'ask' });
  params.set('m', view.measures.join(','));
  params.set('by', view.by.join(','));
  params.set('period', view.period);
  putFilters(params, view.filters);
  if (view.compare !== null) params.set('compare', view.compare);
  if (view.order !== null) params.set('order', `${view.order.descending ? '-' : ''}${view.order.by}`);
  if (view.limit !== START.limit) params.set('limit', String(view.limit));
  return params;
}

const TIME = ['hour', 'day', 'week', 'month', 'quarter', 'year'];
export const isTime = (dimension: string): boolean => TIME.includes(dimension);

export const hasRange = (where: readonly Filter[]): boolean =>
  where.some((f) => 'field' in f && f.field === 'said_at' && 'from' in f && 'before' in f);

/** What the view asks. Times run forward, everything else starts with the largest; a sort of a column that left is dropped. */
export function questionOf(view: ExplorerView, now: Date): Question {
  const where = withPeriod(view.filters, view.period, now);
  const compare = hasRange(where) ? view.compare : null;
  const sortable = [
    ...view.by,
    ...view.measures,
    ...(compare !== null ? view.measures.flatMap((m) => [`${m}_previous`, `${m}_change`]) : []),
  ];
  const usual = usualOrder(view);
  const order = view.order !== null && sortable.includes(view.order.by) ? [view.order] : usual;
  return { measures: view.measures, by: view.by, where, order, limit: view.limit, ...(compare === null ? {} : { compare }) };
}

function usualOrder(view: ExplorerView): { readonly by: string; readonly descending: boolean }[] {
  const time = view.by.find(isTime);
  if (time !== undefined) return [{ by: time, descending: false }];
  const first = view.measures[0];
  return first === undefined || view.by.length === 0 ? [] : [{ by: first, descending: true }];
}

/** The next sort when a header is pressed: largest first, then smallest, then as usual. */
export function nextOrder(now: ExplorerView['order'], column: string): ExplorerView['order'] {
  if (now === null || now.by !== column) return { by: column, descending: true };
  return now.descending ? { by: column, descending: false } : null;
}
