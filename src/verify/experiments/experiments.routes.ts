import { z } from 'zod';
import type { Viewer } from '../../model/people.ts';
import type { ComparedTable } from '../../model/comparison.ts';
import {
  DECISIONS,
  EXPERIMENT_STATES,
  type ExperimentDetail,
  METRIC_SOURCES,
  PICK_FIELDS,
  STRATUM_FIELDS,
} from '../../model/experiment.ts';
import { HANDLING_TIERS } from '../../model/handling.ts';
import { filterSchema } from '../../model/question.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { changeExperiment, concludeExperiment, createExperiment, stopExperiment } from './change-experiments.sql.ts';
import { cohortOfCustomers, cohortOfQuestion } from './cohort.sql.ts';
import { pickChoices } from './pick-customers.sql.ts';
import { experimentOf, experimentsOf, looksOf, type StoredExperiment } from './experiment-rows.sql.ts';
import { lookAt } from './look.job.ts';
import { powerOfPlan } from './power-of-plan.ts';
import { outlookOf } from './report-rows.sql.ts';
import { startExperiment } from './start-experiment.sql.ts';
import { voicesOfArm } from './voices-of-arm.sql.ts';

const id = z.strictObject({ id: z.string().min(1).max(100) });
const version = z.int();
const draft = z.strictObject({
  name: z.string().max(100),
  strategy: z.string().max(2000),
  arms: z
    .array(z.strictObject({ name: z.string().trim().max(60), share: z.number(), offer: z.string().trim().max(300).optional() }))
    .max(10),
  metrics: z
    .array(z.strictObject({ name: z.string().trim().max(60), source: z.enum(METRIC_SOURCES), direction: z.enum(['up', 'down']) }))
    .max(10),
  strata: z.array(z.enum(STRATUM_FIELDS)).max(2).default([]),
  windowDays: z.number(),
  action: z.string().max(60).nullable().default(null),
  handling: z
    .array(z.strictObject({ level: z.int().min(1).max(5), tier: z.enum(HANDLING_TIERS) }))
    .max(15)
    .default([]),
});
const pick = z.partialRecord(z.enum(PICK_FIELDS), z.array(z.string().min(1).max(200)).min(1).max(200));
function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
/** As one text of JSON, because an address has no lists of lists. */
const pickText = z
  .string()
  .max(8000)
  .default('{}')
  .transform((text, told) => {
    const found = pick.safeParse(jsonOrNull(text));
    if (found.success) return found.data;
    told.addIssue({ code: 'custom', message: 'not a pick of customers' });
    return z.NEVER;
  });
