import { forgetKeysBefore } from '../ingest/idempotency-keys.sql.ts';
import { forgetEventsBefore } from '../people/live.sql.ts';
import { forgetEndedSessions } from '../people/sessions.sql.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';

const DAY_MS = 86_400_000;
/** A sender that has no answer asks again within minutes; a week is for one that was switched off. */
const KEYS_DAYS = 7;
/** A stream that breaks comes back within seconds. */
const EVENTS_DAYS = 1;

/** Throws away what was kept for a while only: answers under idempotency keys, live events, ended sessions and links. */
export const housekeepingJob: JobDefinition = {
  queue: 'system.housekeeping',
  everySeconds: 3600,
  mayTakeSeconds: 600,
  async run(ctx) {
    const before = (days: number): string => new Date(ctx.clock.nowMs() - days * DAY_MS).toISOString();
    await forgetKeysBefore(ctx.bulk, before(KEYS_DAYS));
    await forgetEventsBefore(ctx.bulk, before(EVENTS_DAYS));
    await forgetEndedSessions(ctx.bulk, ctx.clock.now());
  },
};
