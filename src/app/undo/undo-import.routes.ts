import { z } from 'zod';
import { batchSeenBy } from '../../ingest/import-batches.sql.ts';
import { batchView } from '../../ingest/batch-view.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { askUndo } from './undo-import.job.ts';

export const undoImportRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/imports/:id/undo',
    summary: 'Take an import back: its voices or customers go, in the background. Refused, with reasons, where work rests on them.',
    right: 'imports.run',
    scope: 'rows',
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    body: z.strictObject({ version: z.number().int(), reason: z.string().trim().min(2).max(500) }),
    handle: async ({ ctx, viewer, params, body }) => {
      await askUndo(ctx, viewer, params.id, { ...body, via: 'web' });
      const batch = await batchSeenBy(ctx.db, viewer, params.id);
      if (batch === undefined) throw new Refusal('not-found');
      return { batch: batchView(batch, ctx.clock.nowMs()) };
    },
  }),
];
