/** Voices that did not come after an order was closed, by its outcome: rate before × days after × (1 − ratio), at most what could have come. */
export interface Spared {
  readonly voices: number;
  readonly low: number;
  readonly high: number;
}

export interface MeasuredOrder {
  readonly before: { readonly voices: number; readonly days: number };
  readonly after: { readonly voices: number; readonly days: number };
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** null: nothing to compare with. A ratio above 1 spares a negative number: what rose counts against. */
export function sparedBy({ before, after, ratio, low, high }: MeasuredOrder): Spared | null {
  if (ratio === null || low === null || before.days <= 0 || after.days <= 0) return null;
  const usual = (before.voices / before.days) * after.days;
  return { voices: usual * (1 - ratio), low: usual * (1 - (high ?? ratio * 3)), high: usual * (1 - low) };
}

/**
 * Sums over orders: errors of different orders are independent, so half-widths add as squares do, to each side on its own.
 * What an interval says of one order is its 95 %.
 */
export function spared(orders: readonly Spared[]): Spared {
  const voices = orders.reduce((sum, one) => sum + one.voices, 0);
  const below = Math.sqrt(orders.reduce((sum, one) => sum + (one.voices - one.low) ** 2, 0));
  const above = Math.sqrt(orders.reduce((sum, one) => sum + (one.high - one.voices) ** 2, 0));
  return { voices, low: voices - below, high: voices + above };
}

/** A sum of money from a number and the cost of one, both uncertain: the corner products, ordered. */
export function costOf(
  count: { readonly voices: number; readonly low: number; readonly high: number },
  unit: { readonly unit_cost: number; readonly low: number; readonly high: number },
): { readonly cost: number; readonly low: number; readonly high: number } {
  const corners = [count.low * unit.low, count.low * unit.high, count.high * unit.low, count.high * unit.high];
  return { cost: count.voices * unit.unit_cost, low: Math.min(...corners), high: Math.max(...corners) };
}
