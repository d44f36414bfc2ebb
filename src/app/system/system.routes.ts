import { warehouseParity } from '../../analyse/read.sql.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { z } from 'zod';
import { type Route, route } from '../../platform/http/route.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { REBUILD } from './rebuild-warehouse.job.ts';
import { systemState } from './system-state.sql.ts';

/** What the system administrator sees and may set going. */
export const systemRoutes = (version: string): readonly Route[] => [
  route({
    method: 'GET',
    path: '/api/system',
    summary: 'The state of every part of the machine: stores, queue, ticks, mail, disk, process. Carries no voices.',
    right: 'system.operate',
    scope: 'none',
    handle: ({ ctx }) => systemState(ctx, version),
  }),
  route({
    method: 'POST',
    path: '/api/warehouse/rebuild',
    summary: 'Fill the warehouse anew from Postgres, as a job; questions see the old rows until it is done. Carries no voices.',
    right: 'system.operate',
    scope: 'none',
    body: z.strictObject({}),
    handle: async ({ ctx, viewer }) => {
      await inTransaction(ctx.db, async (tx) => {
        await ctx.jobs.enqueue(tx, REBUILD, {}, { key: REBUILD });
        await writeAudit(tx, { ctx, viewer, via: 'web', action: 'warehouse.rebuild', subjectKind: 'warehouse', subjectId: 'warehouse' });
      });
      ctx.jobs.nudge(REBUILD);
      return { queued: true };
    },
  }),
  route({
    method: 'POST',
    path: '/api/warehouse/parity',
    summary: 'Compare the warehouse with Postgres per day, channel and kind; the result is kept in the audit. Carries counts only.',
    right: 'system.operate',
    scope: 'none',
    body: z.strictObject({}),
    handle: async ({ ctx, viewer }) => {
      const { ok, voices, differences } = await warehouseParity(ctx);
      const detail = { ok, voices, differences: differences.length };
      const entry = {
        ctx,
        viewer,
        via: 'web',
        action: 'warehouse.parity',
        subjectKind: 'warehouse',
        subjectId: 'warehouse',
        detail,
      } as const;
      await writeAudit(ctx.db, entry);
      return detail;
    },
  }),
];
