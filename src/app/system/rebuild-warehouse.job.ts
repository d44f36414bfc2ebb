import { rebuildWarehouse } from '../../analyse/follow-warehouse.job.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';

export const REBUILD = 'warehouse.rebuild';

/** All rows of the warehouse anew from Postgres; questions see the old ones until it is done. */
export const rebuildJob: JobDefinition<object> = {
  queue: REBUILD,
  run: async (ctx) => {
    await rebuildWarehouse(ctx);
  },
};
