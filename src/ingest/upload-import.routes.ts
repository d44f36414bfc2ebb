import { z } from 'zod';
import { CARRIES } from '../model/import-views.ts';
import { may } from '../model/may.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { inTransaction } from '../platform/postgres/db.ts';
import { isUnavailable } from '../platform/postgres/lost-connection.ts';
import { batchView } from './batch-view.ts';
import { addBatch, batchOf } from './import-batches.sql.ts';
import { sourceFor, standingSource } from './sources.sql.ts';
import { dropSpooled, spoolUpload } from './spool.client.ts';

export const uploadImportRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/imports',
    summary: 'Upload a file (octet-stream); it is looked at, nothing is stored as voices yet.',
    right: 'imports.run',
    scope: 'rows',
    bodyAs: 'stream',
    query: z.strictObject({
      name: z.string().min(1).max(300),
      source: z.string().trim().min(1).max(100),
      as: z.enum(CARRIES).default('voices'),
    }),
    handle: async ({ ctx, viewer, query, stream, reply }) => {
      if (query.as !== 'voices' && !may(viewer, 'customers.import')) throw new Refusal('not-allowed', { right: 'customers.import' });
      const batch = ctx.ids.text('batch', `${viewer.member}:${query.name}:${ctx.clock.now()}`);
      // Refused before a byte of it is kept, where the source carries something else.
      await standingSource(ctx.db, viewer, query.source, query.as);
      const spooled = await spoolUpload(ctx.config.home, batch, stream);
      const stored = inTransaction(ctx.db, async (tx) => {
        const source = await sourceFor(tx, ctx, viewer, query.source, query.as);
        await addBatch(tx, {
          id: batch,
          sourceId: source.id,
          memberId: viewer.member,
          carries: query.as,
          fileName: query.name.replaceAll(/[\\/\0]/g, '_'),
          fileHash: spooled.hash,
          fileBytes: spooled.bytes,
          filePath: spooled.path,
          options: source.mapping === null ? {} : { mapping: source.mapping },
          state: 'draft',
          now: ctx.clock.now(),
        });
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'import.upload',
          subjectKind: 'batch',
          subjectId: batch,
          detail: { source: query.source, bytes: spooled.bytes },
        });
        return batchOf(tx, batch);
      });
      const made = await stored.catch(async (error: unknown) => {
        // Whether a commit that was cut off took place is not known; if not, the next start sweeps.
        if (!isUnavailable(error)) await dropSpooled(ctx.config.home, spooled.path);
        throw error;
      });
      if (made === undefined) throw new Refusal('not-found');
      reply.status(201);
      return { batch: batchView(made, ctx.clock.nowMs()) };
    },
  }),
];
