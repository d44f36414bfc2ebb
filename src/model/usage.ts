/** What a subscription used in a month; null: the file does not say. */
export interface MonthlyUsage {
  /** The subscription's number, else the customer's. */
  readonly key: string;
  readonly customer: string;
  /** `2026-03` */
  readonly month: string;
  readonly minutes: number | null;
  readonly megabytes: number | null;
  readonly messages: number | null;
  readonly bill: number | null;
}

export const USAGE_FIGURES = ['minutes', 'megabytes', 'messages', 'bill'] as const;
export type UsageFigure = (typeof USAGE_FIGURES)[number];
