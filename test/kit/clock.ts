import type { Instant } from '../../src/model/ids.ts';
import { fixedClock } from '../../src/platform/clock.ts';

/** A quiet Tuesday morning in Jinan (10:00 local time). */
export const SOME_MORNING: Instant = '2026-03-10T02:00:00.000Z';

/** A clock that stands until the test moves it. */
export function testClock(start: Instant = SOME_MORNING): ReturnType<typeof fixedClock> {
  return fixedClock(start);
}
