import { followJob, forgetJob } from '../analyse/follow-warehouse.job.ts';
import { importJobs } from '../ingest/run-import.job.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { readVoicesJob } from '../understand/read-voices.job.ts';
import { verifyJobs } from '../verify/measure-outcomes.job.ts';
import { warnJobs } from '../warn/warn.job.ts';

/** Every kind of job there is. */
export const jobDefinitions: readonly JobDefinition[] = [
  ...importJobs,
  readVoicesJob,
  followJob,
  forgetJob,
  ...warnJobs,
  ...verifyJobs,
] as readonly JobDefinition[];
