import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { eachAlone } from '../../platform/jobs/each-alone.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { Refusal } from '../../platform/http/route.ts';
import { inTransaction, touched, type Tx } from '../../platform/postgres/db.ts';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Viewer } from '../../model/people.ts';
import { tell } from './change-experiments.sql.ts';
import { anyExperiment, dueForLook, type StoredExperiment } from './experiment-rows.sql.ts';
import { compareCohort } from './look.client.ts';
import type { FromLook, ToLook } from './look-messages.ts';
import { evaluatedUntil, type ReportRow, reportRows, valueOf } from './report-rows.sql.ts';
import { reportCells } from './report-table.ts';

/**
 * Evaluates a running or stopped experiment as of now, or as of its end where that is over, and keeps the report. Gives back the report
 * that stands then; null where nobody has a value of a metric yet. The report is of the moment when the look began, whenever it is done.
 * Who asks is told what stands against comparing (an arm without customers, say); a job writes it down.
 */
export async function lookAt(
  ctx: Context,
  viewer: Viewer | null,
  experiment: StoredExperiment,
  signal?: AbortSignal,
): Promise<ComparedTable | null> {
  const began = ctx.clock.now();
  const until = evaluatedUntil(experiment, Date.parse(began));
  const { arms, metrics, strata, ends_at: end } = experiment;
  const start = { registered: { arms, metrics, strata }, peeked: end !== null && until < Date.parse(end) };
  const found = await compareCohort(start, cohortOf(ctx, experiment, until), signal);
  const { report, problems } = found;
  const kept = await inTransaction(ctx.db, (tx) => keep(tx, ctx, viewer, experiment, found, began));
  if (problems.length > 0) {
    if (viewer !== null) throw new Refusal('state-wrong', {}, problems);
    ctx.log.warn({ experiment: experiment.id, problems: problems.map(({ code }) => code) }, 'an experiment cannot be compared');
  }
  return kept ? report : ((await anyExperiment(ctx.db, experiment.id))?.report ?? null);
}

async function* cohortOf(ctx: Context, experiment: StoredExperiment, untilMs: number): AsyncGenerator<ToLook> {
  for await (const rows of reportRows(ctx.bulk, experiment, untilMs))
    yield { kind: 'rows', rows: rows.map((row) => reportCells(experiment.arms, valuesOf(experiment, row))) };
  yield { kind: 'compare' };
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

/** Whether it was kept: not where somebody concluded meanwhile, nor where a look that began later has come first. */
async function keep(
  tx: Tx,
  ctx: Context,
  viewer: Viewer | null,
  { id }: StoredExperiment,
  { report, problems }: FromLook,
  began: string,
): Promise<boolean> {
  const found = report === null ? null : JSON.stringify(report);
  const kept = await touched(
    tx,
    sql`update experiments set report = coalesce(${found}::jsonb, report), reported_at = ${began}
      where id = ${id} and state <> 'concluded' and (reported_at is null or reported_at <= ${began})`,
  );
  if (kept === 0) return false;
  for (const one of report === null ? [] : (report.comparisons ?? [report])) {
    const { low, high, p } = one.always_valid;
    if (one.effect === null || low === null || high === null || p === null) continue;
    await sql`insert into experiment_looks (experiment_id, at, arm, n, effect, low, high, p)
      values (${id}, ${began}, ${one.arm}, ${one.treated.n + one.control.n}, ${one.effect}, ${low}, ${high}, ${p})
      on conflict (experiment_id, at, arm) do nothing`.execute(tx);
  }
  const wrong = problems.length === 0 ? {} : { problems: problems.map(({ code }) => code) };
  await tell(tx, ctx, viewer, id, 'look', { verdict: report?.verdict ?? null, ...wrong });
  return true;
}

const DAY_MS = 86_400_000;

/** Ends the experiments whose time is over, and looks at these and at running ones once a day. */
export async function lookAtDue(ctx: Context, signal?: AbortSignal): Promise<number> {
  const due = await dueForLook(ctx.db, ctx.clock.now(), new Date(ctx.clock.nowMs() - DAY_MS).toISOString());
  await eachAlone(due, { log: ctx.log, signal, failed: 'an experiment could not be looked at', idOf: String }, async (id) => {
    await endIfOver(ctx, id);
    const experiment = await anyExperiment(ctx.db, id);
    if (experiment !== undefined) await lookAt(ctx, null, experiment, signal);
  });
  return due.length;
}

function endIfOver(ctx: Context, id: string): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now();
    const ended = await touched(
      tx,
      sql`update experiments set state = 'stopped', stopped_at = ${now}, stop_reason = 'ended', version = version + 1
        where id = ${id} and state = 'running' and ends_at <= ${now}`,
    );
    if (ended > 0) await tell(tx, ctx, null, id, 'stop', { reason: 'ended' });
  });
}

export const experimentsJob: JobDefinition = {
  queue: 'verify.experiments',
  everySeconds: 1800,
  run: async (ctx, _payload, signal) => {
    await lookAtDue(ctx, signal);
  },
};
