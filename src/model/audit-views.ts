import type { Page } from './page.ts';

/** What an auditor looks for first: personal data seen, data taken out, doors tried, rights changed. */
export const NOTABLE = ['revealed', 'exported', 'refused', 'granted'] as const;
export type Notable = (typeof NOTABLE)[number];

export interface AuditRow {
  readonly id: number;
  readonly at: string;
  readonly member: { readonly id: string; readonly name: string } | null;
  readonly via: string;
  readonly action: string;
  /** `name`: of a member or unit, as it is called now. */
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string | null };
  readonly detail: unknown;
}

/** How many rows match, how many of them stand out, and what there is to choose from. */
export interface AuditSummary {
  readonly count: number;
  readonly notable: Readonly<Record<Notable, { readonly rows: number; readonly people: number }>>;
  readonly actions: readonly string[];
  readonly kinds: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

/** The first page carries the summary. */
export interface AuditPage extends Page<AuditRow> {
  readonly summary?: AuditSummary;
}
