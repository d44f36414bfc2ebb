import { z } from 'zod';

/**
 * What customers are asked 调查题, and what it is about 服务项: data of the pack. A service item has the grievance points 抱怨点
 * (leaf categories) that weigh on it and the survey items that measure it.
 */
const names = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const category = z.string().min(1);

const item = z.strictObject({
  code: id,
  names,
  /** As it is asked. */
  question: names,
  /** The worst and the best answer. */
  scale: z.strictObject({ from: z.number(), to: z.number() }),
  /** Titles of columns that carry its answers in files, besides code and names. */
  asked_as: z.array(z.string().min(1)).default([]),
  /** Branches of the knowledge map that it asks about. */
  about: z.array(category).default([]),
});

/** A published example: shown beside our own figures, never computed with as long as its coefficients are not assigned by somebody. */
const study = z.strictObject({
  source: names,
  index: z.number(),
  satisfaction: z.number(),
  correlation: z.number(),
  /** How many cells the correlation rests on; null: not told. */
  cells: z.int().nullable(),
  points: z.array(z.strictObject({ as_printed: z.string().min(1), category })).min(1),
  coefficients: z.array(z.number()).min(1),
  /** Whether the n-th coefficient is that of the n-th point. */
  assigned: z.boolean(),
});

const service = z.strictObject({
  code: id,
  names,
  /** `weight`: null = learned from answers. */
  points: z.array(z.strictObject({ category, weight: z.number().min(0).max(1).nullable() })).min(1),
  /** `loading`: how strongly the survey item stands for the service item; null = not known, all alike. */
  items: z.array(z.strictObject({ item: id, loading: z.number().positive().nullable() })).min(1),
  study: study.optional(),
});

export const surveySchema = z.strictObject({
  items: z.array(item),
  services: z.array(service),
  /** Titles under which a survey with one score says what it asked about: an item, a service item or a branch of the map. The first that a voice has counts. */
  asked_about: z.array(z.string().min(1)).default([]),
  /** Of two factors that rise and fall together the basic one is kept: the network fault, not “cannot log on”. Parts of column titles. */
  basics: z.array(z.strictObject({ basic: z.string().min(1), symptom: z.string().min(1) })).default([]),
});
export type Survey = z.infer<typeof surveySchema>;
export type SurveyItem = Survey['items'][number];
export type ServiceItem = Survey['services'][number];
export type StudyExample = NonNullable<ServiceItem['study']>;

export const NO_SURVEY: Survey = { items: [], services: [], asked_about: [], basics: [] };

/** 0 = the worst answer, 100 = the best: one scale for items asked on different ones. */
export const satisfactionOf = (answer: number, scale: SurveyItem['scale']): number =>
  (100 * (answer - scale.from)) / (scale.to - scale.from);
