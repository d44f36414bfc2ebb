import { z } from 'zod';
import { searchVoices } from '../../analyse/read.sql.ts';
import type { PairsView } from '../../model/pair-views.ts';
import type { VoicePage } from '../../model/voice-views.ts';
import type { Names } from '../../model/question.ts';
import { SCHEME_IDS, type SchemeId } from '../../model/segment-views.ts';
import { type ScopeFilter, scopeOf } from '../../model/scope.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, inTransaction } from '../../platform/postgres/db.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { segmentsNow } from '../segments/segment-now.sql.ts';
import { segmentNames } from '../segments/segments-view.sql.ts';
import { complaintsOfMark, customersOfPair, lookAtPair, type PairMark } from './pair-customers.sql.ts';
import { cancelRun, pairsOfRun, type RunKey, runOf, runsOf, summaryOf } from './pair-runs.sql.ts';
import { enqueueRun, nudgeRuns } from './pairs.job.ts';

/** Windows that the page offers, in days. */
export const PAIR_WINDOWS = [3, 7, 14, 30] as const;
const windowDays = z.coerce
  .number()
  .pipe(z.union(PAIR_WINDOWS.map((days) => z.literal(days))))
  .default(7);
/** Segments by rule, or of another scheme as its newest run says. */
const scheme = z.enum(SCHEME_IDS).default('rules');
/** A number of a run is an integer of the database. */
const run = z.strictObject({ run: z.coerce.number().int().positive().max(2_147_483_647) });
const pair = {
  grievance: z.string().min(1).max(200),
  complaint: z.string().min(1).max(200),
  /** '': all customers. */
  segment: z.string().max(100).default(''),
};

/** Runs belong to a scope: whoever sees other voices does not know that they exist. */
async function runSeen(db: Db, scope: ScopeFilter, id: number) {
  const found = await runOf(db, scope, id);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}

/** These segments of a scheme under their names. */
async function named(ctx: Context, of: SchemeId, ids: readonly string[]): Promise<PairsView['segments']> {
  const names = await segmentNames(ctx.db, ctx.pack, of);
  return ids.map((id) => ({ id, names: names.get(id) ?? ({ zh: id, en: id } satisfies Names) }));
}

async function pairsView(ctx: Context, key: RunKey): Promise<PairsView> {
  const { scope, scheme: of } = key;
  const runs = await runsOf(ctx.db, key);
  if (runs.done === null) {
    // Asked again and again while a run is open; by then it is known that there are some.
    const { ids } = of === 'rules' || runs.open === null ? await segmentsNow(ctx.db, ctx.pack, of) : { ids: [] };
    return { ...runs, scheme: of, segments: await named(ctx, of, ids), summary: null, pairs: [], differences: [] };
  }
  const { id } = await runSeen(ctx.db, scope, runs.done.run);
  const [found, pairs] = await Promise.all([summaryOf(ctx.db, id), pairsOfRun(ctx.db, id)]);
  const ids = of === 'rules' ? ctx.pack.segments.map((rule) => rule.id) : found.summary.families.flatMap(({ segment }) => segment ?? []);
  return { ...runs, scheme: of, segments: await named(ctx, of, ids), ...found, pairs };
}

