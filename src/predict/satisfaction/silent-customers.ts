import type { Moments } from './service-cells.ts';

/** Customers of one kind (place × segment × whether they grieved), and what those among them answered, 0–100. */
export interface Stratum extends Moments {
  readonly key: string;
  readonly customers: number;
}

/** Satisfaction of everybody and of those who did not answer, as far as those of their kind who answered stand for them. */
export interface Silent {
  readonly customers: number;
  readonly answered: number;
  /** Mean of those who answered, as they came. */
  readonly raw: Estimate;
  /** Mean over all customers: each kind by its size, not by how eagerly it answers. */
  readonly all: Estimate;
  /** Mean over those who did not answer. */
  readonly silent: Estimate;
  /** raw − all: what counting answers as they come gets wrong. */
  readonly bias: Estimate;
  /** Kinds, and customers in kinds of which nobody answered: for them the mean of all kinds stands in. */
  readonly strata: number;
  readonly unheard: number;
  /** Smallest and largest share that answered, among kinds of at least 50 customers. */
  readonly rates: { readonly low: number; readonly high: number } | null;
  /** How satisfied all are if the silent ones are so many points below those of their kind who answered. */
  readonly ifWorse: readonly { readonly by: number; readonly all: number }[];
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const LEAST_ANSWERS = 30;
const Z = 1.96;

/** null: fewer than 30 answers, or nobody to speak for. */
export function silentCustomers(strata: readonly Stratum[]): Silent | null {
  const customers = strata.reduce((sum, one) => sum + one.customers, 0);
  const answered = strata.reduce((sum, one) => sum + one.n, 0);
  if (answered < LEAST_ANSWERS || customers <= answered) return null;
  const pooled = pooledOf(strata, answered);
  const means = strata.map((one) => shrunk(one, pooled));
  const ofMean = pooled.within / answered;
  const sizes = strata.map((one) => one.customers);
  const all = weighted(means, sizes, ofMean);
  const quietSizes = strata.map((one) => Math.max(0, one.customers - one.n));
  const silent = weighted(means, quietSizes, ofMean);
  const raw = interval(pooled.mean, ofMean);
  const heard = strata.filter((one) => one.customers >= 50).map((one) => one.n / one.customers);
  const quiet = (customers - answered) / customers;
  return {
    customers,
    answered,
    raw,
    all,
    silent,
    bias: biasOf(strata, means, pooled, customers, answered),
    strata: strata.length,
    unheard: strata.reduce((sum, one) => sum + (one.n === 0 ? one.customers : 0), 0),
    rates: heard.length === 0 ? null : { low: Math.min(...heard), high: Math.max(...heard) },
    ifWorse: [5, 10, 20].map((by) => ({ by, all: all.value - by * quiet })),
  };
}

interface Pooled {
  readonly mean: number;
  /** Variance of one answer within its kind, and of the kinds' true means. */
  readonly within: number;
  readonly between: number;
}

/** Method of moments, as in a one-way analysis of variance with unequal groups. */
function pooledOf(strata: readonly Stratum[], answered: number): Pooled {
  const heard = strata.filter((one) => one.n > 0);
  const mean = heard.reduce((sum, one) => sum + one.sum, 0) / answered;
  const inside = heard.reduce((sum, one) => sum + one.squares - (one.sum * one.sum) / one.n, 0);
  const within = Math.max(1, inside / Math.max(1, answered - heard.length));
  const among = heard.reduce((sum, one) => sum + one.n * (one.sum / one.n - mean) ** 2, 0);
  const size = answered - heard.reduce((sum, one) => sum + one.n ** 2, 0) / answered;
  const between = size <= 0 ? 0 : Math.max(0, (among - (heard.length - 1) * within) / size);
  return { mean, within, between };
}

interface Mean {
  readonly value: number;
  readonly variance: number;
  /** Share of the kind's own answers in its estimate. */
  readonly own: number;
}

/** A kind's own mean, drawn towards the mean of all the more the fewer answered; of a kind that is silent, the mean of all. */
function shrunk(one: Stratum, { mean, within, between }: Pooled): Mean {
  if (one.n === 0 || between === 0) return { value: mean, variance: between, own: 0 };
  const own = between / (between + within / one.n);
  return { value: mean + own * (one.sum / one.n - mean), variance: (1 - own) * between, own };
}

/** Kinds err apart; the mean that they are drawn towards errs for all of them together. */
function weighted(means: readonly Mean[], sizes: readonly number[], ofMean: number): Estimate {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const value = means.reduce((sum, mean, i) => sum + (mean.value * (sizes[i] ?? 0)) / total, 0);
  const apart = means.reduce((sum, mean, i) => sum + mean.variance * ((sizes[i] ?? 0) / total) ** 2, 0);
  const together = means.reduce((sum, mean, i) => sum + ((1 - mean.own) * (sizes[i] ?? 0)) / total, 0) ** 2 * ofMean;
  return interval(value, apart + together);
}

/**
 * Kinds err independently of one another, so their errors enter with the difference of the two ways to weigh them; and which
 * kinds happened to answer is chance as well, so that only a bias that would come again is one.
 */
function biasOf(strata: readonly Stratum[], means: readonly Mean[], pooled: Pooled, customers: number, answered: number): Estimate {
  const all = means.reduce((sum, mean, i) => sum + (mean.value * (strata[i]?.customers ?? 0)) / customers, 0);
  const variance = means.reduce((sum, mean, i) => {
    const one = strata[i];
    const difference = (one?.n ?? 0) / answered - (one?.customers ?? 0) / customers;
    return sum + difference ** 2 * ((one?.n ?? 0) > 0 ? pooled.within / (one?.n ?? 1) : mean.variance);
  }, 0);
  const drawn = means.reduce((sum, mean, i) => sum + ((strata[i]?.n ?? 0) / answered ** 2) * (mean.value - pooled.mean) ** 2, 0);
  return interval(pooled.mean - all, variance + drawn);
}

const interval = (value: number, variance: number): Estimate => ({
  value,
  low: value - Z * Math.sqrt(variance),
  high: value + Z * Math.sqrt(variance),
});
