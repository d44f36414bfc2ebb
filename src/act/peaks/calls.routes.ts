import { z } from 'zod';
import { CALL_STATES, type CallDetail, callOutcome, specialistDraft } from '../../model/peaks.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { handlingNow } from '../handling/lines.sql.ts';
import { judgedSegments } from '../../predict/read.sql.ts';
import { triedOffer } from '../handling/tried-strategy.sql.ts';
import { callOf, callsOf, shownCall } from './call-rows.sql.ts';
import { recordOutcome, releaseCall, takeCall } from './change-calls.sql.ts';
import { todayOf } from './peaks-view.sql.ts';
import { offeredAs, scriptFor } from './script.ts';
import { addSpecialist, changeSpecialist, specialistsOf } from './specialists.sql.ts';
import { dayMoved } from './team.ts';

const one = z.strictObject({ id: z.string().max(100) });
const seen = z.strictObject({ version: z.int().min(1) });

const callRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/peaks/calls',
    right: 'voices.read',
    scope: 'rows',
    summary: 'Customers above the warning line within scope, worth most first, with how many there are of each state.',
    query: z.strictObject({
      state: z.enum(CALL_STATES).optional(),
      mine: z.enum(['true', 'false']).optional(),
      city: z.string().max(100).optional(),
      days: z.coerce.number().int().min(1).max(90).default(3),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    handle: ({ ctx, viewer, query: { state, mine, city, days, limit, cursor } }) =>
      callsOf(ctx.db, viewer, { state, mine: mine === 'true', city, from: dayMoved(todayOf(ctx), 1 - days), limit, offset: cursor }),
  }),
  route({
    method: 'GET',
    path: '/api/peaks/calls/:id',
    right: 'voices.read',
    scope: 'rows',
    summary: 'One customer above the line, with what to say by cause, segment and value, and what an experiment has for them instead.',
    params: one,
    handle: async ({ ctx, viewer, params }): Promise<CallDetail> => {
      const call = await callOf(ctx.db, viewer, params.id);
      if (call === undefined) throw new Refusal('not-found');
      const [handling, tried, judged] = await Promise.all([
        handlingNow(ctx),
        triedOffer(ctx.db, call.customer, offeredAs(call), call.tier),
        judgedSegments(ctx.db, call.customer),
      ]);
      const segments = call.segment === null ? judged : [call.segment, ...judged];
      return { ...shownCall(call), script: scriptFor(ctx.pack, handling, { ...call, segments }, tried) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/peaks/calls/:id/take',
    right: 'peaks.call',
    scope: 'rows',
    summary: 'A specialist of the city takes a waiting call, over the version that was seen.',
    params: one,
    body: seen,
    handle: ({ ctx, viewer, params, body }) => takeCall(ctx, viewer, params.id, body.version),
  }),
  route({
    method: 'POST',
    path: '/api/peaks/calls/:id/release',
    right: 'peaks.call',
    scope: 'rows',
    summary: 'Gives a call that one took back to the queue.',
    params: one,
    body: seen,
    handle: ({ ctx, viewer, params, body }) => releaseCall(ctx, viewer, params.id, body.version),
  }),
  route({
    method: 'POST',
    path: '/api/peaks/calls/:id/outcome',
    right: 'peaks.call',
    scope: 'rows',
    summary: 'Records what came of a call that one took: reached, attitude, promise, solved.',
    params: one,
    body: z.strictObject({ version: z.int().min(1), outcome: callOutcome }),
    handle: ({ ctx, viewer, params, body }) => recordOutcome(ctx, viewer, params.id, body.version, body.outcome),
  }),
];

const specialistRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/peaks/specialists',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'Quality specialists of the cities within scope: hours, duties, what waits for them, and what came of their calls.',
    handle: async ({ ctx, viewer }) => ({ rows: await specialistsOf(ctx, viewer, todayOf(ctx)) }),
  }),
  route({
    method: 'POST',
    path: '/api/peaks/specialists',
    right: 'peaks.write',
    scope: 'rows',
    summary: 'Makes a member a quality specialist of a city, with hours and duties.',
    body: z.strictObject({ member: z.string().min(1).max(100), city: z.string().min(1).max(100), ...specialistDraft.shape }),
    handle: async ({ ctx, viewer, body }) => {
      const made = await addSpecialist(ctx, viewer, body);
      ctx.jobs.nudge('act.peaks');
      return made;
    },
  }),
  route({
    method: 'PUT',
    path: '/api/peaks/specialists/:id',
    right: 'peaks.write',
    scope: 'rows',
    summary: 'Changes hours and duties of a specialist over the version that was seen; the line of today is solved anew.',
    params: one,
    body: z.strictObject({ version: z.int().min(1), ...specialistDraft.shape }),
    handle: async ({ ctx, viewer, params, body }) => {
      const changed = await changeSpecialist(ctx, viewer, params.id, body);
      ctx.jobs.nudge('act.peaks');
      return changed;
    },
  }),
];

export const peakCallRoutes: readonly Route[] = [...callRoutes, ...specialistRoutes];
