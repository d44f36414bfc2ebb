import { z } from 'zod';
import { may } from '../model/may.ts';
import { filterSchema, questionSchema } from '../model/question.ts';
import { VOICE_SORTS } from '../model/voice-views.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { Refusal, type Route, route } from '../platform/http/route.ts';
import { ask } from './ask.client.ts';
import { exportName } from './export-cells.ts';
import { exportAnswer, exportVoices } from './export.client.ts';
import { searchVoices } from './search-voices.client.ts';
import { refuseUnknownValues } from './unknown-values.sql.ts';
import { vocabularyFor } from './vocabulary.sql.ts';

const names = z.object({ zh: z.string(), en: z.string() });
const answer = z.object({
  columns: z.array(z.object({ name: z.string(), kind: z.string(), unit: z.string(), names, help: names.optional() })),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  total_rows: z.int(),
  as_of: z.string(),
  previous: z.object({ from: z.string(), before: z.string() }).optional(),
  labels: z.record(z.string(), z.record(z.string(), names)),
});
const where = z.array(filterSchema).max(50).default([]);
const locale = z.enum(['zh', 'en']).default('zh');
const exported = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), question: questionSchema, locale }),
  z.strictObject({ kind: z.literal('voices'), where, locale }),
]);
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const askRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/vocabulary',
    summary: 'The words that a question may use: measures, dimensions, codes and their names.',
    right: 'signed-in',
    scope: 'rows',
    handle: ({ ctx, viewer }) => vocabularyFor(ctx, viewer),
  }),
  route({
    method: 'POST',
    path: '/api/ask',
    summary: 'Numbers for a question, within the viewer’s data scope.',
    right: 'numbers.read',
    scope: 'rows',
    body: questionSchema,
    answer,
    handle: ({ ctx, viewer, body }) => ask(ctx, viewer, body),
  }),
  route({
    method: 'POST',
    path: '/api/voices/search',
    summary: 'The voices behind filters, text masked: newest first, or by when they were said, how sure the reading is, or their score.',
    right: 'voices.read',
    scope: 'rows',
    body: z.strictObject({
      where,
      limit: z.int().min(0).max(200).default(50),
      cursor: z.string().nullish(),
      sort: z.enum(VOICE_SORTS).nullish(),
    }),
    handle: async ({ ctx, viewer, body }) => {
      await refuseUnknownValues(ctx, viewer, body.where);
      const { where, limit, cursor, sort } = body;
      return searchVoices(ctx, viewer, where, { limit, cursor: cursor ?? null, sort: sort ?? null });
    },
  }),
  route({
    method: 'POST',
    path: '/api/exports',
    summary: 'The rows of a screen as an XLSX file; for voices the right to read them is needed, too.',
    right: 'numbers.export',
    scope: 'rows',
    body: exported,
    handle: async ({ ctx, viewer, body, reply }) => {
      // A token may be narrowed to numbers.
      if (body.kind === 'voices' && !may(viewer, 'voices.read')) throw new Refusal('not-allowed');
      if (body.kind === 'voices') await refuseUnknownValues(ctx, viewer, body.where);
      const file =
        body.kind === 'answer'
          ? await exportAnswer(ctx, viewer, body.question, body.locale)
          : await exportVoices(ctx, viewer, body.where, body.locale);
      const conditions = body.kind === 'answer' ? body.question.where : body.where;
      const detail = {
        ...(body.kind === 'answer' ? { question: body.question } : { where: body.where }),
        rows: file.rows,
        total_rows: file.totalRows,
      };
      await writeAudit(ctx.db, {
        ctx,
        viewer,
        via: 'web',
        action: 'export',
        subjectKind: body.kind,
        subjectId: exportName(body.kind, conditions),
        detail,
      });
      return reply
        .header('content-type', XLSX)
        .header('content-disposition', `attachment; filename="${exportName(body.kind, conditions)}"`)
        .send(file.bytes);
    },
  }),
];
