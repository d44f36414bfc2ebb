import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { announceJob } from './announce.job.ts';
import { alarmTimersJob, evaluateRulesJob } from './evaluate-rules.job.ts';

export const warnJobs: readonly JobDefinition[] = [evaluateRulesJob, alarmTimersJob, announceJob];
