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

/** Where answers to one question stand: the overall score, or columns of sources with the values seen in them. */
export type AnswersAt = 'score' | readonly { readonly column: string; readonly values: readonly string[] }[];

/** Answers of several columns cannot be opened by one list of filters that all hold: the largest column opens. */
export function answersFilters(at: AnswersAt): readonly Filter[] {
  if (at === 'score') return [{ field: 'score_known', in: ['yes'] }];
  const largest = at.toSorted((a, b) => b.values.length - a.values.length)[0];
  return largest === undefined ? [] : [{ field: `attr:${largest.column}`, in: [...largest.values] }];
}
