/**
 * Breaches of one rule at one entity, from the times its voices were said (event time, milliseconds).
 *
 * count(t) = voices said in (t − window, t]: a voice said at s counts from s until just before s + window.
 * A breach is a longest span [began, ends) on which count ≥ threshold. All that happens at one instant counts
 * together, so a voice that arrives exactly when another leaves keeps the breach alive.
 * It fires at began + hold if the count still stands at that instant. Its voices are those of the window in which it
 * began and everything said until it ended: (began − window, last said before ends].
 *
 * Everything here depends on the said-at times alone, never on the order of arrival nor on the clock.
 */
export interface BreachLimits {
  readonly windowMs: number;
  readonly threshold: number;
  readonly holdMs: number;
}

export interface Breach {
  readonly beganMs: number;
  /** null: the count does not hold long enough (as far as the voices known go). */
  readonly firesMs: number | null;
  readonly endsMs: number;
  /** First millisecond whose voices belong to it. */
  readonly windowFromMs: number;
  /** Last millisecond whose voices belong to it. */
  readonly lastSaidMs: number;
  readonly voices: number;
}

/** `saidAts` ascending. One pass with two pointers: linear in the voices, whatever the window. */
export function breachesOf(saidAts: readonly number[], limits: BreachLimits): readonly Breach[] {
  const { windowMs, threshold, holdMs } = limits;
  const found: Breach[] = [];
  let arrived = 0;
  let left = 0;
  let open: { beganMs: number; firstIndex: number } | null = null;
  while (left < saidAts.length) {
    const leaving = saidAts[left]! + windowMs;
    const coming = saidAts[arrived] ?? Infinity;
    const instant = Math.min(leaving, coming);
    const arrivedBefore = arrived;
    while (saidAts[arrived] === instant) arrived++;
    while (left < saidAts.length && saidAts[left]! + windowMs === instant) left++;
    const breached = arrived - left >= threshold;
    if (breached && open === null) open = { beganMs: instant, firstIndex: left };
    if (!breached && open !== null) {
      const { beganMs, firstIndex } = open;
      found.push({
        beganMs,
        firesMs: beganMs + holdMs < instant ? beganMs + holdMs : null,
        endsMs: instant,
        windowFromMs: beganMs - windowMs + 1,
        lastSaidMs: saidAts[arrivedBefore - 1]!,
        voices: arrivedBefore - firstIndex,
      });
      open = null;
    }
  }
  return found;
}

/** A span of event time, half-open. */
export interface Span {
  readonly fromMs: number;
  readonly beforeMs: number;
}

/** The instants at which voices said within `said` count: a change there can change breaches here, and only here. */
export function instantsTouchedBy(said: { readonly firstMs: number; readonly lastMs: number }, windowMs: number): Span {
  return { fromMs: said.firstMs, beforeMs: said.lastMs + windowMs };
}

export function meets(a: { readonly beganMs: number; readonly endsMs: number }, span: Span): boolean {
  return a.beganMs < span.beforeMs && a.endsMs > span.fromMs;
}

/**
 * Whether a breach is known whole when only voices said within `loaded` were looked at. If not, more must be loaded:
 * it may have begun earlier or lasted longer than it seems. One that ends exactly where the loaded part ends may be
 * carried on by a voice said at that very instant.
 */
export function isWhole(breach: Breach, loaded: Span, windowMs: number): boolean {
  return breach.beganMs - windowMs > loaded.fromMs && breach.endsMs < loaded.beforeMs;
}
