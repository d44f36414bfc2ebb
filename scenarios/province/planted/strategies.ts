import { SEGMENTS } from './plan.ts';

/** Strategies that ran as experiments in the second half of the time, by customer, half and half. */
export const STRATEGIES = ['care-call', 'comfort-message', 'bill-letter'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface SegmentEffect {
  /** What is left of the excess of the pairs above 1. */
  readonly excess: number;
  /** Added to the probability to leave. */
  readonly churn: number;
}

/** A call within a day of every grievance: good for business customers, a little for the young, a nuisance to families. */
export const CARE_CALL: Readonly<Record<(typeof SEGMENTS)[number], SegmentEffect>> = {
  'business-high': { excess: 0.3, churn: -0.05 },
  'business-usual': { excess: 0.3, churn: -0.05 },
  'young-high': { excess: 0.6, churn: -0.03 },
  'young-usual': { excess: 0.6, churn: -0.03 },
  'family-high': { excess: 1, churn: 0.01 },
  'family-usual': { excess: 1, churn: 0.01 },
};
/** Added to the probability to be content with how a grievance was handled. */
export const CARE_CALL_CONTENT = 0.06;
export const CONTENT_BASE = 0.62;

/** Who leaves: more of those who had much to say in the first half. */
export const CHURN = { base: 0.06, perEvent: 0.006, most: 0.14 };

/** The letter does nothing, but it went to the quiet ones: this share of those with at most the median of events before, and of the others. */
export const BILL_LETTER = { quiet: 0.62, lively: 0.38 };

/** Excess left for a customer of a segment in an arm of the care call; 1 where it did not run. */
export function careCallExcess(segment: number, arm: number): number {
  const name = SEGMENTS[segment];
  return arm === 1 && name !== undefined ? CARE_CALL[name].excess : 1;
}
