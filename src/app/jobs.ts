import { peakJobs } from '../act/peaks/refresh-queue.job.ts';
import { followJob, forgetJob } from '../analyse/follow-warehouse.job.ts';
import { ruleSegmentsJob } from '../ingest/rule-segments.job.ts';
import { importJobs } from '../ingest/run-import.job.ts';
import { levelJobs } from '../predict/levels/grade-grievances.job.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { housekeepingJob } from './housekeeping.job.ts';
import { backupJobs } from './backup/backup.job.ts';
import { undoImportJob } from './undo/undo-import.job.ts';
import { pairsJobs } from '../predict/pairs/pairs.job.ts';
import { readVoicesJob } from '../understand/read-voices.job.ts';
import { rebuildJob } from './system/rebuild-warehouse.job.ts';
import { segmentsJobs } from '../predict/segments/run-segments.job.ts';
import { verifyJobs } from '../verify/measure-outcomes.job.ts';
import { outcomesJob, scoreJob } from '../predict/models/score.job.ts';
import { modelJobs } from '../predict/models/train.job.ts';
import { settlePathsJob } from '../people/settle-paths.job.ts';
import { warnJobs } from '../warn/warn.job.ts';

/** Every kind of job there is. */
export const jobDefinitions: readonly JobDefinition[] = [
  ...importJobs,
  ruleSegmentsJob,
  undoImportJob,
  settlePathsJob,
  readVoicesJob,
  followJob,
  forgetJob,
  ...segmentsJobs,
  ...levelJobs,
  ...modelJobs,
  scoreJob,
  outcomesJob,
  ...pairsJobs,
  ...warnJobs,
  ...peakJobs,
  ...verifyJobs,
  rebuildJob,
  housekeepingJob,
  ...backupJobs,
] as readonly JobDefinition[];
