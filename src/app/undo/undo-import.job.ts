import { setTimeout } from 'node:timers/promises';
import { ordersOver } from '../../act/read.sql.ts';
import { acknowledgedOver } from '../../warn/read.sql.ts';
import { ASK_AGAIN_MS, lookAgainAt } from '../../warn/evaluate-rules.job.ts';
import { outcomesOver } from '../../verify/read.sql.ts';
import type { BatchUndo, ImportBatch } from '../../ingest/import-batch.ts';
import { batchOf, batchSeenBy, forgetFile, lockBatch, moveBatch } from '../../ingest/import-batches.sql.ts';
import { rowsUnder } from '../../ingest/open-imports.sql.ts';
import { batchesOver, measureUndo, putCustomersBack, saveUndo, takeVoicesOut } from '../../ingest/undo-batch.sql.ts';
import { dropSpooled, isSpooled } from '../../ingest/spool.client.ts';
import { dropUsage } from '../../ingest/usage-facts.client.ts';
import type { Viewer } from '../../model/people.ts';
import type { Problem } from '../../model/problem.ts';
import { may } from '../../model/may.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { publish } from '../../people/live.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { type Tx, inTransaction } from '../../platform/postgres/db.ts';

export const UNDO_QUEUE = 'ingest.undo';
const FORGET_QUEUE = 'warehouse.forget';

/** Here and not in ingest, because whether an import may go is asked of warn, act and verify, which come after it. */
export const undoImportJob: JobDefinition<{ readonly batch: string }> = {
  queue: UNDO_QUEUE,
  run: async (ctx, { batch }, signal) => {
    await undoImport(ctx, batch, signal);
  },
};

const UNDOABLE = ['done', 'cancelled', 'failed'];

/**
 * Begins to take an import back: checked, written down and enqueued in one transaction. Refused with every reason where
 * work orders, acknowledged alarms, outcomes or later imports rest on its rows.
 */
export async function askUndo(
  ctx: Context,
  viewer: Viewer,
  id: string,
  given: { readonly version: number | null; readonly reason: string; readonly via: 'web' | 'cli' },
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    if ((await batchSeenBy(tx, viewer, id)) === undefined) throw new Refusal('not-found');
    const batch = await lockBatch(tx, id);
    if (batch === undefined) throw new Refusal('not-found');
    if (batch.carries !== 'voices' && !may(viewer, 'customers.import')) throw new Refusal('not-allowed', { right: 'customers.import' });
    if (given.version !== null && batch.version !== given.version) throw new Refusal('stale-version', { version: batch.version });
    const stands = batch.accepted > 0 || (await rowsUnder(tx, batch)) > 0;
    if (!UNDOABLE.includes(batch.state) || !stands || batch.fileName === 'push') throw new Refusal('state-wrong', { state: batch.state });
    const { firstArrived, ...undo } = await measureUndo(tx, batch);
    const reasons = await reasonsAgainst(tx, ctx, viewer, batch, undo, firstArrived);
    if (reasons.length > 0) throw new Refusal('still-needed', {}, reasons);
    await saveUndo(tx, id, undo);
    await moveBatch(tx, id, 'undoing', ctx.clock.now());
    await ctx.jobs.enqueue(tx, UNDO_QUEUE, { batch: id });
    // Out of every count at once; what is still in Postgres for a moment is not followed again.
    if (batch.carries === 'voices') await ctx.jobs.enqueue(tx, FORGET_QUEUE, { batch: id });
    const detail = { reason: given.reason, rows: undo.rows, file: batch.fileName, source: batch.source };
    await writeAudit(tx, { ctx, viewer, via: given.via, action: 'import.undo', subjectKind: 'batch', subjectId: id, detail });
  });
  ctx.jobs.nudge(UNDO_QUEUE);
}

