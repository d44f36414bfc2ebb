/**
 * An interval that may be looked at as often as one likes: the mixture sequential probability ratio test of a difference that is
 * normal with variance v, mixed over N(0, τ²) (Robbins 1970; Johari, Pekelis and Walsh 2015). It is wider than the usual one: that is
 * the price of looking. τ is the size of effect for which it is sharpest.
 */
export interface AlwaysValid {
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

export function alwaysValid(effect: number, variance: number, tau: number, confidence = 0.95): AlwaysValid {
  if (!(variance > 0)) return { low: effect, high: effect, p: effect === 0 ? 1 : 0 };
  const sum = variance + tau * tau;
  const half = Math.sqrt(((variance * sum) / (tau * tau)) * (Math.log(sum / variance) - 2 * Math.log(1 - confidence)));
  const logLikelihoodRatio = 0.5 * Math.log(variance / sum) + (tau * tau * effect * effect) / (2 * variance * sum);
  return { low: effect - half, high: effect + half, p: Math.min(1, Math.exp(-logLikelihoodRatio)) };
}
