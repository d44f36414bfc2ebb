import { z } from 'zod';

/**
 * A content pack 内容包: everything that makes the product speak of telecom in Chinese, as data.
 * Another trade or language is another pack. `understand/load-pack.ts` checks references and lists every mistake.
 */
const names = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const code = z.string().regex(/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/);
const coded = z.strictObject({ code, names });

const category = z.strictObject({
  /** Path of its ancestors: `fixed`, `fixed/broadband`, `fixed/broadband/outage`. */
  code,
  names,
  /** Leaves only. */
  cell: z.strictObject({ business: code, support: code, bearer: code, department: code }).optional(),
  stage: code.optional(),
});

const term = z.strictObject({
  /** Matched in folded text (simplified, lower case, half width). */
  term: z.string().min(1),
  /** Every one of these must stand in the text as well. */
  with: z.array(z.string().min(1)).optional(),
  without: z.array(z.string().min(1)).optional(),
  category: code,
  /** 0–1: how much a hit says. */
  weight: z.number().min(0).max(1),
});

const warningRule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  names,
  /** Entity dimension of the analysis vocabulary: community, plan, unit, city … */
  dimension: z.string(),
  where: z.array(z.strictObject({ field: z.string(), in: z.array(z.string()) })),
  window_minutes: z.int().positive(),
  threshold: z.int().positive(),
  hold_minutes: z.int().nonnegative().default(0),
  department: code,
  severity: z.enum(['notice', 'serious', 'critical']),
});
const calendar = z.strictObject({
  /** Hours per weekday, 1 = Monday … 7 = Sunday; several periods a day. */
  week: z.record(z.string(), z.array(z.strictObject({ from: z.string(), before: z.string() }))),
  /** yyyy-mm-dd */
  holidays: z.array(z.string()),
  /** Working weekends 调休 with the periods of a Monday. */
  working_days: z.array(z.string()),
});

export const packSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  names,
  departments: z.array(coded),
  business_types: z.array(coded),
  support_systems: z.array(coded),
  bearer_networks: z.array(coded),
  stages: z.array(coded),
  products: z.array(coded),
  categories: z.array(category),
  terms: z.array(term),
  /** Written another way → the word the terms use: 网速慢 ← 网速很慢, 卡的不行 … */
  synonyms: z.array(z.strictObject({ word: z.string().min(1), variants: z.array(z.string().min(1)).min(1) })),
  /** Labelled sentences the first model learns from. */
  examples: z.array(z.strictObject({ text: z.string().min(1), category: code })),
  /** What people put around a cause and what they say without one: words that point nowhere, and the first model must know that. */
  everyday: z.strictObject({
    openings: z.array(z.string()),
    closings: z.array(z.string()),
    fillings: z.array(z.string()),
    nothing_said: z.array(z.string()),
  }),
  feelings: z.strictObject({ angry: z.array(z.string()), negative: z.array(z.string()), positive: z.array(z.string()) }),
  /** Words by which kinds and channels appear in source files: 投诉, 咨询, 10010热线 … */
  kind_words: z.record(z.string(), z.array(z.string())),
  channel_words: z.record(z.string(), z.array(z.string())),
  warning_rules: z.array(warningRule),
  /** Working minutes that a department has to close an order of a severity. */
  due_minutes: z.strictObject({ notice: z.int(), serious: z.int(), critical: z.int() }),
  calendar,
});
export type Pack = z.infer<typeof packSchema>;
export type PackCategory = Pack['categories'][number];
export type PackTerm = Pack['terms'][number];
export type WarningRuleDraft = z.infer<typeof warningRule>;
export type WorkCalendar = z.infer<typeof calendar>;

/** Levels of a category code: `fixed/broadband/outage` → [`fixed`, `fixed/broadband`, `fixed/broadband/outage`]. */
export function levelsOf(category: string): readonly string[] {
  const parts = category.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}
