import type { Instant } from '../model/ids.ts';

export interface Clock {
  nowMs(): number;
  now(): Instant;
  /** false: the time jumped just now, and what hangs on the clock alone should wait; absent: it never jumps. */
  isSteady?(): boolean;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  now: () => new Date().toISOString(),
};

/** A clock that tests move. */
export function fixedClock(start: Instant): Clock & { advanceMs(ms: number): void; set(at: Instant): void } {
  let ms = Date.parse(start);
  return {
    nowMs: () => ms,
    now: () => new Date(ms).toISOString(),
    advanceMs: (by) => {
      ms += by;
    },
    set: (at) => {
      ms = Date.parse(at);
    },
  };
}
