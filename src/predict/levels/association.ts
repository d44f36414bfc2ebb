/** How often grievances of a cause are followed by a complaint. */
export interface CauseCount {
  readonly category: string;
  readonly grievances: number;
  readonly complained: number;
}

/** Complaint share of a cause ÷ that of all causes. */
export type Associations = ReadonlyMap<string, number>;

/** A cause is taken for the mean until this many grievances say otherwise. */
const PSEUDO = 30;

/**
 * Association of causes with complaints by history: shares shrunk towards the mean, so that a cause heard three times is no extreme.
 * Co-occurrence is no cause: active customers have more of both. It ranks causes for handling; what leads to what is estimated by pairs.
 */
export function associationsOf(counts: readonly CauseCount[]): Associations {
  const grievances = counts.reduce((sum, one) => sum + one.grievances, 0);
  const mean = grievances === 0 ? 0 : counts.reduce((sum, one) => sum + one.complained, 0) / grievances;
  if (mean === 0) return new Map();
  return new Map(counts.map((one) => [one.category, (one.complained + PSEUDO * mean) / (one.grievances + PSEUDO) / mean]));
}
