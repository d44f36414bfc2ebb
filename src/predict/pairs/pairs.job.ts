import { wallMsOf } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { tellWhile } from '../../platform/jobs/tell-while.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { isSomethingToLearn } from '../something-to-learn.sql.ts';
import { ESTIMATE } from './estimate-pairs.ts';
import {
  askRun,
  type AskedRun,
  beginRun,
  endAbandoned,
  failRun,
  PAIRS_QUEUE,
  type RunKey,
  storeRun,
  tellProgress,
} from './pair-runs.sql.ts';
import { dueRuns, hasRuns } from './due-runs.sql.ts';
import { runPairs } from './run-pairs.client.ts';

/** Enqueues a run in the transaction that asks for it; `member` null: nobody did but the night. */
export async function enqueueRun(tx: Context['db'], ctx: Context, key: RunKey, member: string | null): Promise<AskedRun> {
  const asked = await askRun(tx, ctx, key, member);
  if (asked.isNew) await ctx.jobs.enqueue(tx, PAIRS_QUEUE, { run: asked.id });
  return asked;
}

export const nudgeRuns = (ctx: Context): void => ctx.jobs.nudge(PAIRS_QUEUE);

export async function computeRun(ctx: Context, id: number, signal?: AbortSignal): Promise<void> {
  const run = await beginRun(ctx, id);
  if (run === undefined) return;
  const fail = (why: string): Promise<void> => failRun(ctx, id, why);
  const tell = (share: number): Promise<boolean> => tellProgress(ctx.db, id, share);
  await tellWhile(ctx.log, { what: 'pairs could not be computed', tell, fail, signal }, async (wanted, onProgress) => {
    const asked = { windowDays: run.window_days, scheme: run.scheme, minExpected: ESTIMATE.minExpected };
    const question = { ...asked, from: null, before: null, closely: true };
    const { result, profiles } = await runPairs(ctx, run.scope, question, { signal: wanted, onProgress });
    await storeRun(ctx, run, result, profiles);
  });
}

const pairsJob: JobDefinition<{ readonly run: number }> = {
  queue: PAIRS_QUEUE,
  run: (ctx, { run }, signal) => computeRun(ctx, run, signal),
};

/** Hours of the province's night in which runs that people look at are made anew; the very first waits for no night. */
const NIGHT = { from: 2, before: 5 };

export async function renewRuns(ctx: Context): Promise<number> {
  const wall = new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone));
  const isNight = wall.getUTCHours() >= NIGHT.from && wall.getUTCHours() < NIGHT.before;
  if (!isNight && ((await hasRuns(ctx.db)) || !(await isSomethingToLearn(ctx.db, null)))) return 0;
  await endAbandoned(ctx.db, ctx.clock.now());
  const due = await dueRuns(ctx);
  for (const key of due) await inTransaction(ctx.db, (tx) => enqueueRun(tx, ctx, key, null));
  if (due.length > 0) nudgeRuns(ctx);
  return due.length;
}

const nightlyPairs: JobDefinition = {
  queue: 'predict.pairs-nightly',
  everySeconds: 120,
  run: async (ctx) => {
    await renewRuns(ctx);
  },
};

export const pairsJobs: readonly JobDefinition[] = [pairsJob as unknown as JobDefinition, nightlyPairs];
