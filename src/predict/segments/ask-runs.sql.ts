import type { Viewer } from '../../model/people.ts';
import { SCHEME_IDS, type SchemeId, type SegmentRunRow } from '../../model/segment-views.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { type Db, inTransaction, type Tx } from '../../platform/postgres/db.ts';
import { lastSaid } from './customer-features.sql.ts';
import { definitionOf } from './definition-of.ts';
import { dueRuns } from './due-runs.sql.ts';
import { endOfMonth, monthOf } from './run-window.ts';
import { addRun, cancelOpen, lockAsking, openRuns, runOf } from './runs.sql.ts';

export const SEGMENTS_QUEUE = 'predict.segments';

export interface AskedRuns {
  readonly schemes: readonly SchemeId[];
  /** Local months, up to whose end behaviour counts, the earliest first; null: up to the last voice. */
  readonly months: readonly (string | null)[];
  readonly via: 'web' | 'cli' | 'job';
}

/**
 * Asks for runs of several schemes over the same customers: written down, enqueued and audited in one transaction. Refused while
 * others are under way, and where there is no voice yet.
 */
export async function askRuns(ctx: Context, viewer: Viewer, asked: AskedRuns): Promise<readonly SegmentRunRow[]> {
  const runs = await inTransaction(ctx.db, async (tx) => {
    await lockAsking(tx);
    const open = await openRuns(tx);
    if (open.length > 0) throw new Refusal('state-wrong', { state: open[0]?.state ?? '' });
    const soon = await upToNow(tx, ctx);
    if (soon === null) throw new Refusal('state-wrong', { state: 'no voices' });
    return askMonths(tx, ctx, viewer, soon, asked);
  });
  ctx.jobs.nudge(SEGMENTS_QUEUE);
  return runs;
}

/** Asks for what is due by itself, once; waits while others are under way. Gives back how many runs are new. */
export async function askDueRuns(ctx: Context): Promise<number> {
  // Nearly always nothing is due, and then nobody is kept from asking.
  if ((await dueRuns(ctx, await upToNow(ctx.db, ctx))) === null) return 0;
  const runs = await inTransaction(ctx.db, async (tx) => {
    await lockAsking(tx);
    if ((await openRuns(tx)).length > 0) return [];
    const soon = await upToNow(tx, ctx);
    const due = await dueRuns({ ...ctx, db: tx }, soon);
    return due === null || soon === null ? [] : askMonths(tx, ctx, null, soon, { ...due, via: 'job' });
  });
  if (runs.length > 0) ctx.jobs.nudge(SEGMENTS_QUEUE);
  return runs.length;
}

/** The moment up to which everything was heard; null: nothing yet. */
async function upToNow(db: Db, ctx: Pick<Context, 'clock'>): Promise<string | null> {
  const last = await lastSaid(db, ctx.clock.now());
  return last === null ? null : new Date(Math.min(Date.parse(last) + 1, ctx.clock.nowMs())).toISOString();
}

async function askMonths(
  tx: Tx,
  ctx: Context,
  viewer: Asker,
  soon: string,
  { schemes, months, via }: AskedRuns,
): Promise<readonly SegmentRunRow[]> {
  const wanted = SCHEME_IDS.filter((scheme) => schemes.includes(scheme));
  const asked: string[] = [];
  for (const month of months) {
    const end = month === null ? soon : endOfMonth(month, ctx.config.timeZone);
    asked.push(...(await askAt(tx, ctx, viewer, wanted, end < soon ? end : soon, via)));
  }
  const runs = await Promise.all(asked.map((id) => runOf(tx, id)));
  return runs.filter((run) => run !== undefined);
}

/** null: the product itself, at the end of a month. */
type Asker = Pick<Viewer, 'member'> | null;

/** Runs of one time share one reading of the customers. */
async function askAt(
  tx: Tx,
  ctx: Context,
  viewer: Asker,
  schemes: readonly SchemeId[],
  asOf: string,
  via: AskedRuns['via'],
): Promise<readonly string[]> {
  const at = ctx.clock.now();
  const month = monthOf(asOf, ctx.config.timeZone);
  const ids = schemes.map((scheme) => ctx.ids.text('segment-run', `${scheme}:${asOf}:${at}`));
  for (const [i, scheme] of schemes.entries()) {
    const definition = definitionOf(scheme, ctx.pack);
    await addRun(tx, { id: ids[i] ?? '', scheme, asOf, month, definition, askedBy: viewer?.member ?? null, at });
  }
  await ctx.jobs.enqueue(tx, SEGMENTS_QUEUE, { runs: ids });
  const detail = { schemes, month, as_of: asOf };
  await writeAudit(tx, { ctx, viewer, via, action: 'segments.run', subjectKind: 'segment-run', subjectId: ids[0] ?? '', detail });
  return ids;
}

export async function cancelRun(ctx: Context, viewer: Viewer, id: string, via: 'web' | 'cli'): Promise<SegmentRunRow> {
  return inTransaction(ctx.db, async (tx) => {
    const run = await runOf(tx, id);
    if (run === undefined) throw new Refusal('not-found');
    if (run.state !== 'queued' && run.state !== 'running') throw new Refusal('state-wrong', { state: run.state });
    await cancelOpen(tx, ctx.clock.now());
    await writeAudit(tx, {
      ctx,
      viewer,
      via,
      action: 'segments.cancel',
      subjectKind: 'segment-run',
      subjectId: id,
      detail: { scheme: run.scheme },
    });
    return run;
  });
}
