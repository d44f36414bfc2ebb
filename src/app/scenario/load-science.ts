import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { wallMsOf } from '../../model/zoned-time.ts';
import { memberNamed } from '../../people/members.sql.ts';
import { Refusal } from '../../platform/http/route.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import { askRuns } from '../../predict/segments/ask-runs.sql.ts';
import { compareInWorker } from '../../verify/compare/compare.client.ts';
import { experimentOfTable } from '../../verify/experiments/change-experiments.sql.ts';
import { metricsOf } from '../../verify/index.ts';
import { importActions } from '../commands/actions.ts';
import { type HomeRun, UsageError } from '../commands/command.ts';
import { readTable } from '../experiments/read-table.client.ts';

export const trialSchema = z.object({
  file: z.string().regex(/^[\w./-]+$/),
  name: z.string(),
  strategy: z.string(),
  arm: z.string(),
  control: z.string(),
  metrics: z.array(z.string()).min(1),
  strata: z.array(z.string()),
  balance: z.array(z.string()),
  features: z.array(z.string()),
  /** The handling action that was tried, where it is one of the pack's. */
  action: z.string().optional(),
  /** Login of the member who asks for it; without, whoever loads the scenario. */
  by: z.string().optional(),
});
type Trial = z.infer<typeof trialSchema>;

/** What a scenario's people did and tried, through the doors by which anybody's files come in; then customers are put into segments. */
export async function loadScience(
  run: HomeRun,
  dir: string,
  { actions, experiments }: { readonly actions?: string | undefined; readonly experiments: readonly Trial[] },
): Promise<void> {
  if (actions !== undefined) {
    run.err(`loading ${actions} …`);
    await importActions(run, join(dir, actions));
  }
  for (const trial of experiments) await evaluate(run, dir, trial);
  await askForSegments(run);
}

/** An experiment of this name stays as it is. */
async function evaluate({ ctx, viewer: loader, err }: HomeRun, dir: string, trial: Trial): Promise<void> {
  const viewer = (trial.by === undefined ? undefined : await memberNamed(ctx.db, trial.by)) ?? loader;
  const there = await rowOf(
    ctx.db,
    sql<{ id: string }>`select id from experiments where name = ${trial.name} and origin = 'table' and unit_id = ${viewer.unit} limit 1`,
  );
  if (there !== undefined) return;
  err(`evaluating ${trial.file} …`);
  const { table } = await readTable(join(dir, trial.file));
  const { name, strategy, arm, control, strata, balance, features, action } = trial;
  if (action !== undefined && !ctx.pack.handling_actions.some(({ code }) => code === action))
    throw new UsageError(`${trial.file}: the content pack has no handling action "${action}"`);
  const ask = { arm, control, metrics: metricsOf(trial.metrics), strata, balance, features, seed: 1 };
  const done = await compareInWorker(table, ask);
  if ('problems' in done) throw new UsageError(`${trial.file} could not be evaluated: ${done.problems.map(({ code }) => code).join(', ')}`);
  await experimentOfTable(ctx, viewer, { name, strategy, action, ask, report: done.compared, notes: [], demonstration: false });
}

/** The month before and up to now, so that one sees who moved. Done by a job meanwhile; where nothing was said yet there is nothing to do. */
async function askForSegments({ ctx, viewer }: HomeRun): Promise<void> {
  const wall = new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone));
  const before = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
  try {
    await askRuns(ctx, viewer, { schemes: SCHEME_IDS, months: [before, null], via: 'cli' });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
