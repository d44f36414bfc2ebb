import { sql } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { inTransaction, type Tx } from '../../platform/postgres/db.ts';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Viewer } from '../../model/people.ts';
import { compareInWorker } from '../compare/compare.client.ts';
import { tell } from './change-experiments.sql.ts';
import { anyExperiment, dueForLook, type StoredExperiment } from './experiment-rows.sql.ts';
import { reportAsk } from './report-ask.ts';
import { type ReportRow, reportRows, valueOf } from './report-rows.sql.ts';
import { reportCells, reportTitles, tableBuilder } from './report-table.ts';

/** Evaluates a running or stopped experiment as of now and keeps the report. Gives back null where there is nothing to compare. */
export async function lookAt(
  ctx: Context,
  viewer: Viewer | null,
  experiment: StoredExperiment,
  signal?: AbortSignal,
): Promise<ComparedTable | null> {
  const nowMs = ctx.clock.nowMs();
  const until = experiment.state === 'running' || experiment.ends_at === null ? nowMs : Date.parse(experiment.ends_at);
  const builder = tableBuilder(reportTitles(experiment.metrics));
  for await (const rows of reportRows(ctx.bulk, experiment, Math.min(nowMs, until))) {
    for (const row of rows) builder.add(reportCells(experiment.arms, valuesOf(experiment, row)));
    await setImmediate();
    signal?.throwIfAborted();
  }
  const table = builder.table();
  const ask = reportAsk(experiment, table.titles);
  if (ask === null) return null;
  const done = await compareInWorker(table, ask, signal);
  if ('problems' in done) return null;
  await inTransaction(ctx.db, (tx) => keep(tx, ctx, viewer, experiment, done.compared));
  return done.compared;
}

function valuesOf({ metrics }: StoredExperiment, row: ReportRow) {
  const [main] = metrics;
  return {
    arm: row.arm,
    traits: row.traits,
    past: [row.before.complaints, row.before.grievances] as const,
    metrics: metrics.map((metric) => valueOf(metric, row.after, row.outcomes)),
    before: main === undefined || main.source === 'outcome' ? null : valueOf(main, row.before, {}),
  };
}

async function keep(tx: Tx, ctx: Context, viewer: Viewer | null, { id }: StoredExperiment, report: ComparedTable): Promise<void> {
  const now = ctx.clock.now();
  await sql`update experiments set report = ${JSON.stringify(report)}::jsonb, reported_at = ${now} where id = ${id}`.execute(tx);
  for (const one of report.comparisons ?? [report]) {
    const { low, high, p } = one.always_valid;
    if (one.effect === null || low === null || high === null || p === null) continue;
    await sql`insert into experiment_looks (experiment_id, at, arm, n, effect, low, high, p)
      values (${id}, ${now}, ${one.arm}, ${one.treated.n + one.control.n}, ${one.effect}, ${low}, ${high}, ${p})
      on conflict (experiment_id, at, arm) do nothing`.execute(tx);
  }
  await tell(tx, ctx, viewer, id, 'look', { verdict: report.verdict });
}

const DAY_MS = 86_400_000;

/** Looks at running experiments once a day, and ends those whose time is over. */
export async function lookAtDue(ctx: Context, signal?: AbortSignal): Promise<number> {
  const now = ctx.clock.now();
  const due = await dueForLook(ctx.db, now, new Date(ctx.clock.nowMs() - DAY_MS).toISOString());
  for (const id of due) {
    if (signal?.aborted === true) break;
    const experiment = await anyExperiment(ctx.db, id);
    if (experiment === undefined) continue;
    await lookAt(ctx, null, experiment, signal);
    if (experiment.ends_at === null || experiment.ends_at > now) continue;
    await inTransaction(ctx.db, async (tx) => {
      await sql`update experiments set state = 'stopped', stopped_at = ${now}, stop_reason = 'ended', version = version + 1
        where id = ${id} and state = 'running'`.execute(tx);
      await tell(tx, ctx, null, id, 'stop', { reason: 'ended' });
    });
  }
  return due.length;
}

export const experimentsJob: JobDefinition = {
  queue: 'verify.experiments',
  everySeconds: 1800,
  run: async (ctx, _payload, signal) => {
    await lookAtDue(ctx, signal);
  },
};
