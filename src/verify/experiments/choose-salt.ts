import { armOf } from '../../model/experiment.ts';

export interface Assigned {
  readonly customer: string;
  /** Customers of one stratum should be spread over the arms as their shares say. */
  readonly stratum: string;
}

/** How many salts are tried: enough for an even split, without more than about two million hashes. */
export const saltsToTry = (customers: number): number => Math.max(4, Math.min(40, Math.floor(2_000_000 / Math.max(1, customers))));

/** Customers of each stratum and of all, by arm. */
export interface Split {
  readonly strata: Map<string, number[]>;
  readonly all: number[];
}
export const emptySplit = (arms: number): Split => ({ strata: new Map(), all: Array.from({ length: arms }, () => 0) });

/** Adds some customers to a split, as a salt assigns them: a million at once would hold everybody else up. */
export function addToSplit(split: Split, customers: readonly Assigned[], salt: string, shares: readonly number[]): void {
  for (const { customer, stratum } of customers) {
    const arm = armOf(salt, customer, shares);
    let count = split.strata.get(stratum);
    if (count === undefined) split.strata.set(stratum, (count = shares.map(() => 0)));
    count[arm] = (count[arm] ?? 0) + 1;
    split.all[arm] = (split.all[arm] ?? 0) + 1;
  }
}

/**
 * The most uneven stratum of a split, in standard deviations of what chance alone would do. Of some salts the evenest is taken (Morgan and
 * Rubin 2012): arms stay a pure function of salt and customer, and yet are stratified.
 */
export function unevenness({ strata, all }: Split, shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return Math.max(...[...strata.values(), all].map((count) => mostOff(count, shares, whole)));
}

function mostOff(count: readonly number[], shares: readonly number[], whole: number): number {
  const n = count.reduce((sum, one) => sum + one, 0);
  return Math.max(
    ...count.map((one, arm) => {
      const share = (shares[arm] ?? 0) / whole;
      return Math.abs(one - n * share) / Math.sqrt(Math.max(1, n * share * (1 - share)));
    }),
  );
}
