import { z } from 'zod';
import { FUNNEL_STAGES } from '../../model/funnel.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import { dayText } from '../../model/time-bounds.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { funnel, funnelVoices } from './funnel.client.ts';

const asked = {
  from: dayText,
  before: dayText,
  days: z.coerce.number().int().min(1).max(180).default(30),
  /** Segments by rule, or of another scheme as its newest run says. */
  scheme: z.enum(SCHEME_IDS).default('rules'),
};
const code = z.string().max(200).optional();

/** The way of dissatisfied customers: silent, or grievance, escalation and complaint, or content. */
export const funnelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/funnel',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'Customers who showed dissatisfaction in a time (days of the province), each followed for so many days: silent, satisfied, quiet, escalated or complained; with intervals, by segment of a scheme and place.',
    query: z.strictObject(asked),
    handle: ({ ctx, viewer, query }) => funnel(ctx, viewer, query),
  }),
  route({
    method: 'GET',
    path: '/api/funnel/voices',
    right: 'voices.read',
    scope: 'rows',
    summary: 'The voices behind one figure of the funnel: the first sign of each customer counted, newest first.',
    query: z.strictObject({
      ...asked,
      stage: z.enum([...FUNNEL_STAGES, 'all', 'spoke']),
      segment: code,
      city: code,
      district: code,
      limit: z.coerce.number().int().min(1).max(200).default(30),
      cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    handle: ({ ctx, viewer, query: { limit, cursor, ...rest } }) => funnelVoices(ctx, viewer, rest, { limit, offset: cursor }),
  }),
];
