import { readlinkSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Bulk work takes what others leave: against a thread at 0 it gets a tenth of a core that both want. */
export const BULK_NICENESS = 10;

/** Lowers the calling thread's own priority. Only Linux gives each thread one of its own; elsewhere nothing changes. */
export function yieldToOthers(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, BULK_NICENESS);
  } catch {
    // A sandbox without /proc or without the right: the work is done all the same.
  }
}

/**
 * Lowers another process of ours, such as the database's backend that stores in bulk. Where the kernel shares processors by session
 * (`sched_autogroup`), a niceness counts inside the session only, and each backend leads one of its own: that is lowered, too.
 */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, BULK_NICENESS);
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, `${BULK_NICENESS}`);
  } catch {
    // It ended, or belongs to another user, or the kernel knows no such sessions.
  }
}
