import { usagePerCustomer } from '../../ingest/read.sql.ts';
import type { SegmentRunRow } from '../../model/segment-views.ts';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { inTransaction, type Tx } from '../../platform/postgres/db.ts';
import { askDueRuns, SEGMENTS_QUEUE } from './ask-runs.sql.ts';
import { CLUSTER_SETTINGS, NONE_KNOWN } from './clusters.ts';
import { customerChunk } from './customer-features.sql.ts';
import { forgetOldMembers, neighbours, reckonMoves } from './moves.sql.ts';
import type { RunResult } from './segments-messages.ts';
import {
  addMembers,
  finishRun,
  forgetMembers,
  isNewest,
  knownClusters,
  publishMembers,
  runOf,
  saveProgress,
  setRunState,
} from './runs.sql.ts';
import { type SegmentThread, startSegmentThread } from './segments.client.ts';
import { monthsOf, windowBefore } from './run-window.ts';

/** Customers a statement: their voices are read and joined in less than a second. */
const CUSTOMERS = 2_000;
const PUBLISHED = 5_000;
const LOOK_MS = 500;

type JobContext = Pick<Context, 'db' | 'bulk' | 'clock' | 'pack' | 'log' | 'config'>;

class Stopped extends Error {}
/** A run is done, and customers do not all stand where it says: the job is asked to come again. */
class Unpublished extends Error {}

/** Runs that were asked for together: of one time, so that the customers are read once for all of them. */
const segmentsJob: JobDefinition<{ readonly runs: readonly string[] }> = {
  queue: SEGMENTS_QUEUE,
  run: (ctx, { runs }, signal) => runSegments(ctx, runs, signal),
};

/** At the end of each month, and for the first time when enough was heard. */
const dueSegmentsJob: JobDefinition = {
  queue: 'predict.segments-due',
  everySeconds: 120,
  run: async (ctx) => {
    await askDueRuns(ctx);
  },
};

export const segmentsJobs: readonly JobDefinition[] = [segmentsJob as unknown as JobDefinition, dueSegmentsJob];

export async function runSegments(ctx: JobContext, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const found = (await Promise.all(ids.map((id) => runOf(ctx.db, id)))).filter((run) => run !== undefined);
  // Whoever was ended between a run and its publishing left it half done; to publish again changes nothing that stands already.
  for (const run of found) if (run.state === 'done') await publishNewest(ctx, run, signal);
  const runs = found.filter((run) => run.state === 'queued' || run.state === 'running');
  const [first] = runs;
  if (first === undefined) return;
  const thread = startSegmentThread();
  try {
    for (const run of runs) await setRunState(ctx.db, run.id, 'running', null);
    await gather(ctx, thread, runs, first.as_of, signal);
    for (const run of runs) {
      if ((await runOf(ctx.db, run.id))?.state === 'cancelled') throw new Stopped();
      await evaluateRun(ctx, thread, run, signal);
    }
  } catch (error) {
    if (signal.aborted || error instanceof Unpublished) throw error;
    // First the thread, or it would go on storing members of a run that is forgotten.
    await thread.end();
    for (const run of runs) await endUnfinished(ctx, run.id, error);
    if (!(error instanceof Stopped)) ctx.log.error({ error: String(error), runs: ids }, 'a run of segments failed');
  } finally {
    await thread.end();
  }
}

async function endUnfinished(ctx: JobContext, id: string, error: unknown): Promise<void> {
  const run = await runOf(ctx.db, id);
  if (run === undefined || run.state === 'done') return;
  await forgetMembers(ctx.bulk, id);
  if (run.state === 'cancelled') return;
  const said = error instanceof Stopped ? null : error instanceof Error ? error.message : String(error);
  await setRunState(ctx.db, id, error instanceof Stopped ? 'cancelled' : 'failed', ctx.clock.now(), said);
}

/** A third of the way is reading. */
const READING = 0.35;

