import type { Context } from '../platform/context.ts';
import { eachAlone } from '../platform/jobs/each-alone.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { experimentsJob } from './experiments/look.job.ts';
import { measureOrder, ordersToMeasure } from './outcomes.sql.ts';

/** Put in when an order is closed. */
export const measureOrderJob: JobDefinition<{ readonly order: string }> = {
  queue: 'verify.measure',
  run: async (ctx, { order }) => {
    await measureOrder(ctx, order);
  },
};

const AT_ONCE = 200;

/** Measures again what is not final, once a day each. Gives back how many. */
export async function remeasure(ctx: Context, signal?: AbortSignal): Promise<number> {
  const due = await ordersToMeasure(ctx, AT_ONCE);
  await eachAlone(due, { log: ctx.log, signal, failed: 'what came of an order could not be measured', idOf: String }, (id) =>
    measureOrder(ctx, id),
  );
  return due.length;
}

export const remeasureJob: JobDefinition = {
  queue: 'verify.remeasure',
  everySeconds: 600,
  run: async (ctx, _payload, signal) => {
    await remeasure(ctx, signal);
  },
};

export const verifyJobs: readonly JobDefinition[] = [measureOrderJob as unknown as JobDefinition, remeasureJob, experimentsJob];
