import { type Route, route } from '../../platform/http/route.ts';
import { handlingCost } from './handling-cost.sql.ts';

/** Stands in verify and not in act, because what was saved follows from outcomes. */
export const handlingCostRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/handling/cost',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'What the voices of the last thirty days cost to handle and what closed orders spared, within the data scope, with ranges; unit costs are editable assumptions.',
    handle: ({ ctx, viewer }) => handlingCost(ctx, viewer),
  }),
];
