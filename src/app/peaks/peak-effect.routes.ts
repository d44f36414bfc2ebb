import { z } from 'zod';
import { takeMeasured } from '../../act/read.sql.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { measuredEffects } from '../../verify/read.sql.ts';

/** Act comes before verify: what an experiment measured reaches the line as a row, by whoever decides that it counts. */
export const peakEffectRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/peaks/effects',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'Finished experiments within sight that measured by lot which share of complaints a way of handling prevents.',
    handle: async ({ ctx, viewer }) => ({ rows: await measuredEffects(ctx.db, viewer) }),
  }),
  route({
    method: 'POST',
    path: '/api/peaks/effects',
    right: 'peaks.write',
    scope: 'rows',
    summary: 'Takes the effect that an experiment measured instead of the one that counts now, over the version that was seen.',
    body: z.strictObject({ experiment: z.string().min(1).max(100), seen: z.int().min(0), reason: z.string().trim().min(1).max(500) }),
    handle: async ({ ctx, viewer, body }) => {
      const [effect] = await measuredEffects(ctx.db, viewer, body.experiment);
      if (effect === undefined) throw new Refusal('not-found');
      const saved = await takeMeasured(ctx, viewer, { effect, seen: body.seen, reason: body.reason });
      ctx.jobs.nudge('act.peaks');
      return saved;
    },
  }),
];
