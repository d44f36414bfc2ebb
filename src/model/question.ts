import { z } from 'zod';
import { COMPARISONS } from './comparisons.ts';
import type { Comparison } from './comparisons.ts';

export type { Comparison };

/** A question about voices, as data: the same on screen, in exports, on the command line and in rules. */
export interface Question {
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly where: readonly Filter[];
  readonly order?: readonly { readonly by: string; readonly descending?: boolean }[];
  readonly limit?: number;
  /** Adds `<measure>_previous` and `<measure>_change` against an earlier time. Needs a time filter. */
  readonly compare?: Comparison;
}

/**
 * All filters of a question hold together. `null` in a list stands for "not known" (for categories: unmapped).
 * A time without a zone (`2026-03-01`, `2026-03-01T08:00`) is local wall time; ranges are half-open.
 */
export type Filter =
  | { readonly field: string; readonly in: readonly (string | null)[] }
  | { readonly field: string; readonly from?: string; readonly before?: string }
  | { readonly text: string };

export interface AnswerColumn {
  readonly name: string;
  readonly kind: 'dimension' | 'measure';
  readonly unit: 'text' | 'time' | 'count' | 'share' | 'rate' | 'score';
  readonly names: Names;
  /** Definition, formula and base of a measure. */
  readonly help?: Names;
}

export interface Answer {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  /** Rows before the limit was applied. */
  readonly total_rows: number;
  /** Until when the warehouse holds everything that was committed. */
  readonly as_of: string;
  /** The time compared with, as a filter of `said_at`; only where a comparison was asked for. */
  readonly previous?: { readonly from: string; readonly before: string };
  /** Per dimension: codes that appear in the rows → what people call them; the code `''` says what null is called. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, Names>>>>;
}

export interface Names {
  readonly zh: string;
  readonly en: string;
}

const word = z.string().min(1).max(200);
export const filterSchema: z.ZodType<Filter> = z.union([
  z.strictObject({ text: z.string().max(500) }),
  z.strictObject({ field: word, in: z.array(z.string().max(1000).nullable()).min(1).max(1000) }),
  z.strictObject({ field: word, from: z.string().max(40).exactOptional(), before: z.string().max(40).exactOptional() }),
]);

export const questionSchema: z.ZodType<Question> = z.strictObject({
  measures: z.array(word).min(1).max(12),
  by: z.array(word).max(6).default([]),
  where: z.array(filterSchema).max(50).default([]),
  order: z
    .array(z.strictObject({ by: word, descending: z.boolean().exactOptional() }))
    .max(12)
    .exactOptional(),
  limit: z.int().exactOptional(),
  compare: z.enum(COMPARISONS).exactOptional(),
});
