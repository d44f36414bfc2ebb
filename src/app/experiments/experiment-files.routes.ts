import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { UPLIFT_LEARNERS, type UpliftLearner } from '../../model/comparison.ts';
import type { Problem } from '../../model/problem.ts';
import { spoolUpload } from '../../ingest/spool.client.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal, type Route, route } from '../../platform/http/route.ts';
import { type CompareAsk, listOf, listOrAll, metricsOf, sharesOf, type TrialTable } from '../../verify/index.ts';
import { compareInWorker } from '../../verify/compare/compare.client.ts';
import { experimentOfTable } from '../../verify/experiments/change-experiments.sql.ts';
import { cohortOfList } from '../../verify/experiments/cohort.sql.ts';
import { detailOf } from '../../verify/experiments/experiments.routes.ts';
import { storeOutcomes } from '../../verify/experiments/outcomes.sql.ts';
import { customersIn, outcomesIn } from './customer-column.ts';
import { demonstrationOf } from './demonstration.client.ts';
import { NoTable, readTable } from './read-table.client.ts';

const id = z.strictObject({ id: z.string().min(1).max(100) });
const file = { name: z.string().min(1).max(300) };
const text = z.string().max(2000).optional();
const answer = z.object({ experiment: z.looseObject({ id: z.string() }), problems: z.array(z.looseObject({ code: z.string() })) });
const SHOWN = 10;

