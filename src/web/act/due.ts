import type { OrderRow } from '../../model/order-views.ts';

/** How an order stands against its clock: the reader wants both the working time and the hour on the wall. */
export type Due =
  /** `inTime`: closed before it was due, as the share of a department counts it; null: not closed yet. */
  | { readonly kind: 'over'; readonly inTime: boolean | null }
  | { readonly kind: 'left'; readonly minutes: number; readonly soon: boolean }
  | { readonly kind: 'late'; readonly minutes: number | null };

/** The server counts the working minutes that are left, so what is due is asked again every minute. */
export const CLOCK_MS = 60_000;

const SOON_MINUTES = 120;

export function dueOf(order: Pick<OrderRow, 'state' | 'overdue' | 'minutes_left' | 'due_at' | 'closed_at'>): Due {
  if (order.state === 'closed') return { kind: 'over', inTime: order.closed_at === null ? null : order.closed_at <= order.due_at };
  if (order.state === 'done' && !order.overdue) return { kind: 'over', inTime: null };
  const left = order.minutes_left;
  if (order.overdue) return { kind: 'late', minutes: left !== null && left < 0 ? -left : null };
  if (left === null) return { kind: 'over', inTime: null };
  return left < 0 ? { kind: 'late', minutes: -left } : { kind: 'left', minutes: left, soon: left <= SOON_MINUTES };
}
