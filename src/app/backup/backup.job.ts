import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { lastBackups } from './backups.sql.ts';
import { makeBackup, removeSurplus } from './make-backup.client.ts';
import { isBackupDue, localMinuteOf, minuteOf } from './schedule.ts';

const MAKE = 'backup.make';

/** Looks every minute whether the day's backup is due; the backup itself is a job, because it may take long. */
const dailyBackup: JobDefinition = {
  queue: 'backup.daily',
  everySeconds: 60,
  run: async (ctx) => {
    const { at } = ctx.config.backups;
    if (at === null || !(await isDue(ctx, at))) return;
    await inTransaction(ctx.db, (tx) => ctx.jobs.enqueue(tx, MAKE, {}, { key: MAKE }));
    ctx.jobs.nudge(MAKE);
  },
};

async function isDue(ctx: Context, at: string): Promise<boolean> {
  const { began, done, tried } = await lastBackups(ctx.db);
  const nowMs = ctx.clock.nowMs();
  return isBackupDue({
    nowMs,
    atMinute: minuteOf(at),
    localMinute: localMinuteOf(nowMs, ctx.config.timeZone),
    beganMs: Date.parse(began),
    doneMs: done === null ? null : Date.parse(done),
    triedMs: tried === null ? null : Date.parse(tried),
  });
}

/** A failure is written down and tried again in an hour: ending as a dead letter would only say it twice. */
const scheduledBackup: JobDefinition = {
  queue: MAKE,
  run: async (ctx, _payload, signal) => {
    const { at } = ctx.config.backups;
    // A job that was cut off comes again, perhaps after the next one was made.
    if (at === null || !(await isDue(ctx, at))) return;
    try {
      await makeBackup(ctx, { reason: 'scheduled', signal });
      await removeSurplus(ctx);
    } catch (error) {
      ctx.log.error({ err: error }, 'the daily backup failed; it is tried again in an hour');
    }
  },
};

export const backupJobs: readonly JobDefinition[] = [dailyBackup, scheduledBackup];
