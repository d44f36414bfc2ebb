import type { Instant } from './ids.ts';

/** One row of a customers file: a subscription with the customer who holds it. */
export interface SubscriptionDraft {
  readonly customer: string;
  readonly subscription: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly idNumber: string | null;
  readonly address: string | null;
  readonly region: string | null;
  readonly brand: string | null;
  readonly ageBand: string | null;
  readonly tenureMonths: number | null;
  readonly product: string | null;
  readonly plan: string | null;
  readonly valueTier: string | null;
  readonly group: string | null;
  readonly since: Instant | null;
  readonly until: Instant | null;
  readonly attributes: Readonly<Record<string, string>>;
}
