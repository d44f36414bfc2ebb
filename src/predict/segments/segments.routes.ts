import { z } from 'zod';
import { SCHEME_IDS } from '../../model/segment-views.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { askRuns, cancelRun } from './ask-runs.sql.ts';
import { runOf, runsOf } from './runs.sql.ts';
import { preferencesOf, segmentsView } from './segments-of.sql.ts';
import { neighbours } from './moves.sql.ts';
import { newestOf } from './run-window.ts';
import { membersOf, moversOf } from './segments-view.sql.ts';

const scheme = z.enum(SCHEME_IDS);
const names = z.object({ zh: z.string(), en: z.string() });
const share = z.number().nullable();
const run = z.object({
  id: z.string(),
  scheme,
  scheme_version: z.number(),
  month: z.string(),
  as_of: z.string(),
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  progress: z.number(),
  created_at: z.string(),
  finished_at: z.string().nullable(),
  error: z.string().nullable(),
});
const feature = { feature: z.string(), names };
const card = z.object({
  id: z.string(),
  names,
  customers: z.number(),
  share: z.number(),
  typical: z.array(z.object({ ...feature, mean: z.number().nullable(), level: z.string().nullable(), share, base: z.number() })),
  lifts: z.array(
    z.object({
      ...feature,
      level: z.string().nullable(),
      inside: z.number(),
      outside: z.number(),
      lift: z.number(),
      low: z.number(),
      high: z.number(),
      base: z.number(),
    }),
  ),
  jaccard: share,
  stable: z.boolean().nullable(),
  moved: share,
  share_before: share,
});
const view = z.object({
  scheme,
  runs: z.array(run),
  run: run.nullable(),
  definition: z.object({ version: z.number(), since: z.string() }).nullable(),
  customers: z.number(),
  left_out: z.record(z.string(), z.number()),
  nothing_because: z.enum(['too-few-customers', 'no-usage']).nullable(),
  cards: z.array(card),
  stability: z.unknown(),
  told: z.object({ share: z.number(), by_chance: z.number() }).nullable(),
  migration: z.unknown(),
});
const preference = z.object({
  segment: z.string(),
  category: z.string(),
  customers: z.number(),
  base: z.number(),
  others: z.number(),
  others_base: z.number(),
  lift: z.number(),
  low: z.number(),
  high: z.number(),
  q: z.number(),
  voices: z.number(),
});

/** So many customers come before the page. */
const after = z.coerce.number().int().min(0).max(100_000_000).default(0);
const mover = { customer: z.string(), voices: z.array(z.number()) };

export const segmentsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/segments',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'The segments of a scheme: sizes, what is typical, what sets each apart, stability, and where customers went since the run before. Customers are counted by their own city and district.',
    query: z.strictObject({ scheme: scheme.default('rules'), run: z.string().max(100).optional() }),
    answer: view,
    handle: async ({ ctx, viewer, query }) => {
      const found = await segmentsView(ctx, viewer, query.scheme, query.run ?? null);
      if (found === undefined) throw new Refusal('not-found');
      return found;
    },
  }),
  route({
    method: 'GET',
    path: '/api/segments/preferences',
    right: 'numbers.read',
    scope: 'rows',
    summary:
      'The causes that each segment grieves about more or less than the others, with interval; and the filters that open the voices.',
    query: z.strictObject({ scheme: scheme.default('rules') }),
    answer: z.object({ rows: z.array(preference), where: z.array(z.unknown()), labels: z.unknown() }),
    handle: ({ ctx, viewer, query }) => preferencesOf(ctx, viewer, query.scheme),
  }),
  route({
    method: 'GET',
    path: '/api/segments/members',
    right: 'voices.read',
    scope: 'rows',
    summary:
      'Customers of a segment of the newest run, in the order of their numbers, masked, with what speaks for it and the voices behind.',
    query: z.strictObject({ scheme, segment: z.string().max(100), after }),
    answer: z.object({
      rows: z.array(z.object({ ...mover, segment: z.string(), reasons: z.array(z.unknown()) })),
      next: z.string().nullable(),
    }),
    handle: async ({ ctx, viewer, query }) => {
      const newest = newestOf(await runsOf(ctx.db, query.scheme));
      return newest === undefined ? { rows: [], next: null } : membersOf(ctx.db, viewer, newest, query.segment, query.after);
    },
  }),
  route({
    method: 'GET',
    path: '/api/segments/movers',
    right: 'voices.read',
    scope: 'rows',
    summary:
      'Customers within the data scope who went from one segment to another between the run before and this one; an empty name: in no segment of that run.',
    query: z.strictObject({
      run: z.string().max(100),
      from: z.string().max(100),
      to: z.string().max(100),
      after,
    }),
    answer: z.object({ rows: z.array(z.object(mover)), next: z.string().nullable() }),
    handle: async ({ ctx, viewer, query }) => {
      const run = await runOf(ctx.db, query.run);
      const before = run === undefined ? null : (await neighbours(ctx.db, run.id)).before;
      if (run === undefined || before === null) throw new Refusal('not-found');
      const [from, to] = [query.from, query.to].map((name) => (name === '' ? null : name)) as [string | null, string | null];
      if (from === null && to === null) return { rows: [], next: null };
      return moversOf(ctx.db, viewer, { from: before, to: run }, { from, to }, query.after);
    },
  }),
  route({
    method: 'POST',
    path: '/api/segments/runs',
    right: 'segments.run',
    scope: 'none',
    summary: 'Puts all customers into the segments of these schemes anew, as a job. The answer names the runs and carries no customers.',
    body: z.strictObject({
      schemes: z
        .array(scheme)
        .min(1)
        .default([...SCHEME_IDS]),
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
        .nullable()
        .default(null),
    }),
    answer: z.object({ runs: z.array(run) }),
    handle: async ({ ctx, viewer, body: { schemes, month } }) => ({
      runs: await askRuns(ctx, viewer, { schemes, months: [month], via: 'web' }),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/segments/runs/:id/cancel',
    right: 'segments.run',
    scope: 'none',
    summary: 'Asks a run that waits or goes on to stop. The answer names the run and carries no customers.',
    params: z.strictObject({ id: z.string().max(100) }),
    answer: z.object({ run }),
    handle: async ({ ctx, viewer, params }) => ({ run: await cancelRun(ctx, viewer, params.id, 'web') }),
  }),
];
