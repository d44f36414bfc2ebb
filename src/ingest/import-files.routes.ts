import { Readable } from 'node:stream';
import { z } from 'zod';
import { CARRIES } from '../model/import-views.ts';
import { may } from '../model/may.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { batchSeenBy } from './import-batches.sql.ts';
import { rejectedFile } from './rejected-file.client.ts';
import { writeTemplate } from './template.client.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const locale = z.enum(['zh', 'en']).default('zh');
const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

export const importFileRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/imports/:id/rejected/file',
    summary: 'Rejected rows as the file said them, with their reasons, to be mended and imported again; needs a reason, and is audited.',
    right: 'imports.run',
    scope: 'rows',
    params: z.strictObject({ id: z.string().min(1).max(100) }),
    body: z.strictObject({ format: z.enum(['xlsx', 'csv']), reason: z.string().trim().min(2).max(500), locale }),
    handle: async ({ ctx, viewer, params, body, reply }) => {
      const batch = await batchSeenBy(ctx.db, viewer, params.id);
      if (batch === undefined) throw new Refusal('not-found');
      // Who brought the file may have its own rows back; everybody else needs the right to see what is masked.
      if (batch.member.id !== viewer.member && !may(viewer, 'voices.reveal')) throw new Refusal('not-allowed', { right: 'voices.reveal' });
      if (batch.rejected === 0) throw new Refusal('state-wrong', { state: batch.state });
      const file = await rejectedFile(ctx.db, batch, body.format, body.locale);
      await writeAudit(ctx.db, {
        ctx,
        viewer,
        via: 'web',
        action: 'import.rejected.file',
        subjectKind: 'batch',
        subjectId: batch.id,
        detail: { reason: body.reason, rows: batch.rejected, format: body.format },
      });
      return reply.header('content-type', file.type).header('content-disposition', attachment(file.name)).send(Readable.from(file.bytes));
    },
  }),
  route({
    method: 'GET',
    path: '/api/import-template',
    summary: 'A workbook to be filled in and imported, with drop-downs from the words that stand now.',
    right: 'imports.run',
    scope: 'rows',
    query: z.strictObject({ as: z.enum(CARRIES).default('voices'), locale }),
    handle: async ({ ctx, viewer, query, reply }) => {
      if (query.as !== 'voices' && !may(viewer, 'customers.import')) throw new Refusal('not-allowed', { right: 'customers.import' });
      const file = await writeTemplate(ctx, viewer, query.as, query.locale);
      return reply.header('content-type', XLSX).header('content-disposition', attachment(file.name)).send(file.bytes);
    },
  }),
];