async function gather(
  ctx: JobContext,
  thread: SegmentThread,
  runs: readonly SegmentRunRow[],
  asOf: string,
  signal: AbortSignal,
): Promise<void> {
  const window = windowBefore(asOf);
  for await (const columns of usagePerCustomer(ctx.config.home, monthsOf(window, ctx.config.timeZone))) {
    signal.throwIfAborted();
    thread.addUsage(columns);
  }
  let after = '';
  for (let chunks = 1; ; chunks++) {
    signal.throwIfAborted();
    const chunk = await customerChunk(ctx.bulk, ctx.pack, window, after, CUSTOMERS);
    if (chunk === null) return;
    thread.add(chunk.columns);
    after = chunk.last;
    // How many there are is not known; the share grows towards its end.
    const share = READING * (1 - 1 / (1 + chunks / 10));
    const stops = await Promise.all(runs.map((run) => saveProgress(ctx.db, run.id, share)));
    if (stops.every(Boolean)) throw new Stopped();
  }
}

async function evaluateRun(ctx: JobContext, thread: SegmentThread, run: SegmentRunRow, signal: AbortSignal): Promise<void> {
  const known = run.scheme === 'clusters' ? await knownClusters(ctx.db, run.as_of) : NONE_KNOWN;
  await forgetMembers(ctx.bulk, run.id);
  const asked = watched(ctx, run, signal);
  try {
    const work = thread.evaluate(
      { scheme: run.scheme, clusters: CLUSTER_SETTINGS, known },
      { progress: asked.progress, members: (chunk) => addMembers(ctx.bulk, run.id, chunk) },
    );
    const result = await Promise.race([work, asked.stopped]);
    await inTransaction(ctx.bulk, (tx) => end(tx, run, result, ctx.clock.now()));
  } finally {
    asked.end();
  }
  await publishNewest(ctx, run, signal).catch((error: unknown) => {
    throw new Unpublished(`The run ${run.id} is not published: ${String(error)}`, { cause: error });
  });
}

async function publishNewest(ctx: JobContext, run: SegmentRunRow, signal: AbortSignal): Promise<void> {
  if (await isNewest(ctx.db, run)) await publishRun(ctx, run, signal);
}

/** Members of so many runs of a scheme are kept, for a year of months and some repeats. */
const KEPT_RUNS = 16;

/** The run is done in one transaction with the moves to and from its neighbours. */
async function end(tx: Tx, run: SegmentRunRow, result: RunResult, at: string): Promise<void> {
  if (!(await finishRun(tx, run, result, at))) throw new Stopped();
  const { before, after } = await neighbours(tx, run.id);
  if (before !== null) await reckonMoves(tx, before, run.id);
  if (after !== null) await reckonMoves(tx, run.id, after);
  await forgetOldMembers(tx, run.scheme, KEPT_RUNS);
}

async function publishRun(ctx: Pick<JobContext, 'bulk'>, run: SegmentRunRow, signal: AbortSignal): Promise<void> {
  for (let after: string | null = ''; after !== null;) {
    signal.throwIfAborted();
    const from: string = after;
    after = await inTransaction(ctx.bulk, (tx) => publishMembers(tx, run, from, PUBLISHED));
  }
}

/** Writes down how far a thread is, and hears of those who want it stopped. */
function watched(ctx: JobContext, run: SegmentRunRow, signal: AbortSignal) {
  let share = READING;
  let stop: (error: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  stopped.catch(() => undefined);
  const timer = setInterval(() => {
    if (signal.aborted) return stop(new Error('the process ends'));
    saveProgress(ctx.db, run.id, share).then(
      (isAsked) => isAsked && stop(new Stopped()),
      () => undefined,
    );
  }, LOOK_MS);
  return {
    stopped,
    progress: (done: number): void => {
      share = READING + (1 - READING) * done;
    },
    end: () => clearInterval(timer),
  };
}