async function reasonsAgainst(
  tx: Tx,
  ctx: Context,
  viewer: Viewer,
  batch: ImportBatch,
  undo: BatchUndo,
  firstArrived: string | null,
): Promise<readonly Problem[]> {
  // Every lot stays beside the others, so the ones before hold again.
  if (batch.carries === 'usage') return [];
  if (batch.carries === 'customers') {
    if (undo.rows === 0) return [{ code: 'undo-not-remembered' }];
    return (await batchesOver(tx, batch.id)).map(({ id, file, rows }) => ({ code: 'undo-batch-over', params: { id, file, rows } }));
  }
  if (undo.rows === 0 || firstArrived === null) return [];
  const zone = ctx.config.timeZone;
  const orders = await ordersOver(tx, batch.id, firstArrived, zone);
  const alarms = await acknowledgedOver(tx, batch.id, firstArrived, zone);
  const outcomes = await outcomesOver(tx, batch.id, firstArrived, ctx.clock.nowMs(), zone);
  // A title may name what lies outside the viewer's own scope; the number does not.
  const named = (title: string): string => (viewer.scope === 'province' ? title : '');
  return [
    ...orders.map(({ id, title }): Problem => ({ code: 'undo-order-rests', params: { id, title: named(title) } })),
    ...alarms.map(({ id, rule, value }): Problem => ({ code: 'undo-alarm-rests', params: { id, rule: named(rule), value: named(value) } })),
    ...outcomes.map((id): Problem => ({ code: 'undo-outcome-rests', params: { id } })),
  ];
}

/** Takes an import back, chunk by chunk; what a transaction took stays taken, and after a crash the job goes on with the rest. */
export async function undoImport(ctx: Context, id: string, signal: AbortSignal): Promise<ImportBatch | undefined> {
  const before = await batchOf(ctx.db, id);
  let waited = 0;
  for (;;) {
    signal.throwIfAborted();
    const step = await inTransaction(ctx.db, (tx) => takeBack(tx, ctx, id)).catch((error: unknown) => {
      if (!(error instanceof RulesBusy) || waited >= MOST_WAITS) throw error;
      return 'busy';
    });
    if (step === 'over') break;
    if (step !== 'busy') continue;
    waited += 1;
    await setTimeout(ASK_AGAIN_MS, undefined, { signal });
  }
  if (before?.state === 'undoing') await dropSpooled(ctx.config.home, before.filePath);
  ctx.jobs.nudge(FORGET_QUEUE);
  return batchOf(ctx.db, id);
}

/** A look of the rules goes on elsewhere: what this transaction did is rolled back, and it is tried again outside of the database. */
class RulesBusy extends Error {}
/** Looking at a million voices takes minutes; a look that takes longer than this (half an hour) will not end. */
const MOST_WAITS = 6000;

async function takeBack(tx: Tx, ctx: Context, id: string): Promise<'more' | 'over'> {
  const batch = await lockBatch(tx, id);
  if (batch === undefined || batch.state !== 'undoing' || batch.undo === null) return 'over';
  const taken = await takeOut(tx, ctx, batch, batch.undo);
  if (taken.customers.length > 0) await ctx.jobs.enqueue(tx, FORGET_QUEUE, { customers: taken.customers });
  if (taken.rows === 0) {
    await finish(tx, ctx, batch, batch.undo);
    return 'over';
  }
  await saveUndo(tx, id, { ...batch.undo, gone: batch.undo.gone + taken.rows });
  return 'more';
}

async function takeOut(
  tx: Tx,
  ctx: Context,
  batch: ImportBatch,
  undo: BatchUndo,
): Promise<{ readonly rows: number; readonly customers: readonly string[] }> {
  switch (batch.carries) {
    case 'voices':
      return { rows: await takeVoicesOut(tx, batch.id), customers: [] };
    case 'customers':
      return putCustomersBack(tx, batch.id, ctx.pack.segments);
    case 'usage':
      await dropUsage(ctx.config.home, batch);
      return { rows: undo.rows - undo.gone, customers: [] };
  }
}

/** Nothing of it is left: the warehouse forgets it once more, the rules look again, and the batch says so. */
async function finish(tx: Tx, ctx: Context, batch: ImportBatch, undo: BatchUndo): Promise<void> {
  if (batch.carries === 'voices') await ctx.jobs.enqueue(tx, FORGET_QUEUE, { batch: batch.id });
  if (undo.first_said !== null && undo.last_said !== null) {
    const said = { firstMs: Date.parse(undo.first_said), lastMs: Date.parse(undo.last_said) };
    if ((await lookAgainAt(tx, ctx, said)) === 'busy') throw new RulesBusy();
  }
  if (isSpooled(ctx.config.home, batch.filePath)) await forgetFile(tx, batch.id);
  await moveBatch(tx, batch.id, 'undone', ctx.clock.now());
  await publish(tx, ctx, {
    topic: 'import',
    key: `${batch.id}:undone`,
    city: null,
    district: null,
    unitPath: null,
    department: null,
    payload: { id: batch.id, state: 'undone' },
  });
}
