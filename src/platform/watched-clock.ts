import type { Instant } from '../model/ids.ts';
import type { Clock } from './clock.ts';

/** Clocks are corrected by seconds all the time; more than this at once is somebody's hand, a wrong battery, or a machine that slept. */
const JUMP_MS = 60_000;
/** A time that has stood so long is the new truth. */
const HOLD_MS = 5 * 60_000;

/**
 * The clock on the wall, watched by one that only counts: when the two part at once, the time is still told as the wall says,
 * but timers wait (`isSteady`) until it was set right again or has stood for five minutes. A clock that stood two hours ahead for
 * a moment would else end every alarm of the next two hours.
 */
export function watchedClock(wallMs: () => number, countMs: () => number, jumped: (byMs: number) => void): Clock {
  let trusted = wallMs() - countMs();
  let strange: { readonly difference: number; readonly sinceMs: number } | null = null;
  const look = (): number => {
    const wall = wallMs();
    const count = countMs();
    const difference = wall - count;
    if (Math.abs(difference - trusted) <= JUMP_MS) {
      trusted = difference;
      strange = null;
    } else if (strange === null || Math.abs(difference - strange.difference) > JUMP_MS) {
      strange = { difference, sinceMs: count };
      jumped(difference - trusted);
    } else if (count - strange.sinceMs >= HOLD_MS) {
      trusted = difference;
      strange = null;
    }
    return wall;
  };
  return {
    nowMs: look,
    now: () => new Date(look()).toISOString() as Instant,
    isSteady: () => {
      look();
      return strange === null;
    },
  };
}
