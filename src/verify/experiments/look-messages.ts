import type { ComparedTable } from '../../model/comparison.ts';
import type { Registered } from './report-ask.ts';

/** What the thread of a look is started with. */
export interface LookStart {
  readonly registered: Registered;
  /** Before the planned end. */
  readonly peeked: boolean;
}

/** Customers page by page, as cells of the report's table; then the comparison is asked for. */
export type ToLook = { readonly kind: 'rows'; readonly rows: readonly (readonly (string | null)[])[] } | { readonly kind: 'compare' };

/** null: nothing to compare. */
export type FromLook = ComparedTable | null;
