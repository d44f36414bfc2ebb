import type { Filter } from '../../model/question.ts';
import { type CellPlace, GRIEVANCE_KINDS } from '../../model/satisfaction.ts';
import { monthAfter } from './expected-grievances.ts';

/** The filters that open exactly the voices counted in a cell. */
export interface CellFilters {
  place(place: string): readonly Filter[];
  month(month: string): Filter;
  span(from: string, before: string): Filter;
}

export const GRIEVING: Filter = { field: 'kind', in: [...GRIEVANCE_KINDS] };
export const ofPoints = (categories: readonly string[]): Filter => ({ field: 'category', in: [...categories] });

export function cellFilters(by: CellPlace): CellFilters {
  return {
    place: (place) => [{ field: by, in: [place] }],
    month: (month) => ({ field: 'said_at', from: month, before: monthAfter(month) }),
    span: (from, before) => ({ field: 'said_at', from, before }),
  };
}

/** Answers that stand in one column of the sources. */
export interface AnswersIn {
  readonly column: string;
  /** Values seen: answers themselves, or (`scored`) words for what the row's score was asked about. */
  readonly values: readonly string[];
  readonly scored: boolean;
  /** Columns that would count before this one and say nothing. */
  readonly after: readonly string[];
  readonly answers: number;
}

/** Where answers to one question stand: in the overall score (of rows whose `namedIn` columns say nothing), or in columns. */
export type AnswersAt = { readonly namedIn: readonly string[] } | readonly AnswersIn[];

export const SCORED: Filter = { field: 'score_known', in: ['yes'] };
const silent = (columns: readonly string[]): readonly Filter[] => columns.map((column) => ({ field: `attr:${column}`, in: [null] }));

/** Answers of several columns cannot be opened by one list of filters that all hold: the largest column opens. */
export function answersFilters(at: AnswersAt): readonly Filter[] {
  if ('namedIn' in at) return [SCORED, ...silent(at.namedIn)];
  const largest = at.toSorted((a, b) => b.answers - a.answers)[0];
  return largest === undefined ? [] : columnFilters(largest);
}

export const columnFilters = ({ column, values, scored, after }: Omit<AnswersIn, 'answers'>): readonly Filter[] => [
  ...(scored ? [SCORED, ...silent(after)] : []),
  { field: `attr:${column}`, in: [...values] },
];
