import { z } from 'zod';
import { orderOf } from '../act/read.sql.ts';
import { filterSchema } from '../model/question.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { evidenceOf, outcomeWords } from './outcome.ts';
import { closedWithOutcomes, outcomeOfOrder } from './outcomes.sql.ts';

const counted = z.object({ voices: z.number(), days: z.number() });
const outcome = z.object({
  verdict: z.enum(['fell', 'no-visible-change', 'rose', 'too-early']),
  before: counted,
  after: counted,
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  measuredAt: z.string(),
  final: z.boolean(),
});
const answer = z.object({
  order: z.looseObject({
    id: z.string(),
    outcome: outcome.nullable(),
    outcome_words: z.object({ zh: z.string(), en: z.string() }).nullable(),
    outcome_where: z.object({ before: z.array(filterSchema), after: z.array(filterSchema) }).nullable(),
  }),
});

/** The page of one order stands here and not in act, because it ends with what came of it. */
export const verifyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/orders/:id',
    right: 'orders.read',
    scope: 'rows',
    summary: 'One work order with its timeline, what the viewer can do with it, and once it was closed whether the voices fell.',
    params: z.strictObject({ id: z.string() }),
    answer,
    handle: async ({ ctx, viewer, params }) => {
      const order = await orderOf(ctx, viewer, params.id);
      if (order === undefined) throw new Refusal('not-found');
      const found = order.state === 'closed' ? await outcomeOfOrder(ctx.db, order.id) : null;
      const times = { createdMs: Date.parse(order.created_at), closedMs: Date.parse(order.closed_at ?? order.created_at) };
      return {
        order: {
          ...order,
          outcome: found,
          outcome_words: found === null ? null : outcomeWords(found),
          outcome_where: found === null ? null : evidenceOf({ ...order, ...times }, found),
        },
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/orders/closed',
    right: 'orders.read',
    scope: 'rows',
    summary: 'The newest closed work orders within the data scope, each with what came of it.',
    query: z.strictObject({ department: z.string().optional(), limit: z.coerce.number().int().min(1).max(20).default(5) }),
    answer: z.object({
      rows: z.array(
        z.object({
          order: z.looseObject({ id: z.string() }),
          outcome: outcome.nullable(),
          outcome_words: z.object({ zh: z.string(), en: z.string() }).nullable(),
        }),
      ),
    }),
    handle: async ({ ctx, viewer, query }) => ({
      rows: (await closedWithOutcomes(ctx, viewer, query)).map((one) => ({
        ...one,
        outcome_words: one.outcome === null ? null : outcomeWords(one.outcome),
      })),
    }),
  }),
];
