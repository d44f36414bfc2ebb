import type { Comparison, Filter, Question } from '../../model/question.ts';
import { filtersIn, putFilters } from '../kit/filters-url.ts';
import { isPeriod, withPeriod } from '../kit/periods.ts';
import type { Period } from '../kit/periods.ts';
import { comparisonIn, hasRange } from './explorer-view.ts';

export const PAIN_VIEWS = ['rank', 'touchpoints', 'words', 'ask'] as const;
export type PainView = (typeof PAIN_VIEWS)[number];

/** What the views of the page share: they all look at the same voices. */
export interface PainState {
  readonly view: PainView;
  readonly period: Period;
  readonly filters: readonly Filter[];
  readonly compare: Comparison | null;
  /** What the ranking lists. */
  readonly rank: string;
  /** How the view shows them, as it stood in the address: other voices are shown in the same way. */
  readonly kept?: string;
}

/** What a view keeps when its voices change; the page of a list and what stands open belong to the voices before. */
const KEPT = ['across', 'draw', 'against'];

export const RANKS = [
  'category_1',
  'category_2',
  'category',
  'city',
  'district',
  'community',
  'product',
  'plan',
  'channel',
  'department',
  'unit',
] as const;
const START_RANK = 'category_2';

/** An address that names measures or dimensions is a question of one's own. */
export function painStateIn(params: URLSearchParams): PainState {
  const asked = params.get('view');
  const period = params.get('period');
  const rank = params.get('rank');
  const kept = new URLSearchParams(KEPT.flatMap((name) => params.getAll(name).map((value) => [name, value]))).toString();
  const view = PAIN_VIEWS.find((one) => one === asked) ?? (params.has('m') || params.has('by') || params.has('measures') ? 'ask' : 'rank');
  return {
    view,
    period: isPeriod(period) ? period : '30d',
    filters: filtersIn(params),
    compare: params.get('compare') === 'none' ? null : (comparisonIn(params) ?? 'previous'),
    rank: RANKS.find((one) => one === rank) ?? START_RANK,
    ...(kept === '' ? {} : { kept }),
  };
}

/** With the address before it, sorted as that; the order of rows is no part of the state, which must outlast it. */
export function addressOfPain(state: PainState, old?: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(state.kept);
  const sort = old?.get('sort') ?? null;
  if (sort !== null) params.set('sort', sort);
  if (state.view !== 'rank') params.set('view', state.view);
  if (state.view === 'rank' && state.rank !== START_RANK) params.set('rank', state.rank);
  params.set('period', state.period);
  putFilters(params, state.filters);
  if (state.compare !== 'previous') params.set('compare', state.compare ?? 'none');
  return params;
}

/** The address of another view of the same voices. */
export function toView(params: URLSearchParams, view: PainView): string {
  const { kept: _, ...state } = painStateIn(params);
  const next = addressOfPain({ ...state, view });
  if (view === 'ask') {
    next.set('m', params.get('m') ?? 'voices');
    next.set('by', params.get('by') ?? 'day');
  }
  return `?${next.toString()}`;
}

export const whereOf = (state: Pick<PainState, 'filters' | 'period'>, now: Date): readonly Filter[] =>
  withPeriod(state.filters, state.period, now);

const RANKED = ['voices', 'share', 'complaints', 'complaint_share', 'customers', 'per_10k_subscribers'] as const;
/** All that a sheet holds, so that sorting and the file begin with the whole list; so many of them are drawn. */
const MOST_RANKED = 5000;
export const MOST_DRAWN = 200;

export function rankQuestion(state: PainState, now: Date): Question {
  const where = whereOf(state, now);
  return {
    measures: RANKED,
    by: [state.rank],
    where,
    limit: MOST_RANKED,
    ...(state.compare !== null && hasRange(where) ? { compare: state.compare } : {}),
  };
}

/** What comes after a value was chosen: cause after cause, then place after place. */
const FINER: Readonly<Record<string, string>> = {
  category_1: 'category_2',
  category_2: 'category',
  category: 'district',
  city: 'district',
  district: 'community',
};

const isListOf = (filter: Filter, field: string): boolean => 'in' in filter && filter.field === field;

/** One step down: the value becomes a filter, and the ranking turns to what is finer and not yet chosen. */
export function drilled(state: PainState, value: string | null): PainState {
  const filters = [...state.filters.filter((f) => !isListOf(f, state.rank)), { field: state.rank, in: [value] }];
  const chosen = (field: string): boolean => filters.some((f) => isListOf(f, field));
  const candidates = [FINER[state.rank], 'category', 'district', 'plan', 'channel', 'community'].filter((one) => one !== undefined);
  const next = candidates.find((one) => one !== state.rank && !chosen(one) && !coarserThanChosen(one, chosen));
  return { ...state, filters, rank: next ?? state.rank };
}

const CHAINS: readonly (readonly string[])[] = [
  ['category_1', 'category_2', 'category'],
  ['city', 'district', 'community'],
];
function coarserThanChosen(field: string, chosen: (field: string) => boolean): boolean {
  const chain = CHAINS.find((one) => one.includes(field)) ?? [];
  return chain.slice(chain.indexOf(field)).some(chosen);
}

/** A step of the path that led here; following it goes back to it. */
export interface Crumb {
  readonly field: string;
  readonly values: readonly (string | null)[];
  readonly back: PainState;
}

/** The chosen causes and places in the order they were chosen; each leads back to where it had just been chosen. */
export function crumbsOf(state: PainState): readonly Crumb[] {
  return state.filters.flatMap((filter, i): readonly Crumb[] => {
    if (!('in' in filter)) return [];
    const kept = state.filters.slice(0, i + 1);
    const later = state.filters.slice(i + 1);
    const firstDropped = later.find((f) => 'in' in f);
    const rank = firstDropped !== undefined && 'in' in firstDropped && isRank(firstDropped.field) ? firstDropped.field : state.rank;
    return [{ field: filter.field, values: filter.in, back: { ...state, filters: [...kept, ...later.filter((f) => !('in' in f))], rank } }];
  });
}

/** Back to before the first choice. */
export function startOf(state: PainState): PainState {
  const first = state.filters.find((f) => 'in' in f);
  const rank = first !== undefined && 'in' in first && isRank(first.field) ? first.field : state.rank;
  return { ...state, filters: state.filters.filter((f) => !('in' in f)), rank };
}
const isRank = (field: string): boolean => (RANKS as readonly string[]).includes(field);

/** Whether two counts of equally long periods differ by more than counting does by itself. */
export const isBeyondChance = (value: number, previous: number): boolean =>
  value + previous > 0 && Math.abs(value - previous) / Math.sqrt(value + previous) >= 3;