export const experimentFilesRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/experiments/:id/cohort-file',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Takes the customers of an uploaded file (octet-stream) that lie within the data scope as cohort of a draft.',
    bodyAs: 'stream',
    params: id,
    query: z.strictObject({ ...file, version: z.coerce.number().int(), column: text }),
    answer,
    handle: async ({ ctx, viewer, params, query, stream }) => {
      const table = await uploaded(ctx, stream);
      const found = customersIn(table, query.column);
      if ('problems' in found) throw new Refusal('request-invalid', {}, found.problems);
      const list = { name: query.name, customers: found.customers };
      const { experiment, unknown } = await cohortOfList(ctx, viewer, params.id, list, query.version);
      return { experiment: await detailOf(ctx, experiment), problems: leftOut('cohort-unknown', found.customers, unknown) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/experiments/:id/outcomes-file',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Imports the outcomes of a metric (customer and value) from an uploaded file (octet-stream).',
    bodyAs: 'stream',
    params: id,
    query: z.strictObject({ ...file, version: z.coerce.number().int(), metric: z.string().max(60), column: text, value: text }),
    answer,
    handle: async ({ ctx, viewer, params, query, stream }) => {
      const table = await uploaded(ctx, stream);
      const found = outcomesIn(table, { customer: query.column, value: query.value });
      if ('problems' in found) throw new Refusal('request-invalid', {}, found.problems);
      const { experiment, outside } = await storeOutcomes(ctx, viewer, params.id, query.metric, found.outcomes, query.version);
      const customers = found.outcomes.map(({ customer }) => customer);
      return { experiment: await detailOf(ctx, experiment), problems: leftOut('outcome-outside', customers, outside) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/experiments/tables',
    right: 'experiments.write',
    scope: 'rows',
    summary:
      'Evaluates an experiment that ran elsewhere from its table (octet-stream), as `voxloop experiment compare` does, and keeps the report.',
    bodyAs: 'stream',
    query: z.strictObject({
      ...file,
      strategy: z.string().max(2000).default(''),
      arm: z.string().max(200),
      control: text,
      metric: z.string().max(2000),
      count: text,
      strata: text,
      balance: text,
      expected: text,
      features: text,
      learner: z.enum(UPLIFT_LEARNERS).optional(),
      before: text,
    }),
    answer,
    handle: async ({ ctx, viewer, query, stream, reply }) => {
      const ask = askOf(query);
      const table = await uploaded(ctx, stream);
      const done = await compareInWorker(table, ask);
      if ('problems' in done) throw new Refusal('request-invalid', {}, done.problems);
      const made = { name: query.name, strategy: query.strategy, report: done.compared, ask, notes: [], demonstration: false };
      reply.status(201);
      return { experiment: await detailOf(ctx, await experimentOfTable(ctx, viewer, made)), problems: [] };
    },
  }),
  route({
    method: 'POST',
    path: '/api/experiments/demonstration',
    right: 'experiments.write',
    scope: 'rows',
    summary: 'Evaluates the published study that comes with the content pack and keeps it as a demonstration of the own unit.',
    answer,
    handle: async ({ ctx, viewer }) => {
      const shipped = await demonstrationOf(ctx.config.pack);
      if (shipped === null) throw new Refusal('unavailable', { reason: 'no-demonstration' });
      const { table } = await readTable(shipped.path);
      const done = await compareInWorker(table, shipped.ask);
      if ('problems' in done) throw new Refusal('request-invalid', {}, done.problems);
      const { name, strategy, notes, ask } = shipped;
      const made = { name, strategy, notes, ask, report: done.compared, demonstration: true };
      return { experiment: await detailOf(ctx, await experimentOfTable(ctx, viewer, made)), problems: [] };
    },
  }),
];

/** A table is held in memory while it is looked at, some 300 MB at these limits; larger ones go through `voxloop experiment compare`. */
const TABLE_BYTES = 128 * 1024 ** 2;
const TABLE_LIMITS = { cells: 5_000_000, chars: 128 * 1024 ** 2 };

/** The upload is read and thrown away. Nothing that was asked with it names the place where it lies meanwhile. */
async function uploaded(ctx: Context, stream: NodeJS.ReadableStream): Promise<TrialTable> {
  const { path } = await spoolUpload(ctx.config.home, `table-${randomUUID()}`, stream, TABLE_BYTES);
  try {
    return (await readTable(path, {}, TABLE_LIMITS)).table;
  } catch (error) {
    if (error instanceof NoTable) throw new Refusal('request-invalid', {}, [error.problem]);
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

/** Who was left out, told with the first rows in which they stand, never by name. */
function leftOut(code: 'cohort-unknown' | 'outcome-outside', given: readonly string[], out: readonly string[]): readonly Problem[] {
  if (out.length === 0) return [];
  const names = new Set(out);
  const rows = given.flatMap((customer, i) => (names.has(customer) ? [i + 1] : []));
  return [{ code, params: { count: names.size, rows: `${rows.slice(0, SHOWN).join(', ')}${rows.length > SHOWN ? ' …' : ''}` } }];
}

type TableQuery = {
  readonly [K in 'count' | 'strata' | 'balance' | 'expected' | 'features' | 'before' | 'control']?: string | undefined;
} & {
  readonly arm: string;
  readonly metric: string;
  readonly learner?: UpliftLearner | undefined;
};

function askOf(query: TableQuery): CompareAsk {
  const expected = query.expected === undefined || query.expected === '' ? undefined : sharesOf(query.expected);
  const metrics = metricsOf([query.metric]);
  const problems: readonly Problem[] = [
    ...(expected === null ? [{ code: 'trial-shares-wrong', params: { value: query.expected ?? '', example: '50,50' } } as const] : []),
    ...(metrics.length === 0 ? [{ code: 'field-required', column: 'query.metric' } as const] : []),
    ...(query.arm.trim() === '' ? [{ code: 'field-required', column: 'query.arm' } as const] : []),
  ];
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  const some = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';
  return {
    arm: query.arm.trim(),
    metrics,
    strata: listOf(query.strata ?? ''),
    balance: some(query.balance) ? listOrAll(query.balance) : [],
    seed: 1,
    ...(some(query.control) ? { control: query.control } : {}),
    ...(some(query.count) ? { count: query.count.trim() } : {}),
    ...(some(query.before) ? { before: query.before.trim() } : {}),
    ...(query.learner === undefined ? {} : { learner: query.learner }),
    ...(some(query.features) ? { features: listOrAll(query.features) } : {}),
    ...(expected === undefined || expected === null ? {} : { expected }),
  };
}
