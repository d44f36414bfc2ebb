import type { Breach, BreachLimits } from './breaches.ts';

/**
 * The definition of a breach written down as plainly as possible and as slowly: every millisecond at which the count can
 * change is counted anew over all voices. The tests and `voxloop fsck` compare the fast way with it.
 */
export function bruteForceBreaches(saidAts: readonly number[], limits: BreachLimits): readonly Breach[] {
  const countAt = (t: number): number => saidAts.filter((s) => s > t - limits.windowMs && s <= t).length;
  const instants = [...new Set(saidAts.flatMap((s) => [s, s + limits.windowMs]))].sort((a, b) => a - b);
  const found: Breach[] = [];
  let beganMs: number | null = null;
  for (const instant of instants) {
    const breached = countAt(instant) >= limits.threshold;
    if (breached && beganMs === null) beganMs = instant;
    if (!breached && beganMs !== null) {
      found.push(breachBetween(saidAts, limits, beganMs, instant));
      beganMs = null;
    }
  }
  return found;
}

function breachBetween(saidAts: readonly number[], limits: BreachLimits, beganMs: number, endsMs: number): Breach {
  const from = beganMs - limits.windowMs;
  const own = saidAts.filter((s) => s > from && s < endsMs);
  const firesMs = beganMs + limits.holdMs;
  return {
    beganMs,
    endsMs,
    firesMs: firesMs < endsMs ? firesMs : null,
    windowFromMs: from + 1,
    lastSaidMs: Math.max(...own),
    voices: own.length,
  };
}
