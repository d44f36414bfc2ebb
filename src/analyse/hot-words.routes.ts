import { z } from 'zod';
import { filterSchema } from '../model/question.ts';
import { type Route, route } from '../platform/http/route.ts';
import { hotWordsOf } from './hot-words.client.ts';
import { refuseUnknownValues } from './unknown-values.sql.ts';

export const hotWordsRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/hot-words',
    summary: 'Words that the voices of a selection say more often than the others of the same time, or than before.',
    right: 'numbers.read',
    scope: 'rows',
    body: z.strictObject({
      where: z.array(filterSchema).max(50).default([]),
      against: z.enum(['rest', 'before']).exactOptional(),
      limit: z.int().min(1).max(60).default(24),
    }),
    handle: async ({ ctx, viewer, body }) => {
      await refuseUnknownValues(ctx, viewer, body.where);
      const { against, limit } = body;
      return hotWordsOf(ctx, viewer, body.where, { limit, ...(against === undefined ? {} : { against }) });
    },
  }),
];
