import { armOf } from '../../model/experiment.ts';

export interface Assigned {
  readonly customer: string;
  /** Customers of one stratum should be spread over the arms as their shares say. */
  readonly stratum: string;
}

/** How many salts are tried: enough for an even split, without more than about two million hashes. */
export const saltsToTry = (customers: number): number => Math.max(4, Math.min(40, Math.floor(2_000_000 / Math.max(1, customers))));

/**
 * The most uneven stratum under a salt, in standard deviations of what chance alone would do. Of some salts the evenest is taken
 * (Morgan and Rubin 2012): arms stay a pure function of salt and customer, and yet are stratified.
 */
export function unevenness(customers: readonly Assigned[], salt: string, shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const counts = new Map<string, number[]>();
  const total = shares.map(() => 0);
  for (const { customer, stratum } of customers) {
    const arm = armOf(salt, customer, shares);
    let count = counts.get(stratum);
    if (count === undefined) counts.set(stratum, (count = shares.map(() => 0)));
    count[arm] = (count[arm] ?? 0) + 1;
    total[arm] = (total[arm] ?? 0) + 1;
  }
  return Math.max(...[...counts.values(), total].map((count) => mostOff(count, shares, whole)));
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
