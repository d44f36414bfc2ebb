import { z } from 'zod';
import { handlingSchema } from './handling.ts';
import { RECORDED_ACTS } from './recording.ts';
import { surveySchema } from './survey.ts';
import { VOICE_KINDS } from './voice.ts';

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

/** A segment by rule: brand × value. `model/segment.ts` says who is in it. */
const ruleSegment = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  names,
  /** As the customers' files write them; empty: any. */
  brands: z.array(z.string().min(1)),
  tiers: z.array(z.string().min(1)),
});

/** What behaviour is judged by: causes that are about money, and words that show a temperament. */
const said = z.array(z.string().min(1)).default([]);
const behaviour = z.strictObject({
  /** Categories of the first level. */
  money: z.array(code),
  /** Titles under which customers' files bring monthly averages; the first that a customer has counts. */
  usage: z
    .strictObject({ minutes: said, megabytes: said, messages: said, bill: said })
    .default({ minutes: [], megabytes: [], messages: [], bill: [] }),
  words: z.strictObject({ impatient: said, price: said, cooperative: said, assertive: said, tolerant: said }),
});

/** Titles under which sources write down with a grievance what the agent knew when it was told; the first that a voice has counts. */
const told = z.strictObject({
  /** Days that the matter had lasted. */
  lasted_days: said,
  /** Whether the first contact solved it, and how files say yes and no. */
  solved: said,
  yes: said,
  no: said,
});
export type ToldTitles = z.infer<typeof told>;

/** What may be done about a grievance. */
const handlingAction = z.strictObject({
  code,
  names,
  /** Other words by which files call it. */
  words: z.array(z.string().min(1)).default([]),
  /** It is a call to the customer. */
  calls: z.boolean().default(false),
  /** The calls of quality specialists 品质专员外呼 are written down as it. */
  specialists: z.boolean().default(false),
  /** The fact of a recording that is this action, with causes below these categories; below any if none is named. Of several the first. */
  recorded_as: z.strictObject({ fact: z.enum(RECORDED_ACTS), within: z.array(code).default([]) }).optional(),
});

const calendar = z.strictObject({
  /** Hours per weekday, 1 = Monday … 7 = Sunday; several periods a day. */
  week: z.record(z.string(), z.array(z.strictObject({ from: z.string(), before: z.string() }))),
  /** yyyy-mm-dd */
  holidays: z.array(z.string()),
  /** Working weekends 调休 with the periods of a Monday. */
  working_days: z.array(z.string()),
});

/** What every leaf of a pack has at least: a pack that promises depth is checked for it. */
const depth = z.strictObject({
  terms: z.int().nonnegative(),
  examples: z.int().nonnegative(),
  counter_examples: z.int().nonnegative(),
  /** true: every leaf says how it is explained to the customer. */
  scripts: z.boolean(),
  /** Words of the dictionary. */
  dictionary: z.int().nonnegative(),
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
  /** Texts that look like `not_category` and belong to `category`. Never learned from: they tell how well neighbours are kept apart. */
  counter_examples: z.array(z.strictObject({ text: z.string().min(1), not_category: code, category: code })).default([]),
  /** Explanation scripts 解释口径: what an agent says to a customer with this cause. */
  scripts: z.array(z.strictObject({ category: code, say: names, also: z.array(names).max(5).default([]) })).default([]),
  /** How agents tell a grievance from a question 判断口诀: the rule, a rhyme to remember it by, and the principles behind. */
  judgement: z
    .strictObject({
      rule: names,
      rhyme: z.array(names).min(1),
      principles: z.array(z.strictObject({ names, say: names })),
    })
    .optional(),
  /** What may be done about a grievance 处理动作. */
  handling_actions: z.array(handlingAction).default([]),
  /** Words of the trade that stay whole when a text is cut into words. */
  dictionary: z.array(z.string().min(2)).default([]),
  depth: depth.optional(),
  /** What people put around a cause and what they say without one: words that point nowhere, and the first model must know that. */
  everyday: z.strictObject({
    openings: z.array(z.string()),
    closings: z.array(z.string()),
    fillings: z.array(z.string()),
    nothing_said: z.array(z.string()),
  }),
  feelings: z.strictObject({ angry: z.array(z.string()), negative: z.array(z.string()), positive: z.array(z.string()) }),
  /** How the language of the pack works, as far as reading needs it. */
  talk: z
    .strictObject({
      /** The language of the texts: whose names of categories are words of it. */
      language: z.enum(['zh', 'en']),
      /** Says “not” shortly before a word: 不, never … */
      negators: z.array(z.string().min(1)),
      /** … with words like these between: 不太满意, not really happy. */
      between: z.array(z.string().min(1)),
      /** Characters or words that stand anywhere and change nothing: 宽带又断了 and 宽带断了 say one thing. */
      fillers: z.array(z.string().min(1)),
      /** Words that begin a second matter: 另外, 顺便说下. */
      asides: z.array(z.string().min(1)).optional(),
      /** Phrases by which a text shows what kind of voice it is. */
      kinds: z.partialRecord(z.enum(VOICE_KINDS), z.array(z.string().min(1))),
    })
    .optional(),
  /** Words by which kinds and channels appear in source files: 投诉, 咨询, 10010热线 … */
  kind_words: z.record(z.string(), z.array(z.string())),
  channel_words: z.record(z.string(), z.array(z.string())),
  warning_rules: z.array(warningRule),
  /** Segments by rule 规则客群, in their order: a customer is in the first that fits. */
  segments: z.array(ruleSegment).default([]),
  /** Survey items and the service items they measure; a pack without one has no satisfaction mapping of its own. */
  survey: surveySchema.optional(),
  behaviour: behaviour.default({
    money: [],
    usage: { minutes: [], megabytes: [], messages: [], bill: [] },
    words: { impatient: [], price: [], cooperative: [], assertive: [], tolerant: [] },
  }),
  told: told.default({ lasted_days: [], solved: [], yes: [], no: [] }),
  /** Expectations, strategies, responsibility chains and unit costs; changed by people of the house. */
  handling: handlingSchema.optional(),
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
