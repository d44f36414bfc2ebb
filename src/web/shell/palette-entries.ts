import { fitOf } from '../kit/initials.ts';

export interface Entry {
  readonly id: string;
  readonly group: 'page' | 'cause' | 'view' | 'order' | 'action';
  readonly name: string;
  /** Other words by which it is found: its name in the other language. */
  readonly also?: string;
  readonly hint?: string;
  readonly run: () => void;
  /** The palette stays until it is done: it may be refused. */
  readonly stays?: boolean;
}

const MOST = 12;

/** The entries that fit, best first, in their order among equals. */
export function fitting(entries: readonly Entry[], typed: string): readonly Entry[] {
  return entries
    .map((entry, i) => ({
      entry,
      i,
      fit: Math.max(fitOf(entry.name, typed), entry.also === undefined ? 0 : fitOf(entry.also, typed) - 0.5),
    }))
    .filter((one) => one.fit > 0)
    .sort((a, b) => b.fit - a.fit || a.i - b.i)
    .slice(0, MOST)
    .map((one) => one.entry);
}

/** An order's number, or enough of its title to ask the server. */
export const asksForOrders = (typed: string): boolean => typed.trim().length >= 2;
