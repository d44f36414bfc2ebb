import { z } from 'zod';
import { SEVERITIES } from '../model/alarm.ts';
import type { RuleRow } from '../model/alarm-views.ts';
import { type Route, route } from '../platform/http/route.ts';
import { previewRule } from './preview-rule.sql.ts';
import { changeRule, createRule, rulesOf, type StoredRule } from './rules.sql.ts';

const names = z.strictObject({ zh: z.string().max(100), en: z.string().max(100) });
const draft = z.strictObject({
  id: z.string().optional(),
  names,
  dimension: z.string().max(200),
  where: z.array(z.strictObject({ field: z.string().max(200), in: z.array(z.string().max(200)).max(500) })).max(20),
  windowMinutes: z.number(),
  threshold: z.number(),
  holdMinutes: z.number().default(0),
  department: z.string(),
  severity: z.enum(SEVERITIES),
  recipients: z.array(z.string().max(254)).max(50).default([]),
  enabled: z.boolean().default(true),
});
const change = draft.extend({ version: z.int().optional() });

const shown = z.object({ ...draft.shape, id: z.string(), version: z.number(), updated_at: z.string(), from_pack: z.boolean() });
const preview = z.object({
  from: z.string(),
  before: z.string(),
  fired: z.number(),
  entities: z.number(),
  weeks: z.array(z.object({ from: z.string(), before: z.string(), fired: z.number() })),
  largest: z.array(
    z.object({
      entity: z.object({ dimension: z.string(), value: z.string(), names }),
      fired_at: z.string(),
      voices: z.number(),
      where: z.array(z.unknown()),
    }),
  ),
  recipients: z.array(z.string()),
  complete: z.boolean(),
});
const shownOf = ({ definition: _, evaluated: __, updatedAt, fromPack, ...rule }: StoredRule): RuleRow => ({
  ...rule,
  updated_at: updatedAt,
  from_pack: fromPack,
});

export const rulesRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/rules',
    right: 'rules.read',
    scope: 'none',
    summary: 'All warning rules. They are settings and carry no voices, so data scope does not apply.',
    answer: z.object({ rows: z.array(shown) }),
    handle: async ({ ctx }) => ({ rows: (await rulesOf(ctx.db)).map(shownOf) }),
  }),
  route({
    method: 'POST',
    path: '/api/rules',
    right: 'rules.write',
    scope: 'none',
    summary: 'Adds a warning rule: province-wide members any, others those of their own department. Rules carry no voices.',
    body: draft,
    answer: shown,
    handle: async ({ ctx, viewer, body }) => {
      const made = await createRule(ctx, viewer, body);
      ctx.jobs.nudge('warn.evaluate');
      return shownOf(made);
    },
  }),
  route({
    method: 'POST',
    path: '/api/rules/preview',
    right: 'rules.write',
    scope: 'rows',
    summary: 'What a rule would have done in the last 30 days, among the voices within the data scope. Nothing is kept.',
    body: draft,
    answer: preview,
    handle: ({ ctx, viewer, body }) => previewRule(ctx, viewer, body),
  }),
  route({
    method: 'PUT',
    path: '/api/rules/:id',
    right: 'rules.write',
    scope: 'none',
    summary: 'Writes a whole warning rule over the version that was seen. Rules carry no voices.',
    params: z.strictObject({ id: z.string() }),
    body: change,
    answer: shown,
    handle: async ({ ctx, viewer, params, body: { version, id: _, ...rest } }) => {
      const changed = await changeRule(ctx, viewer, params.id, rest, version);
      ctx.jobs.nudge('warn.evaluate');
      return shownOf(changed);
    },
  }),
];
