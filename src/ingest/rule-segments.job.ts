import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../platform/context.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { type Tx, inTransaction } from '../platform/postgres/db.ts';
import { applyRules, rulesInUse, takeRules } from './rule-segments.sql.ts';

const QUEUE = 'ingest.rule-segments';
const CHUNK = 2_000;

/** A pack whose rules changed, or a home from before there were any: every customer is then put into a segment anew, by a job. */
export async function askRuleSegments(tx: Tx, ctx: Pick<Context, 'pack' | 'clock' | 'jobs'>): Promise<void> {
  if (isDeepStrictEqual(await rulesInUse(tx), ctx.pack.segments)) return;
  await takeRules(tx, ctx.pack.segments, ctx.clock.now());
  await ctx.jobs.enqueue(tx, QUEUE, {}, { key: 'all' });
}

export const ruleSegmentsJob: JobDefinition<object> = {
  queue: QUEUE,
  run: async (ctx, _payload, signal) => {
    for (let after: string | null = ''; after !== null;) {
      signal.throwIfAborted();
      const from: string = after;
      after = await inTransaction(ctx.bulk, (tx) => applyRules(tx, ctx.pack.segments, from, CHUNK));
    }
  },
};