const names = z.object({ zh: z.string(), en: z.string() });
const row = z.object({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  state: z.enum(EXPERIMENT_STATES),
  origin: z.enum(['assigned', 'table']),
  demonstration: z.boolean(),
  unit: z.object({ id: z.string(), names }),
  customers: z.number(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  version: z.number(),
  verdict: z.string().nullable(),
  words: names.nullable(),
});
const detail = z.object({ experiment: z.looseObject({ id: z.string(), version: z.number() }) });

/** What the page of one shows. */
export async function detailOf(ctx: Context, stored: StoredExperiment): Promise<ExperimentDetail> {
  const { salt: _salt, city: _city, stopped_at: _stopped, ...rest } = stored;
  return {
    ...rest,
    verdict: stored.report?.verdict ?? null,
    words: stored.report?.words ?? null,
    looks: await looksOf(ctx.db, stored.id),
    outlook: await outlookOf(ctx.db, stored, ctx.clock.nowMs()),
  };
}

async function seenOf(ctx: Context, viewer: Viewer, experiment: string): Promise<StoredExperiment> {
  const found = await experimentOf(ctx.db, viewer, experiment);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

const answered = async (ctx: Context, changed: Promise<StoredExperiment>): Promise<{ experiment: ExperimentDetail }> => ({
  experiment: await detailOf(ctx, await changed),
});

export const experimentsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/experiments',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'Experiments of units within the data scope and of the own unit, the newest first.',
    query: z.strictObject({
      state: z.enum(EXPERIMENT_STATES).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(30),
    }),
    answer: z.object({ rows: z.array(row), next: z.string().nullable() }),
    handle: ({ ctx, viewer, query }) => experimentsOf(ctx.db, viewer, query),
  }),
  route({
    method: 'POST',
    path: '/api/experiments',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'A draft of an experiment of the own unit: strategy, arms (the first is the control), metrics with direction, strata, window.',
    body: draft,
    answer: detail,
    handle: async ({ ctx, viewer, body, reply }) => {
      reply.status(201);
      return answered(ctx, createExperiment(ctx, viewer, body));
    },
  }),
  route({
    method: 'GET',
    path: '/api/experiments/power',
    right: 'numbers.read',
    scope: 'none',
    summary: 'How many customers an effect needs, and what so many can show (two-sided 5 %, 80 % power). Arithmetic alone, no data.',
    query: z.strictObject({
      kind: z.enum(['share', 'number']),
      base: z.coerce.number(),
      spread: z.coerce.number().default(0),
      effect: z.coerce.number().default(0),
      customers: z.coerce.number().min(0).max(1e9).default(0),
      ratio: z.coerce.number().min(0.01).max(100).default(1),
    }),
    answer: z.object({
      needed_control: z.number().nullable(),
      needed: z.number().nullable(),
      detectable: z.number().nullable(),
      power: z.number().nullable(),
    }),
    handle: async ({ query }) => powerOfPlan(query),
  }),
  route({
    method: 'GET',
    path: '/api/experiments/customers',
    right: 'experiments.write',
    scope: 'rows',
    summary:
      'By what customers within the data scope can be picked for a cohort, with how many there are of each, and how many a pick comes to.',
    query: z.strictObject({ pick: pickText }),
    answer: z.object({
      customers: z.number(),
      choices: z.array(z.object({ field: z.enum(PICK_FIELDS), value: z.string(), customers: z.number() })),
    }),
    handle: ({ ctx, viewer, query }) => pickChoices(ctx, viewer, query.pick),
  }),
  route({
    method: 'GET',
    path: '/api/experiments/:id',
    right: 'numbers.read',
    scope: 'rows',
    summary: 'One experiment with its registration, cohort, newest report and all looks; a draft with what its cohort could show.',
    params: id,
    answer: detail,
    handle: ({ ctx, viewer, params }) => answered(ctx, seenOf(ctx, viewer, params.id)),
  }),
  route({
    method: 'PUT',
    path: '/api/experiments/:id',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Writes a draft anew. Once it was started nothing of it changes.',
    params: id,
    body: draft.extend({ version }),
    answer: detail,
    handle: ({ ctx, viewer, params, body: { version: seen, ...rest } }) =>
      answered(ctx, changeExperiment(ctx, viewer, params.id, rest, seen)),
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/cohort',
    right: 'experiments.write',
    scope: 'rows',
    summary:
      'Takes the customers of a question’s voices (where), or those of segments, value, brand, city or level (pick), within the data scope as cohort of a draft; makes a new version of it.',
    params: id,
    body: z.union([z.strictObject({ version, where: z.array(filterSchema).max(30) }), z.strictObject({ version, pick })]),
    answer: detail,
    handle: ({ ctx, viewer, params, body }) =>
      answered(
        ctx,
        'pick' in body
          ? cohortOfCustomers(ctx, viewer, params.id, body.pick, body.version)
          : cohortOfQuestion(ctx, viewer, params.id, body.where, body.version),
      ),
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/start',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Assigns every customer of the cohort to an arm and freezes what was registered.',
    params: id,
    body: z.strictObject({ version }),
    answer: detail,
    handle: ({ ctx, viewer, params, body }) => answered(ctx, startExperiment(ctx, viewer, params.id, body.version)),
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/stop',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Stops a running experiment, with the reason.',
    params: id,
    body: z.strictObject({ version, reason: z.string().trim().min(1).max(500) }),
    answer: detail,
    handle: ({ ctx, viewer, params, body }) => answered(ctx, stopExperiment(ctx, viewer, params.id, body.reason, body.version)),
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/conclude',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Records what was decided of a stopped experiment, beside what its report said.',
    params: id,
    body: z.strictObject({ version, decision: z.enum(DECISIONS), note: z.string().trim().max(2000).default('') }),
    answer: detail,
    handle: ({ ctx, viewer, params, body: { version: seen, ...conclusion } }) =>
      answered(ctx, concludeExperiment(ctx, viewer, params.id, conclusion, seen)),
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/look',
    right: 'experiments.write',
    scope: 'rows',
    summary:
      'Evaluates a running or stopped experiment as of now, at most as of its end, and keeps the look. What stands against comparing is listed.',
    params: id,
    answer: z.object({ report: z.looseObject({}).nullable() }),
    handle: async ({ ctx, viewer, params, gone }): Promise<{ report: ComparedTable | null }> => {
      const stored = await seenOf(ctx, viewer, params.id);
      if (stored.state === 'draft' || stored.state === 'concluded' || stored.origin === 'table')
        throw new Refusal('state-wrong', { state: stored.state });
      return { report: await lookAt(ctx, viewer, stored, gone) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/experiments/:id/voices',
    right: 'voices.read',
    scope: 'rows',
    summary:
      'The voices behind an arm’s complaints or grievances (of one stratum) within the window of the newest report, the newest first, masked.',
    params: id,
    query: z.strictObject({
      arm: z.coerce.number().int().min(0).max(9),
      kind: z.enum(['complaint', 'grievance']),
      stratum: z.string().min(1).max(500).optional(),
      limit: z.coerce.number().int().min(0).max(200).default(50),
    }),
    answer: z.object({ count: z.number(), customers: z.number(), rows: z.array(z.looseObject({ id: z.number() })) }),
    handle: async ({ ctx, viewer, params, query }) => voicesOfArm(ctx, viewer, await seenOf(ctx, viewer, params.id), query),
  }),
];
