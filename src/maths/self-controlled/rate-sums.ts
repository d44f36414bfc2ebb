import { twoSided } from '../distributions.ts';

/**
 * Sums of the self-controlled Mantel–Haenszel rate ratio over subjects. Every subject is a stratum of its own: with n outcomes, `inside` of them
 * in exposed time E and the rest outside, out of T in all, it adds inside·(T − E)/T to `up`, outside·E/T to `down` and n·E·(T − E)/T² to
 * `information`. Whatever is the same at all times for a subject (how much they call, what they pay) cancels. Sums of disjoint
 * subjects add up.
 */
export interface RateSums {
  readonly up: number;
  readonly down: number;
  readonly information: number;
  /** Sums over subjects of up², up·down and down²: how much subjects differ more than single outcomes would. */
  readonly upUp: number;
  readonly upDown: number;
  readonly downDown: number;
  /** Outcomes inside, and outside, of subjects with any exposure. */
  readonly inside: number;
  readonly outside: number;
  /** Outcomes that would be inside if exposure changed nothing: Σ n·E/T. */
  readonly expected: number;
}

export const NO_SUMS: RateSums = { up: 0, down: 0, information: 0, upUp: 0, upDown: 0, downDown: 0, inside: 0, outside: 0, expected: 0 };

export const addSums = (a: RateSums, b: RateSums): RateSums => ({
  up: a.up + b.up,
  down: a.down + b.down,
  information: a.information + b.information,
  upUp: a.upUp + b.upUp,
  upDown: a.upDown + b.upDown,
  downDown: a.downDown + b.downDown,
  inside: a.inside + b.inside,
  outside: a.outside + b.outside,
  expected: a.expected + b.expected,
});

/** What one subject adds. Without time on either side it adds nothing. */
export function sumsOf(inside: number, outside: number, exposed: number, total: number): RateSums {
  if (!(total > 0)) return NO_SUMS;
  const share = Math.min(1, Math.max(0, exposed / total));
  const n = inside + outside;
  const [up, down] = [inside * (1 - share), outside * share];
  return {
    up,
    down,
    information: n * share * (1 - share),
    upUp: up * up,
    upDown: up * down,
    downDown: down * down,
    inside,
    outside,
    expected: n * share,
  };
}

export interface RateEstimate {
  /** Rate inside ÷ rate outside of the same subjects. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly log: number;
  /** Standard error of `log`. */
  readonly error: number;
  /** Two-sided. */
  readonly p: number;
}

const Z95 = 1.959963984540054;

/**
 * Ratio, 95 % interval and p. Variance of the log: information ÷ (up · down) (Greenland and Robins, Biometrics 41, 1985, 55–68; the one-parameter
 * case of Farrington's self-controlled case series, Biometrics 51, 1995, 228–235); or, where that is more, from how much subjects differ:
 * Σ(up − ratio · down)² ÷ up² (Liang and Zeger's sandwich, 1986), because who complains often complains in bursts. Both are one and the same
 * where every subject has one outcome. With nothing inside (or outside) the log does not exist: half an outcome
 * is added on either side for the interval and p comes from the score (up − down)/√information.
 * null: nobody has both an outcome and time on either side.
 */
export function rateEstimate(sums: RateSums): RateEstimate | null {
  const { up, down, information } = sums;
  const n = sums.inside + sums.outside;
  if (!(information > 0) || n === 0) return null;
  const isWhole = up > 0 && down > 0;
  const share = sums.expected / n;
  const [over, under] = isWhole ? [up, down] : [up + 0.5 * (1 - share), down + 0.5 * share];
  const log = Math.log(over / under);
  const ratio = over / under;
  const poisson = (information + (isWhole ? 0 : share * (1 - share))) / (over * under);
  const among = (sums.upUp - 2 * ratio * sums.upDown + ratio * ratio * sums.downDown) / (over * over);
  const error = Math.sqrt(Math.max(poisson, among));
  const p = isWhole ? twoSided(log / error) : twoSided((up - down) / Math.sqrt(information));
  return {
    ratio: up === 0 ? 0 : ratio,
    low: up === 0 ? 0 : Math.exp(log - Z95 * error),
    high: Math.exp(log + Z95 * error),
    log,
    error,
    p,
  };
}

/** Ratio of two ratios of disjoint subjects: is it the same among both? */
export interface RatioOfRatios {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

export function ratioOfRatios(a: RateEstimate, b: RateEstimate): RatioOfRatios {
  const log = a.log - b.log;
  const error = Math.hypot(a.error, b.error);
  return { ratio: Math.exp(log), low: Math.exp(log - Z95 * error), high: Math.exp(log + Z95 * error), p: twoSided(log / error) };
}
