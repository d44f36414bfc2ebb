import { z } from 'zod';
import { Refusal, type Route, type RouteRequest, route } from '../platform/http/route.ts';
import type { Context } from '../platform/context.ts';
import { BATCH_STATES, type BatchState, type ImportPreview, type RejectedView } from '../model/import-views.ts';
import type { Page } from '../model/page.ts';
import type { Viewer } from '../model/people.ts';
import { offsetInstantText } from '../model/time-bounds.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { type Db, type Tx, inTransaction } from '../platform/postgres/db.ts';
import { batchView } from './batch-view.ts';
import { inspectInWorker } from './files/read-in-worker.client.ts';
import { ENCODINGS, FILE_FORMATS, UnreadableFile } from './files/records.ts';
import {
  type ImportBatch,
  batchSeenBy,
  batchSourcesSeenBy,
  batchesSeenBy,
  endBatch,
  lockBatch,
  moveBatch,
  rejectedOf,
  resetCounts,
  saveOptions,
} from './import-batches.sql.ts';
import { checkMapping, mappingSchema } from './mapping/mapping.ts';
import { maskRecord } from './mask-attributes.ts';
import { maskPreview } from './mask-preview.ts';
import { suggestMapping } from './mapping/suggest-mapping.ts';
import { voiceWords } from './mapping/words.ts';
import { readOptionsOf } from './read-options.ts';
import { IMPORT_QUEUE } from './import-queue.ts';
import { rowsUnder } from './open-imports.sql.ts';

/** As a page before wrote it into its cursor. */
const isInstant = (text: string): boolean =>
  /^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
const id = z.strictObject({ id: z.string().min(1).max(100) });
const version = z.strictObject({ version: z.number().int() });
const options = z.strictObject({
  format: z.enum(FILE_FORMATS).optional(),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.string().max(1).optional(),
  sheet: z.string().max(200).optional(),
  header_row: z.number().int().min(0).max(1000).optional(),
  mapping: mappingSchema.optional(),
  said_at: offsetInstantText.optional(),
});

/** `state=failed` or `state=failed,cancelled`: any of them. */
const states = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(BATCH_STATES)).min(1));

