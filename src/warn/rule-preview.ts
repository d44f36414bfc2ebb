import { type BreachLimits, breachesOf, type Span } from './breaches.ts';

export const PREVIEW_DAYS = 30;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** A breach that would have fired, with the voices that belong to it. */
export interface Firing {
  readonly value: string;
  readonly firedMs: number;
  readonly windowFromMs: number;
  readonly lastSaidMs: number;
  readonly voices: number;
}

export const previewSpan = (nowMs: number): Span => ({ fromMs: nowMs - PREVIEW_DAYS * DAY_MS, beforeMs: nowMs });

/** What to load for it: a breach that is already under way where the loading begins has fired before the span, and is left out. */
export const loadedFor = (span: Span, { windowMs, holdMs }: BreachLimits): Span => ({
  fromMs: span.fromMs - 2 * windowMs - holdMs,
  beforeMs: span.beforeMs,
});

/** Every breach that fires within the span, the largest first. */
export function firingsOf(
  entities: readonly { readonly value: string; readonly saidAts: readonly number[] }[],
  limits: BreachLimits,
  span: Span,
): readonly Firing[] {
  return entities
    .flatMap(({ value, saidAts }) =>
      breachesOf(saidAts, limits).flatMap(({ firesMs, windowFromMs, lastSaidMs, voices }) =>
        firesMs === null || firesMs < span.fromMs || firesMs >= span.beforeMs
          ? []
          : [{ value, firedMs: firesMs, windowFromMs, lastSaidMs, voices }],
      ),
    )
    .toSorted((a, b) => b.voices - a.voices || b.firedMs - a.firedMs);
}

/** How many fired in each seven days counted back from the end, the oldest first. */
export function weeksOf(firings: readonly Firing[], span: Span): readonly (Span & { readonly fired: number })[] {
  const weeks = Math.ceil((span.beforeMs - span.fromMs) / WEEK_MS);
  return Array.from({ length: weeks }, (_, i) => {
    const beforeMs = span.beforeMs - (weeks - 1 - i) * WEEK_MS;
    const fromMs = Math.max(span.fromMs, beforeMs - WEEK_MS);
    return { fromMs, beforeMs, fired: firings.filter(({ firedMs }) => firedMs >= fromMs && firedMs < beforeMs).length };
  });
}
