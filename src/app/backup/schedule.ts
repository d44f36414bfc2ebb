/** When it failed, it is tried again this much later: a full disk is not freed in a second. */
const AGAIN_MS = 60 * 60_000;

export interface BackupTimes {
  readonly nowMs: number;
  /** Minutes of the province's day at which the daily backup begins. */
  readonly atMinute: number;
  /** Minutes of the province's day now. */
  readonly localMinute: number;
  readonly beganMs: number;
  readonly doneMs: number | null;
  readonly triedMs: number | null;
}

/** Whether the daily backup should be made now: none succeeded since the last time of day that was meant for it. */
export function isBackupDue({ nowMs, atMinute, localMinute, beganMs, doneMs, triedMs }: BackupTimes): boolean {
  const sinceSlot = ((localMinute - atMinute + 1440) % 1440) * 60_000 + (nowMs % 60_000);
  const slot = nowMs - sinceSlot;
  if (Math.max(beganMs, doneMs ?? 0) >= slot) return false;
  // A try "in the future" was noted by a clock that was set back since; it says nothing.
  return triedMs === null || triedMs > nowMs || nowMs - triedMs >= AGAIN_MS || triedMs < slot;
}

export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Minutes of the day on a wall in that time zone. */
export function localMinuteOf(nowMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(nowMs);
  return minuteOf(parts);
}
