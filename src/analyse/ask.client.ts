import type { Answer, Question } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { QueryTimeout, type WarehouseRow, type WarehouseValue } from '../platform/warehouse/warehouse.ts';
import { compile } from './compile.ts';
import { labelsOf } from './labels.sql.ts';
import { refuseUnknownValues } from './unknown-values.sql.ts';

export type AskContext = Pick<Context, 'warehouse' | 'db' | 'config' | 'clock' | 'pack'>;

/** Numbers for a question, within the viewer's data scope. Refuses with every mistake of the question at once. */
export async function ask(ctx: AskContext, viewer: Viewer, question: Question): Promise<Answer> {
  await refuseUnknownValues(ctx, viewer, question.where);
  const answer = await askNumbers(ctx, viewer, question);
  return { ...answer, labels: await labelsOf(ctx.db, ctx.pack, question.by, answer.rows) };
}

/** The same without names for the codes. */
export async function askNumbers(
  ctx: Pick<Context, 'warehouse' | 'config' | 'clock'>,
  viewer: Viewer,
  question: Question,
): Promise<Omit<Answer, 'labels'>> {
  const compiled = compile(question, scopeOf(viewer), ctx.warehouse.dialect, { timeZone: ctx.config.timeZone, nowMs: ctx.clock.nowMs() });
  if (compiled.kind === 'problems') throw new Refusal('question-invalid', {}, compiled.problems);
  const asOf = await warehouseAsOf(ctx);
  const found = await selectInTime(ctx, compiled.sql, compiled.params);
  const rows = found.map((row) =>
    Object.fromEntries(compiled.columns.map((c, i) => [c.name, (row[`c${i}`] ?? null) as string | number | null])),
  );
  const previous = compiled.previous === null ? {} : { previous: compiled.previous };
  return { columns: compiled.columns, rows, total_rows: Number(found[0]?.['total_rows'] ?? 0), as_of: asOf, ...previous };
}

export const QUERY_TIMEOUT_MS = 30_000;

export async function selectInTime(
  ctx: Pick<Context, 'warehouse'>,
  sql: string,
  params: readonly WarehouseValue[],
  timeoutMs = QUERY_TIMEOUT_MS,
): Promise<readonly WarehouseRow[]> {
  try {
    return await ctx.warehouse.select(sql, params, { timeoutMs });
  } catch (error) {
    if (error instanceof QueryTimeout) throw new Refusal('query-timeout', { seconds: timeoutMs / 1000 });
    throw error;
  }
}

/** Read before the rows, so that it never promises more than they hold. */
export async function warehouseAsOf(ctx: Pick<Context, 'warehouse'>): Promise<string> {
  const rows = await ctx.warehouse.select('select coalesce(min(as_of_ms), 0) as ms from follow_marks where follower = $1', ['voices']);
  return new Date(Number(rows[0]?.['ms'] ?? 0)).toISOString();
}