export const importRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/imports',
    summary: 'Import batches: the own ones, all with province scope.',
    right: 'imports.run',
    scope: 'rows',
    query: z.strictObject({
      text: z.string().trim().max(200).optional(),
      state: states.optional(),
      source: z.string().max(100).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(30),
    }),
    handle: async ({ ctx, viewer, query }) => {
      const [at, before] = (query.cursor ?? '').split('~');
      const after = at && before && isInstant(at) ? { at, id: before } : null;
      const filter = { text: query.text, states: query.state, source: query.source };
      const rows = await batchesSeenBy(ctx.db, viewer, query.limit + 1, after, filter);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page.map((batch) => batchView(batch, ctx.clock.nowMs())),
        next: rows.length > query.limit && last !== undefined ? `${last.createdAt}~${last.id}` : null,
        sources: await batchSourcesSeenBy(ctx.db, viewer),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id',
    summary: 'One batch with a preview of its file.',
    right: 'imports.run',
    scope: 'rows',
    params: id,
    handle: async ({ ctx, viewer, params }) => {
      const batch = await seen(ctx, viewer, params.id);
      return { batch: batchView(batch, ctx.clock.nowMs()), preview: batch.filePath === '' ? null : await previewOf(ctx, batch) };
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/imports/:id',
    summary: 'Set encoding, delimiter, sheet, header row, mapping or the time of a draft.',
    right: 'imports.run',
    scope: 'rows',
    params: id,
    body: z.strictObject({ version: z.number().int(), options }),
    handle: async ({ ctx, viewer, params, body }) => {
      await change(ctx, viewer, params.id, body.version, ['draft', 'checked'], 'import.options', async (tx, batch) => {
        await refuseStanding(tx, batch);
        if (body.options.mapping !== undefined) await refuseWrongMapping(batch, body.options);
        await resetCounts(tx, batch.id);
        await saveOptions(tx, batch.id, { ...batch.options, ...body.options } as ImportBatch['options']);
        await moveBatch(tx, batch.id, 'draft', ctx.clock.now());
      });
      const batch = await seen(ctx, viewer, params.id);
      return { batch: batchView(batch, ctx.clock.nowMs()), preview: await previewOf(ctx, batch) };
    },
  }),
  ...(['check', 'commit'] as const).map((verb) =>
    route({
      method: 'POST',
      path: `/api/imports/:id/${verb}`,
      right: 'imports.run',
      scope: 'rows',
      params: id,
      body: version,
      summary:
        verb === 'check' ? 'Dry run: judge every row, store none.' : 'Store the rows in the background; one that was cut off goes on.',
      handle: async ({ ctx, viewer, params, body }: RouteRequest<{ id: string }, unknown, { version: number }>) => {
        const dry = verb === 'check';
        await change(
          ctx,
          viewer,
          params.id,
          body.version,
          ['draft', 'checked', 'cancelled', 'failed'],
          `import.${verb}`,
          async (tx, batch) => {
            // Rows that stand were counted: only an import that goes on behind them keeps counts and rows together.
            if (dry) await refuseStanding(tx, batch);
            if (dry || (await rowsUnder(tx, batch)) === 0) await resetCounts(tx, batch.id);
            await moveBatch(tx, batch.id, dry ? 'checking' : 'queued', ctx.clock.now());
            await ctx.jobs.enqueue(tx, IMPORT_QUEUE, { batch: batch.id, dry });
          },
        );
        ctx.jobs.nudge(IMPORT_QUEUE);
        return { batch: batchView(await seen(ctx, viewer, params.id), ctx.clock.nowMs()) };
      },
    }),
  ),
  route({
    method: 'POST',
    path: '/api/imports/:id/cancel',
    summary: 'Stop a running check or import; what is stored stays.',
    right: 'imports.run',
    scope: 'rows',
    params: id,
    body: version,
    handle: async ({ ctx, viewer, params, body }) => {
      await change(
        ctx,
        viewer,
        params.id,
        body.version,
        ['draft', 'checked', 'checking', 'queued', 'running'],
        'import.cancel',
        async (tx, batch) => {
          await endBatch(tx, batch, 'cancelled', ctx.clock.now());
        },
      );
      return { batch: batchView(await seen(ctx, viewer, params.id), ctx.clock.nowMs()) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id/rejected',
    summary: 'Rejected rows with their reasons and, masked, what the file said.',
    right: 'imports.run',
    scope: 'rows',
    params: id,
    query: z.strictObject({
      cursor: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(50),
    }),
    handle: async ({ ctx, viewer, params, query }) => {
      await seen(ctx, viewer, params.id);
      return rejectedPage(ctx.db, params.id, query, maskRecord);
    },
  }),
  route({
    method: 'POST',
    path: '/api/imports/:id/rejected/reveal',
    summary: 'Rejected rows as the file said them; needs a reason, and is audited.',
    right: 'voices.reveal',
    scope: 'rows',
    params: id,
    body: z.strictObject({
      reason: z.string().trim().min(2).max(500),
      cursor: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    handle: ({ ctx, viewer, params, body }) =>
      inTransaction(ctx.db, async (tx) => {
        if ((await batchSeenBy(tx, viewer, params.id)) === undefined) throw new Refusal('not-found');
        const page = await rejectedPage(tx, params.id, body, (raw) => raw);
        await writeAudit(tx, {
          ctx,
          viewer,
          via: 'web',
          action: 'import.rejected.reveal',
          subjectKind: 'batch',
          subjectId: params.id,
          detail: { reason: body.reason, rows: page.rows.length },
        });
        return page;
      }),
  }),
];

async function rejectedPage(
  db: Db,
  batch: string,
  page: { cursor: number; limit: number },
  shown: (raw: unknown) => unknown,
): Promise<Page<RejectedView>> {
  const rows = await rejectedOf(db, batch, page.limit + 1, page.cursor);
  const kept = rows.slice(0, page.limit);
  return {
    rows: kept.map(({ row, problems, raw, voiceId }) => ({ row, problems, raw: shown(raw), conflict_with: voiceId })),
    next: rows.length > page.limit ? String(kept.at(-1)?.row) : null,
  };
}

async function seen(ctx: Context, viewer: Viewer, batch: string): Promise<ImportBatch> {
  const found = await batchSeenBy(ctx.db, viewer, batch);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

/** One change of a batch: seen, at the version that the caller saw, in a fitting state; audited with it. */
async function change(
  ctx: Context,
  viewer: Viewer,
  batchId: string,
  seenVersion: number,
  from: readonly BatchState[],
  action: string,
  work: (tx: Tx, batch: ImportBatch) => Promise<void>,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if ((await batchSeenBy(tx, viewer, batchId)) === undefined) throw new Refusal('not-found');
    const batch = await lockBatch(tx, batchId);
    if (batch === undefined) throw new Refusal('not-found');
    if (batch.version !== seenVersion) throw new Refusal('stale-version', { version: batch.version });
    if (!from.includes(batch.state)) throw new Refusal('state-wrong', { state: batch.state });
    await work(tx, batch);
    await writeAudit(tx, { ctx, viewer, via: 'web', action, subjectKind: 'batch', subjectId: batchId });
  });
}

/** Another reading of the file would count the rows that stand as duplicates, or, read otherwise, store them twice. */
async function refuseStanding(tx: Tx, batch: ImportBatch): Promise<void> {
  const rows = await rowsUnder(tx, batch);
  if (rows > 0) throw new Refusal('state-wrong', { state: batch.state }, [{ code: 'import-rows-stand', params: { rows } }]);
}

/** A preview is enough to know a column by, and no more: what leads to a person is hidden. */
async function previewOf(ctx: Context, batch: ImportBatch): Promise<ImportPreview> {
  try {
    const file = await inspectInWorker(batch.filePath, readOptionsOf(batch.options));
    const suggestion = suggestMapping(file.columns, batch.carries, { words: voiceWords(ctx.pack), fileName: batch.fileName });
    const { columns, rows } = maskPreview(
      file.columns,
      suggestion.columns.map((column) => column?.field ?? null),
      file.previewRows,
    );
    return {
      columns: columns.map(({ title, samples }, i) => {
        const suggested = suggestion.columns[i];
        return { title, samples, suggested: suggested?.field ? { field: suggested.field, confidence: suggested.confidence } : null };
      }),
      constants: suggestion.constants,
      date_order: suggestion.dateOrder,
      format: file.format,
      encoding: file.encoding,
      encoding_confidence: file.encodingConfidence,
      delimiter: file.delimiter,
      sheet: file.sheet,
      sheets: file.sheets,
      header_row: file.headerRow,
      rows,
      problems: file.problems,
    };
  } catch (error) {
    if (error instanceof UnreadableFile) return { columns: [], rows: [], sheets: [], problems: [error.problem] };
    throw error;
  }
}

async function refuseWrongMapping(batch: ImportBatch, given: z.infer<typeof options>): Promise<void> {
  const { mapping, ...rest } = given;
  const file = await inspectInWorker(batch.filePath, readOptionsOf({ ...batch.options, ...rest } as ImportBatch['options']));
  const problems =
    mapping === undefined
      ? []
      : checkMapping(
          mapping,
          file.columns.map(({ title }) => title),
          batch.carries,
        );
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
}
