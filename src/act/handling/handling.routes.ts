import { z } from 'zod';
import { handlingChange } from '../../model/handling.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { inboundChain } from './inbound-chain.sql.ts';
import { changeHandling, handlingNow } from './lines.sql.ts';
import { pressure } from './pressure.sql.ts';

export const handlingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/handling',
    right: 'orders.read',
    scope: 'none',
    summary: 'Expectations, strategies, responsibility chains and unit costs as they hold now. Settings; they carry no voices.',
    handle: ({ ctx }) => handlingNow(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/handling/lines',
    right: 'rules.write',
    scope: 'none',
    summary:
      'Writes the next version of an expectation, a strategy or a unit cost over the version that was seen. Settings; they carry no voices.',
    body: z.strictObject({ change: handlingChange, version: z.int().min(0).default(0), reason: z.string().min(1).max(500) }),
    answer: z.object({ version: z.number() }),
    handle: ({ ctx, viewer, body }) => changeHandling(ctx, viewer, body.change, body.version, body.reason),
  }),
  route({
    method: 'GET',
    path: '/api/handling/pressure',
    right: 'orders.read',
    scope: 'rows',
    summary:
      'Where problems stand and who is pressed: orders by department and branch, voices by window unit, satisfaction by city, orders by who raised them.',
    handle: ({ ctx, viewer }) => pressure(ctx, viewer),
  }),
  route({
    method: 'GET',
    path: '/api/handling/chain/:voice',
    right: 'voices.read',
    scope: 'rows',
    summary:
      'The inbound chain of one voice: customer type, grievance, how often it becomes a complaint, department, expectation and strategies by value tier.',
    params: z.strictObject({ voice: z.coerce.number().int() }),
    handle: ({ ctx, viewer, params }) => inboundChain(ctx, viewer, params.voice),
  }),
];
