import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { BatchState } from '../model/import-views.ts';
import { publish } from '../people/live.sql.ts';
import type { Context } from '../platform/context.ts';
import { isJobOpen } from '../platform/jobs/is-job-open.sql.ts';
import { type Db, type Tx, inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { type ImportBatch, endBatch, lockBatch } from './import-batches.sql.ts';
import { IMPORT_QUEUE } from './import-queue.ts';

const OPEN: readonly BatchState[] = ['checking', 'queued', 'running'];

const lockOf = (id: string) => sql`hashtextextended(${`import ${id}`}, 0)`;

/** A connection on which nothing is said for longer than a statement may take counts as lost. */
const BEAT_MS = 15_000;
const AGAIN_MS = 500;

/**
 * Marks an import as being worked on by this process while `work` lasts: an import that has no job, of the command line. The mark is a
 * lock of a connection, so it goes with the process, however that ends; where only the connection breaks, another one takes it up.
 */
export async function whileHeld<T>(db: Db, id: string, work: () => Promise<T>, beatMs = BEAT_MS): Promise<T> {
  const over = new AbortController();
  const held = Promise.withResolvers<void>();
  const holding = (async () => {
    for (let isFirst = true; !over.signal.aborted; isFirst = false) {
      try {
        await db.connection().execute((one) => hold(one, id, beatMs, over.signal, held.resolve));
      } catch (error) {
        if (isFirst) held.reject(error);
        await pause(AGAIN_MS, over.signal);
      }
    }
  })();
  try {
    await held.promise;
    return await work();
  } finally {
    over.abort();
    await holding;
  }
}

async function hold(db: Db, id: string, beatMs: number, signal: AbortSignal, isHeld: () => void): Promise<void> {
  await sql`select pg_advisory_lock_shared(${lockOf(id)})`.execute(db);
  isHeld();
  for (await pause(beatMs, signal); !signal.aborted; await pause(beatMs, signal)) await sql`select 1`.execute(db);
  await sql`select pg_advisory_unlock_shared(${lockOf(id)})`.execute(db);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => setTimeout(ms, undefined, { signal }).catch(() => undefined);

/**
 * Ends what says that it is being imported, though no job is there for it and no process works on it: it would stay so for ever, and the
 * rules would go on giving way to it. What it stored stays; it can be gone on with, or undone. Gives back the batches.
 */
export async function endAbandonedImports(ctx: Context): Promise<readonly string[]> {
  const found = await rowsOf(ctx.db, abandoned(sql<boolean>`true`));
  const ended: string[] = [];
  for (const { id } of found) if (await inTransaction(ctx.db, (tx) => endAbandoned(tx, ctx, id))) ended.push(id);
  return ended;
}

const abandoned = (where: ReturnType<typeof sql<boolean>>) => sql<{ id: string }>`
  select b.id from import_batches b
  where b.state = any(${OPEN}::text[]) and ${where} and not ${isJobOpen(IMPORT_QUEUE, 'batch', sql`b.id`)}`;

async function endAbandoned(tx: Tx, ctx: Context, id: string): Promise<boolean> {
  const lock = await rowOf(tx, sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${lockOf(id)}) as free`);
  const batch = lock?.free === true ? await lockBatch(tx, id) : undefined;
  if (batch === undefined) return false;
  // Asked once more: it may have ended, or begun anew, before it was ours.
  if ((await rowOf(tx, abandoned(sql<boolean>`b.id = ${id}`))) === undefined) return false;
  await endBatch(tx, batch, 'failed', ctx.clock.now(), { code: 'import-abandoned' });
  await announce(tx, ctx, id, 'failed');
  return true;
}

/** Ends an import whose runner goes; one that has ended meanwhile stays as it is. */
export async function cancelOpenImport(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const batch = await lockBatch(tx, id);
    if (batch === undefined || !OPEN.includes(batch.state)) return;
    await endBatch(tx, batch, 'cancelled', ctx.clock.now());
    await announce(tx, ctx, id, 'cancelled');
  });
}

/** Seen by province scope only: a batch carries rows of many places. Its maker's page asks for itself. */
export const announce = (tx: Tx, ctx: Context, id: string, state: string): Promise<void> =>
  publish(tx, ctx, {
    topic: 'import',
    key: `${id}:${state}`,
    city: null,
    district: null,
    unitPath: null,
    department: null,
    payload: { id, state },
  });

/** Rows that stand because of a batch; a check stores none, and usage is written over part by part. */
export async function rowsUnder(db: Db, { id, carries }: Pick<ImportBatch, 'id' | 'carries'>): Promise<number> {
  if (carries === 'usage') return 0;
  const row = await rowOf(
    db,
    carries === 'voices'
      ? sql<{ n: number }>`select count(*) as n from voices where batch_id = ${id}`
      : sql<{ n: number }>`select count(*) as n from import_before where batch_id = ${id}`,
  );
  return row?.n ?? 0;
}
