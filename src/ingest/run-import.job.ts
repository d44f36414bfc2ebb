import { statSync } from 'node:fs';
import type { Problem } from '../model/problem.ts';
import { viewerOf } from '../people/members.sql.ts';
import { writeAudit } from '../people/audit.sql.ts';
import type { Context } from '../platform/context.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { type Tx, inTransaction } from '../platform/postgres/db.ts';
import { inspectInWorker } from './files/read-in-worker.client.ts';
import { type ReadOptions, UnreadableFile, unreadable } from './files/records.ts';
import {
  type ImportBatch,
  addRejected,
  batchOf,
  endBatch,
  forgetFile,
  lockBatch,
  moveBatch,
  saveProgress,
  saveTitles,
} from './import-batches.sql.ts';
import { type Chunk, chunksOf, rowsAtOnce } from './import-chunks.sql.ts';
import { IMPORT_QUEUE, type ImportPayload } from './import-queue.ts';
import { type Mapping, checkMapping, mappingSchema } from './mapping/mapping.ts';
import { mappingOf, suggestMapping } from './mapping/suggest-mapping.ts';
import { voiceWords } from './mapping/words.ts';
import { announce, endAbandonedImports } from './open-imports.sql.ts';
import { ProblemTally } from './problem-groups.ts';
import { READ_QUEUE } from './read-queue.ts';
import { readOptionsOf } from './read-options.ts';
import { rememberMapping, writesOnlyIn } from './sources.sql.ts';
import { dropSpooled, isSpooled } from './spool.client.ts';

/** How soon an import that nobody works on any more is ended. */
const ABANDONED_SECONDS = 60;

export const importJobs: readonly JobDefinition[] = [
  {
    queue: IMPORT_QUEUE,
    async run(ctx: Context, payload: ImportPayload, signal: AbortSignal) {
      await runImport(ctx, payload, signal);
    },
  } as JobDefinition,
  {
    queue: 'ingest.abandoned',
    everySeconds: ABANDONED_SECONDS,
    async run(ctx) {
      await endAbandonedImports(ctx);
    },
  },
];

class ImportMoved extends Error {}

/**
 * Reads a batch's file and stores (or, dry, only judges) its rows. What a transaction committed stays, with the row it came to;
 * run again after a crash it goes on from there. A file that cannot be read ends the batch as failed, with the reason.
 */
export async function runImport(
  ctx: Context,
  { batch: id, dry }: ImportPayload,
  signal: AbortSignal,
  report?: (batch: ImportBatch) => void,
): Promise<ImportBatch> {
  const start = await begin(ctx, id, dry);
  if (start === null) return loaded(ctx, id);
  try {
    await readAll(ctx, start, dry, signal, report);
    await finish(ctx, id, dry);
    // Its rows are stored, or told among the rejected ones: what names people does not lie about any longer than it must.
    if (!dry) await dropSpooled(ctx.config.home, start.filePath);
  } catch (error) {
    if (error instanceof ImportMoved) return loaded(ctx, id);
    if (!(error instanceof UnreadableFile)) throw error;
    await inTransaction(ctx.db, async (tx) => {
      await endBatch(tx, { id, state: dry ? 'checking' : 'running' }, 'failed', ctx.clock.now(), error.problem);
      await announce(tx, ctx, id, 'failed');
    });
  }
  return loaded(ctx, id);
}

async function loaded(ctx: Context, id: string): Promise<ImportBatch> {
  const batch = await batchOf(ctx.db, id);
  if (batch === undefined) throw new Error(`There is no import batch ${id}.`);
  return batch;
}

async function begin(ctx: Context, id: string, dry: boolean): Promise<ImportBatch | null> {
  return inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, id);
    const ready = dry ? ['checking'] : ['queued', 'running'];
    if (batch === undefined || !ready.includes(batch.state)) return null;
    if (!dry && batch.state === 'queued') await moveBatch(tx, id, 'running', ctx.clock.now());
    return batch;
  });
}

async function readAll(
  ctx: Context,
  batch: ImportBatch,
  dry: boolean,
  signal: AbortSignal,
  report?: (batch: ImportBatch) => void,
): Promise<void> {
  const bytes = statSync(batch.filePath, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) throw unreadable('gone');
  // Half a file must not pass for a whole one.
  if (bytes !== batch.fileBytes) throw unreadable('size changed');
  const progress = {
    rowsDone: batch.rowsDone,
    accepted: batch.accepted,
    duplicates: batch.duplicates,
    rejected: batch.rejected,
    tally: new ProblemTally(batch.problems),
    readShare: 0,
  };
  const viewer = await viewerOf(ctx.db, batch.member.id);
  const options = readOptionsOf(batch.options);
  const chunks = chunksOf({
    ctx,
    batch,
    dry,
    mapping: await mappingFor(ctx, batch, options),
    options: { ...options, fromRow: batch.rowsDone + 1, limits: { batchRows: rowsAtOnce(batch.carries) } },
    onlyCity: viewer === undefined ? '' : writesOnlyIn(viewer),
  });
  let reported = performance.now();
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      // While Postgres stores a chunk, the next one is judged and read on threads of their own.
      await storing;
      storing = storeChunk(ctx, batch.id, dry, chunk, progress);
      storing.catch(() => undefined);
      if (performance.now() - reported < 500) continue;
      reported = performance.now();
      await storing;
      report?.(await loaded(ctx, batch.id));
    }
  } finally {
    // Nobody must find this import ended while it still stores.
    await storing;
  }
}

