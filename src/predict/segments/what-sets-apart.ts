import type { FactSums } from './segment-facts.ts';

/** How many times as much, or as often, as among all other customers; with its 95 % interval. */
export interface Lift {
  readonly feature: string;
  /** The value of a category; null: the mean of a number. */
  readonly level: string | null;
  /** Mean, or share, inside and outside. */
  readonly inside: number;
  readonly outside: number;
  readonly lift: number;
  readonly low: number;
  readonly high: number;
  /** Customers with a known value inside. */
  readonly base: number;
}

const Z = 1.959964;
/** Fewer customers say nothing. */
const FEWEST = 10;

/**
 * What a segment has more or less of than the rest: ratios of means (delta method on the logarithm) and of shares (Katz), those whose
 * interval leaves out 1, the surest first. A number that can be negative or is nearly always 0 outside has no ratio and is left out.
 */
export function whatSetsApart(inside: FactSums, outside: FactSums): readonly Lift[] {
  const ofNumbers = Object.keys(inside.numbers).flatMap((name) => meanLift(name, inside.numbers[name], outside.numbers[name]));
  const ofCategories = Object.entries(inside.categories).flatMap(([name, counts]) => {
    const others = outside.categories[name] ?? {};
    const [base, baseOut] = [known(counts), known(others)];
    return Object.keys(counts)
      .filter((level) => level !== '')
      .flatMap((level) => shareLift(name, level, counts[level] ?? 0, base, others[level] ?? 0, baseOut));
  });
  return [...ofNumbers, ...ofCategories].filter((lift) => lift.low > 1 || lift.high < 1).toSorted((a, b) => surety(b) - surety(a));
}

const surety = ({ low, high }: Lift): number => (low > 1 ? Math.log(low) : -Math.log(high));
const known = (counts: Readonly<Record<string, number>>): number =>
  Object.entries(counts).reduce((sum, [level, count]) => sum + (level === '' ? 0 : count), 0);

type Sums = readonly [number, number, number] | undefined;

function meanLift(feature: string, a: Sums, b: Sums): readonly Lift[] {
  if (a === undefined || b === undefined || a[0] < FEWEST || b[0] < FEWEST) return [];
  const [meanA, meanB] = [a[1] / a[0], b[1] / b[0]];
  if (meanA <= 0 || meanB <= 0) return [];
  const spread = ([n, sum, squares]: readonly [number, number, number]): number =>
    Math.max(0, squares / n - (sum / n) ** 2) / n / (sum / n) ** 2;
  return [withInterval(feature, null, meanA, meanB, Math.sqrt(spread(a) + spread(b)), a[0])];
}

function shareLift(feature: string, level: string, a: number, n: number, b: number, m: number): readonly Lift[] {
  if (n < FEWEST || m < FEWEST || a < 5 || b < 5) return [];
  return [withInterval(feature, level, a / n, b / m, Math.sqrt(1 / a - 1 / n + 1 / b - 1 / m), n)];
}

function withInterval(feature: string, level: string | null, inside: number, outside: number, error: number, base: number): Lift {
  const lift = inside / outside;
  return { feature, level, inside, outside, lift, low: lift * Math.exp(-Z * error), high: lift * Math.exp(Z * error), base };
}
