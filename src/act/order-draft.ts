import type { OrderDraft } from '../model/order-views.ts';
import type { Pack } from '../model/pack.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem } from '../model/problem.ts';
import type { Filter } from '../model/question.ts';
import { filterProblems, voiceFieldOf } from '../warn/index.ts';

/** Everything that is wrong with it, at once. */
export function orderProblems(draft: OrderDraft, pack: Pack): readonly Problem[] {
  const problems: Problem[] = [];
  if (draft.title.trim() === '') problems.push({ code: 'field-required', column: 'body.title' });
  problems.push(...filterProblems(draft.where, 'body.where'));
  const { category, department, entity } = draft;
  if (category !== null && !pack.categories.some((one) => one.code === category)) problems.push(unknown('body.category', category));
  if (department !== null && !pack.departments.some((one) => one.code === department))
    problems.push(unknown('body.department', department));
  if (entity !== null && voiceFieldOf(entity.dimension) === undefined) {
    problems.push({ code: 'dimension-unknown', column: 'body.entity.dimension', params: { value: entity.dimension } });
  }
  return problems;
}

function unknown(column: string, value: string): Problem {
  return { code: 'pack-reference-unknown', column, params: { value } };
}

/**
 * The filters narrowed to what the finder may see. The order's voices are counted again when it is closed, by the system
 * and for everybody who sees the order: so its filters must not reach beyond the scope of who wrote them.
 */
export function withinScope(where: readonly Filter[], viewer: Viewer): readonly Filter[] {
  switch (viewer.scope) {
    case 'province':
      return where;
    case 'city':
      return [...where, { field: 'city', in: [viewer.city] }];
    case 'unit-below':
      return [...where, viewer.district === null ? { field: 'unit', in: [viewer.unit] } : { field: 'district', in: [viewer.district] }];
    case 'unit':
    case 'team':
      return [...where, { field: 'unit', in: [viewer.unit] }];
    case 'own':
      return [...where, { field: 'agent', in: [viewer.staffNo ?? ''] }];
  }
}