interface Progress {
  rowsDone: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  readonly tally: ProblemTally;
  readShare: number;
}

/** One transaction: rows, readings, rejects, counts, and a job for what is not read. Another runner of the same batch is noticed by the row it came to. */
async function storeChunk(ctx: Context, id: string, dry: boolean, chunk: Chunk, progress: Progress): Promise<void> {
  try {
    const unread = await againWhenTaken(() => inTransaction(ctx.bulk, (tx) => storeIn(tx, ctx, id, dry, chunk, progress)));
    failpoint('import.chunk.committed');
    if (unread.length > 0) ctx.jobs.nudge(READ_QUEUE);
  } finally {
    chunk.done();
  }
}

async function storeIn(tx: Tx, ctx: Context, id: string, dry: boolean, chunk: Chunk, progress: Progress): Promise<readonly number[]> {
  const batch = await lockBatch(tx, id);
  if (batch === undefined || batch.state !== (dry ? 'checking' : 'running') || batch.rowsDone !== progress.rowsDone)
    throw new ImportMoved();
  const { accepted, duplicates, rejected, warned, unread } = await chunk.load(tx);
  const tally = progress.tally;
  for (const { row, problems } of [...rejected, ...warned]) for (const problem of problems) tally.add(row, problem);
  progress.rowsDone += chunk.records;
  progress.accepted += accepted;
  progress.duplicates += duplicates;
  progress.rejected += rejected.length;
  progress.readShare = chunk.bytesTotal === 0 ? 1 : Math.min(1, chunk.bytesRead / chunk.bytesTotal);
  await addRejected(tx, id, rejected);
  await saveProgress(tx, id, { ...progress, problems: tally.groups() });
  if (unread.length > 0) await ctx.jobs.enqueue(tx, READ_QUEUE, spanOf(unread));
  failpoint('import.chunk');
  return unread;
}

const TRIES = 5;

/** A push may store one of our keys between our look and our COPY, or wait for some of ours while we wait for its. The next look sees them. */
async function againWhenTaken<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      const { code, constraint } = error as { code?: unknown; constraint?: unknown };
      const isTaken = code === '40P01' || (code === '23505' && constraint === 'voices_source_id_outside_key_key');
      if (!isTaken || tried === TRIES) throw error;
    }
  }
}

const spanOf = (ids: readonly number[]): { from: number; to: number } => ({ from: Math.min(...ids), to: Math.max(...ids) });

async function finish(ctx: Context, id: string, dry: boolean): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, id);
    if (batch === undefined || batch.state !== (dry ? 'checking' : 'running')) throw new ImportMoved();
    await moveBatch(tx, id, dry ? 'checked' : 'done', ctx.clock.now());
    await announce(tx, ctx, id, dry ? 'checked' : 'done');
    if (dry) return;
    if (isSpooled(ctx.config.home, batch.filePath)) await forgetFile(tx, id);
    await writeAudit(tx, {
      ctx,
      viewer: { member: batch.member.id as never },
      via: 'job',
      action: 'import.done',
      subjectKind: 'batch',
      subjectId: id,
      detail: {
        source: batch.source,
        file: batch.fileName,
        accepted: batch.accepted,
        duplicates: batch.duplicates,
        rejected: batch.rejected,
      },
    });
  });
}

/** The mapping that was set, else the one remembered for the source where it fits, else what the file suggests. */
async function mappingFor(ctx: Context, batch: ImportBatch, options: ReadOptions): Promise<Mapping> {
  const inspection = await inspectInWorker(batch.filePath, options);
  const columns = inspection.columns.map(({ title }) => title);
  // Titles that were lost in decoding are nobody's fields: say so, rather than that a field is missing.
  if (columns.some((title) => title.includes('\ufffd'))) throw new UnreadableFile({ code: 'encoding-undecodable' });
  const given = mappingSchema.safeParse(batch.options.mapping);
  const mapping = given.success
    ? given.data
    : mappingOf(suggestMapping(inspection.columns, batch.carries, { words: voiceWords(ctx.pack), fileName: batch.fileName }));
  const problems: readonly Problem[] = checkMapping(mapping, columns, batch.carries);
  const first = problems[0];
  if (first !== undefined) throw new UnreadableFile(first);
  await saveTitles(ctx.db, batch.id, columns);
  if (given.success) await rememberMapping(ctx.db, batch.sourceId, mapping);
  return mapping;
}
