import type { DiskState } from '../../model/system-state.ts';
import type { TickState } from '../../platform/jobs/jobs.ts';

/** Work that should go by itself and does not: nobody would notice, because every page still opens. */
export const STALLED_SECONDS = 60;

/** Seconds since a tick last ended, or since it should have ended for the first time. */
export function silentSeconds(tick: TickState): number {
  return Math.floor((tick.endedAgoMs ?? tick.startedAgoMs) / 1000);
}

/** A rare tick may rest as long as its own interval and a minute more; one with much to do at once as long as that takes. */
export const isStalled = (tick: TickState): boolean =>
  silentSeconds(tick) > tick.everySeconds + Math.max(STALLED_SECONDS, tick.running ? tick.mayTakeSeconds : 0);

const MB = 1024 * 1024;

/**
 * Watermarks: below a tenth (or 5 GB of a large disk) somebody should make room; below a fiftieth (or 256 MB) the database
 * may stop any moment, so no new work is taken.
 */
export function diskState(freeBytes: number, totalBytes: number): DiskState {
  if (freeBytes < Math.min(256 * MB, totalBytes * 0.02)) return 'full';
  return freeBytes < Math.min(5 * 1024 * MB, totalBytes * 0.1) ? 'low' : 'enough';
}