export const pairsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/pairs',
    summary:
      'Which grievance leads to which complaint, of all customers and by the segments of a scheme (where its newest run put customers): the newest run over the voices within the viewer’s very scope.',
    right: 'numbers.read',
    scope: 'rows',
    query: z.strictObject({ window: windowDays, scheme }),
    handle: ({ ctx, viewer, query }) => pairsView(ctx, { scope: scopeOf(viewer), window_days: query.window, scheme: query.scheme }),
  }),
  route({
    method: 'POST',
    path: '/api/pairs/runs',
    summary:
      'Computes the pairs within the viewer’s scope anew, by the segments of a scheme; where that is under way already, answers with it. Refused where the scheme has put no customer into a segment yet.',
    right: 'numbers.read',
    scope: 'rows',
    body: z.strictObject({ window: windowDays, scheme }),
    handle: async ({ ctx, viewer, body }) => {
      await refuseNoSegments(ctx, body.scheme);
      const key = { scope: scopeOf(viewer), window_days: body.window, scheme: body.scheme };
      const asked = await inTransaction(ctx.db, async (tx) => {
        const one = await enqueueRun(tx, ctx, key, viewer.member);
        if (one.isNew)
          await writeAudit(tx, {
            ctx,
            viewer,
            via: 'web',
            action: 'pairs.run',
            subjectKind: 'pairs',
            subjectId: String(one.id),
            detail: { window_days: body.window, scheme: body.scheme },
          });
        return one;
      });
      nudgeRuns(ctx);
      return { run: (await runSeen(ctx.db, scopeOf(viewer), asked.no)).view };
    },
  }),
  route({
    method: 'GET',
    path: '/api/pairs/runs/:run',
    summary: 'How far a run over the viewer’s scope is.',
    right: 'numbers.read',
    scope: 'rows',
    params: run,
    handle: async ({ ctx, viewer, params }) => ({ run: (await runSeen(ctx.db, scopeOf(viewer), params.run)).view }),
  }),
  route({
    method: 'POST',
    path: '/api/pairs/runs/:run/cancel',
    summary: 'Stops a run over the viewer’s scope.',
    right: 'numbers.read',
    scope: 'rows',
    params: run,
    handle: async ({ ctx, viewer, params }) => {
      const { id } = await runSeen(ctx.db, scopeOf(viewer), params.run);
      await inTransaction(ctx.db, async (tx) => {
        if (!(await cancelRun(tx, ctx, id))) throw new Refusal('state-wrong');
        await writeAudit(tx, { ctx, viewer, via: 'web', action: 'pairs.cancel', subjectKind: 'pairs', subjectId: String(id) });
      });
      return { run: (await runSeen(ctx.db, scopeOf(viewer), params.run)).view };
    },
  }),
  route({
    method: 'GET',
    path: '/api/pairs/runs/:run/look',
    summary: 'One pair of a run closely: lags, months, sensitivity, and the same pair in every segment; within the viewer’s scope.',
    right: 'numbers.read',
    scope: 'rows',
    params: run,
    query: z.strictObject(pair),
    handle: async ({ ctx, viewer, params, query }) => {
      const { id } = await runSeen(ctx.db, scopeOf(viewer), params.run);
      const look = await lookAtPair(ctx.db, { run: id, ...query });
      if (look === undefined) throw new Refusal('not-found');
      return look;
    },
  }),
  route({
    method: 'GET',
    path: '/api/pairs/runs/:run/customers',
    summary: 'The customers behind a pair of a run, with the voices that were counted, within the viewer’s scope.',
    right: 'voices.read',
    scope: 'rows',
    params: run,
    query: z.strictObject({
      ...pair,
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(25),
    }),
    handle: async ({ ctx, viewer, params, query: { offset, limit, ...key } }) => {
      const scope = scopeOf(viewer);
      const { id } = await runSeen(ctx.db, scope, params.run);
      return customersOfPair(ctx.db, scope, { run: id, ...key }, { offset, limit });
    },
  }),
  route({
    method: 'GET',
    path: '/api/pairs/runs/:run/complaints',
    summary:
      'The complaints behind a dot of a pair’s close look, newest first: of a lag within the window (from and before, days after the grievance) or of a month; within the viewer’s scope.',
    right: 'voices.read',
    scope: 'rows',
    params: run,
    query: z.strictObject({
      ...pair,
      from: z.coerce.number().min(0).max(100).optional(),
      before: z.coerce.number().min(0).max(100).optional(),
      month: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(30),
      cursor: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    handle: async ({ ctx, viewer, params, query: { from, before, month, limit, cursor, ...key } }): Promise<VoicePage> => {
      const { id } = await runSeen(ctx.db, scopeOf(viewer), params.run);
      const page = { zone: ctx.config.timeZone, offset: cursor, limit };
      const { ids, count } = await complaintsOfMark(ctx.db, scopeOf(viewer), { run: id, ...key }, markOf({ from, before, month }), page);
      const where = [{ field: 'id', in: ids.map(String) }];
      const found = ids.length === 0 ? { rows: [], as_of: ctx.clock.now() } : await searchVoices(ctx, viewer, where, { limit });
      // Named as the pair counts them: by what the agent filed, which a reading of the text may not share.
      const rows = found.rows.map((row) => ({ ...row, category: key.complaint }));
      return { count, rows, next: cursor + ids.length < count ? String(cursor + ids.length) : null, as_of: found.as_of };
    },
  }),
];

/** Pairs by a scheme need customers in its segments; without rules in the pack all customers are still looked at. */
async function refuseNoSegments(ctx: Context, of: SchemeId): Promise<void> {
  if (of === 'rules' || (await segmentsNow(ctx.db, ctx.pack, of)).ids.length > 0) return;
  throw new Refusal('state-wrong', {}, [{ code: 'segments-none', column: 'body.scheme' }]);
}

/** Either a month or both ends of a lag. */
function markOf({
  from,
  before,
  month,
}: Readonly<Record<'from' | 'before', number | undefined> & { month: string | undefined }>): PairMark {
  if (month !== undefined && from === undefined && before === undefined) return { month };
  if (month === undefined && from !== undefined && before !== undefined && from < before) return { from, before };
  throw new Refusal('request-invalid', {}, [{ code: 'field-invalid', column: month === undefined ? 'from' : 'month' }]);
}
