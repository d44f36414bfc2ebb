import { z } from 'zod';
import { CELL_PLACES } from '../../model/satisfaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { decide, decisionSchema } from './decisions.sql.ts';
import { voiceDrivers } from './voice-drivers.client.ts';
import { satisfactionOverview, serviceDetail } from './satisfaction.client.ts';

const query = z.strictObject({ place: z.enum(CELL_PLACES).default('district') });

export const satisfactionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/satisfaction',
    summary:
      'Grievance index against satisfaction for every service item over cells (place × complete month) of the viewer’s scope, and what those who did not answer probably think.',
    right: 'numbers.read',
    scope: 'rows',
    query,
    handle: ({ ctx, viewer, query: { place }, gone }) => satisfactionOverview(ctx, viewer, place, gone),
  }),
  route({
    method: 'GET',
    path: '/api/satisfaction/services/:code',
    summary: 'One service item: cells, grievance points with their survey items, segments, and the grievances to expect.',
    right: 'numbers.read',
    scope: 'rows',
    params: z.strictObject({ code: z.string().max(100) }),
    query,
    handle: ({ ctx, viewer, params, query: { place }, gone }) => serviceDetail(ctx, viewer, params.code, place, gone),
  }),
  route({
    method: 'GET',
    path: '/api/satisfaction/drivers',
    summary:
      'What drives the overall score of the surveys within the viewer’s scope: shares, effects with intervals, and whether a low score is foretold at all.',
    right: 'numbers.read',
    scope: 'rows',
    handle: async ({ ctx, viewer, gone }) => ({ drivers: await voiceDrivers(ctx, viewer, gone) }),
  }),
  route({
    method: 'POST',
    path: '/api/satisfaction/decisions',
    summary:
      'Confirms or overrides a match, gives weights to grievance points, keeps or drops a proposed question. Settings; they carry no voices.',
    right: 'rules.write',
    scope: 'none',
    body: z.strictObject({ decision: decisionSchema, version: z.int().min(0).default(0) }),
    answer: z.object({ version: z.number() }),
    handle: ({ ctx, viewer, body }) => decide(ctx, viewer, body.decision, body.version),
  }),
];
