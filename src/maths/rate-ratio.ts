/**
 * The ratio of two Poisson rates with its exact conditional interval. Given the total a + b of both counts, b is
 * binomial with p = r·t₂ / (t₁ + r·t₂) where r is the ratio of the rates; Clopper–Pearson bounds of p become bounds of r.
 * Exact, so never too narrow, not even for 0 or 1 event, where the usual normal interval of log r does not exist.
 */
export interface RateRatio {
  /** Rate after ÷ rate before; null without any event before (no base). */
  readonly ratio: number | null;
  readonly low: number | null;
  /** null: unbounded. */
  readonly high: number | null;
}

export interface Counted {
  readonly events: number;
  readonly exposure: number;
}

export function rateRatio(before: Counted, after: Counted, confidence = 0.95): RateRatio {
  const total = before.events + after.events;
  if (total === 0 || before.exposure <= 0 || after.exposure <= 0) return { ratio: null, low: null, high: null };
  const tail = (1 - confidence) / 2;
  const lowShare = after.events === 0 ? 0 : betaQuantile(tail, after.events, before.events + 1);
  const highShare = before.events === 0 ? 1 : betaQuantile(1 - tail, after.events + 1, before.events);
  const asRatio = (share: number): number => ((share / (1 - share)) * before.exposure) / after.exposure;
  return {
    ratio: before.events === 0 ? null : after.events / after.exposure / (before.events / before.exposure),
    low: asRatio(lowShare),
    high: highShare === 1 ? null : asRatio(highShare),
  };
}

/** Smallest x with I_x(a, b) ≥ p, by bisection: 60 halvings reach the precision of a double where it matters here. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularised incomplete beta function I_x(a, b), by Lentz's continued fraction on the side where it converges fast. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  // The number of terms needed grows with the root of the larger argument.
  const terms = 200 + Math.ceil(10 * Math.sqrt(Math.max(a, b)));
  for (let m = 1; m <= terms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return h;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x) for x > 0, by Lanczos' approximation (about 15 digits). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const sum = LANCZOS.reduce((total, coefficient, i) => (i === 0 ? coefficient : total + coefficient / (shifted + i)), 0);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}
