import { timeBound } from '../analyse/index.ts';
import type { Problem } from '../model/problem.ts';
import type { Filter } from '../model/question.ts';
import { voiceFieldOf } from './voice-fields.ts';

/** What is wrong with filters before they are stored or asked: fields that no voice has, times that cannot be read. @param at where they stand */
export const filterProblems = (where: readonly Filter[], at: string): readonly Problem[] =>
  where.flatMap((filter, i) => ('field' in filter ? problemsOf(filter, `${at}.${i}`) : []));

function problemsOf(filter: Extract<Filter, { readonly field: string }>, at: string): readonly Problem[] {
  const field = voiceFieldOf(filter.field);
  if (field === undefined) return [{ code: 'filter-unknown', column: `${at}.field`, params: { value: filter.field } }];
  if (field.kind !== 'time' || 'in' in filter) return [];
  return (['from', 'before'] as const).flatMap((side): readonly Problem[] => {
    const text = filter[side] ?? '';
    return text === '' || timeBound(text) !== null ? [] : [{ code: 'date-unreadable', column: `${at}.${side}`, params: { value: text } }];
  });
}
