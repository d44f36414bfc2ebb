import { z } from 'zod';
import { type Route, Refusal, route } from '../platform/http/route.ts';
import { openApi } from '../platform/http/openapi.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { inTransaction } from '../platform/postgres/db.ts';
import { healthOf } from './system/health.sql.ts';
import { metricsText } from './system/metrics.client.ts';
import { systemRoutes } from './system/system.routes.ts';

/** Routes about the program itself. `all` is the whole table, these routes included. */
export function metaRoutes(version: string, all: () => readonly Route[]): readonly Route[] {
  return [
    ...systemRoutes(version),
    route({
      method: 'GET',
      path: '/livez',
      summary: 'Alive. Carries no data.',
      right: 'public',
      scope: 'none',
      handle: async () => ({ alive: true }),
    }),
    route({
      method: 'GET',
      path: '/readyz',
      summary: 'Ready to serve: database, migrations, warehouse, queue, ticks, disk; 503 with the reasons when not. Carries no data.',
      right: 'public',
      scope: 'none',
      handle: async ({ ctx, reply }) => {
        const health = await healthOf(ctx);
        if (!health.ready) reply.status(503);
        return health;
      },
    }),
    route({
      method: 'GET',
      path: '/version',
      summary: 'Version and database. Carries no data.',
      right: 'public',
      scope: 'none',
      handle: async ({ ctx }) => ({
        version,
        database: ctx.config.databaseUrl === null ? 'embedded' : 'external',
        pack: ctx.pack.id,
        pack_version: ctx.pack.version,
        reader: ctx.reader.version,
      }),
    }),
    route({
      method: 'GET',
      path: '/metrics',
      summary: 'Prometheus metrics of the process; counts of requests and jobs only.',
      right: 'public',
      scope: 'none',
      handle: async ({ ctx, reply }) => {
        const { type, text } = await metricsText(ctx);
        return reply.header('content-type', type).send(text);
      },
    }),
    route({
      method: 'GET',
      path: '/openapi.json',
      summary: 'This interface as OpenAPI 3.1. Carries no data.',
      right: 'public',
      scope: 'none',
      handle: async () => openApi(all(), version),
    }),
    route({
      method: 'GET',
      path: '/api/jobs',
      summary: 'Queues and dead letters. Payloads carry ids only.',
      right: 'system.operate',
      scope: 'none',
      handle: async ({ ctx }) => ({ depth: await ctx.jobs.depth(), dead: await ctx.jobs.dead(), health: await healthOf(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/api/jobs/:id/replay',
      summary: 'Run a dead letter again. Carries no data.',
      right: 'system.operate',
      scope: 'none',
      params: z.strictObject({ id: z.uuid() }),
      handle: async ({ ctx, viewer, params }) => {
        await inTransaction(ctx.db, async (tx) => {
          await writeAudit(tx, { ctx, viewer, via: 'web', action: 'job.replay', subjectKind: 'job', subjectId: params.id });
          // Last, because the queue has a connection of its own: what cannot be written down is not run.
          if (!(await ctx.jobs.replay(params.id))) throw new Refusal('not-found');
        });
        return { replayed: true };
      },
    }),
  ];
}
