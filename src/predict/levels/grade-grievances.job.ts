import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { causeCounts } from './association.client.ts';
import { grievancesAfter, levelsOf, storeLevels } from './levels.sql.ts';
import { storeCauseCounts } from './settings.sql.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;
const PAGE = 500;

/** How often grievances of each cause became complaints, as of now. */
export async function countCauses(ctx: Context): Promise<void> {
  await storeCauseCounts(ctx, await causeCounts(ctx, ctx.clock.nowMs()));
}

/** Counts causes anew and grades the grievances of the last 30 days as of now, page by page; what did not change is not written. */
export async function gradeGrievances(ctx: Context, signal?: AbortSignal): Promise<number> {
  await countCauses(ctx);
  const until = ctx.clock.now();
  const since = new Date(ctx.clock.nowMs() - DAYS * DAY_MS).toISOString();
  let changed = 0;
  for (let after = 0; ;) {
    if (signal?.aborted === true) return changed;
    const page = await grievancesAfter(ctx.bulk, since, until, after, PAGE);
    if (page.length === 0) return changed;
    const bulk = { ...ctx, db: ctx.bulk };
    changed += await storeLevels(
      bulk,
      await levelsOf(
        bulk,
        page.map((row) => row.id),
        until,
      ),
    );
    after = page.at(-1)?.id ?? Number.MAX_SAFE_INTEGER;
    await setImmediate();
  }
}

export const levelJobs: readonly JobDefinition<{ readonly now?: boolean }>[] = [
  {
    queue: 'predict.levels',
    everySeconds: 900,
    async run(ctx, _, signal) {
      await gradeGrievances(ctx, signal);
    },
  },
];
