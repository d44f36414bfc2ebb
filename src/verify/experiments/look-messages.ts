import type { ComparedTable } from '../../model/comparison.ts';
import type { Problem } from '../../model/problem.ts';
import type { Registered } from './report-ask.ts';

/** What the thread of a look is started with. */
export interface LookStart {
  readonly registered: Registered;
  /** Before the planned end. */
  readonly peeked: boolean;
}

/** Customers page by page, as cells of the report's table; then the comparison is asked for. */
export type ToLook = { readonly kind: 'rows'; readonly rows: readonly (readonly (string | null)[])[] } | { readonly kind: 'compare' };

/** Without a report: nobody has a value of a metric yet, or what stands against comparing is listed. */
export interface FromLook {
  readonly report: ComparedTable | null;
  readonly problems: readonly Problem[];
}
