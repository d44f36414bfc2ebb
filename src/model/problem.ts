/** Something wrong with what a user gave us: a code, its parameters, its place, never only a sentence. */
export interface Problem {
  readonly code: ProblemCode;
  /** 1-based record number below the header. */
  readonly row?: number;
  /** Column title, JSON path or field name. */
  readonly column?: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
}

/** Every code has one Chinese and one English sentence in `problem-texts.ts`. */
export const PROBLEM_CODES = [
  'empty-file',
  'file-unreadable',
  'encoding-undecodable',
  'format-unknown',
  'sheet-missing',
  'header-missing',
  'header-duplicate',
  'mapping-column-missing',
  'mapping-field-unknown',
  'mapping-field-twice',
  'row-ragged',
  'row-not-object',
  'row-too-large',
  'quote-unclosed',
  'text-missing',
  'id-missing',
  'customer-missing',
  'subscription-unknown',
  'month-unreadable',
  'usage-empty',
  'date-unreadable',
  'date-ambiguous',
  'date-future',
  'date-assumed',
  'number-unreadable',
  'number-precision-lost',
  'kind-unknown',
  'channel-unknown',
  'region-unknown',
  'region-out-of-scope',
  'unit-unknown',
  'conflict',
  'text-has-nul',
  'text-not-storable',
  'conflict-marker',
  'value-too-long',
  'field-required',
  'field-invalid',
  'field-unknown',
  'content-type-wrong',
  'value-out-of-range',
  'measure-unknown',
  'dimension-unknown',
  'filter-unknown',
  'value-unknown',
  'pattern-invalid',
  'undo-order-rests',
  'undo-alarm-rests',
  'undo-outcome-rests',
  'undo-batch-over',
  'undo-not-remembered',
  'import-rows-stand',
  'import-abandoned',
  'header-repeated',
  'template-sample',
  'template-old',
  'file-password',
  'file-old-workbook',
  'cell-too-long',
  'recipient-outside',
  'pack-reference-unknown',
  'pack-duplicate',
  'pack-invalid',
  'password-wrong',
  'password-too-plain',
  'roles-apart',
  'last-administrator',
  'administrator-first-signs-in',
  'administrator-link',
  'login-taken',
  'staff-no-taken',
  'unit-has-members',
  'unit-has-units',
  'unit-has-orders',
  'unit-under-itself',
  'unit-level-wrong',
  'unit-other-city',
  'unit-retired',
  'unit-region-wrong',
  'segments-none',
  'trial-column-missing',
  'trial-arms-too-few',
  'trial-arms-too-many',
  'trial-control-unclear',
  'trial-control-unknown',
  'trial-not-numbers',
  'trial-count-wrong',
  'trial-shares-wrong',
  'trial-column-twice',
  'trial-metric-empty',
  'trial-features-none',
  'name-twice',
  'cohort-empty',
  'cohort-unknown',
  'outcome-outside',
  'shares-not-100',
  'value-not-rising',
  'member-cannot-call',
  'budget-exceeded',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Problems of many rows, folded: how often, where, and the first few row numbers. */
export interface ProblemGroup {
  readonly code: ProblemCode;
  readonly column: string | null;
  readonly count: number;
  readonly rows: readonly number[];
  /** The values that were wrong, masked, the most frequent first; absent where the problem has none. */
  readonly values?: readonly { readonly value: string; readonly count: number }[];
}
