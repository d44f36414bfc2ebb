import { maskText } from '../model/masking.ts';
import type { VoicePage, VoiceRow } from '../model/voice-views.ts';
import type { Filter } from '../model/question.ts';
import type { Viewer } from '../model/people.ts';
import { scopeOf } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { QUERY_TIMEOUT_MS, selectInTime, warehouseAsOf } from './ask.client.ts';
import { type Binder, binder } from './conditions.ts';
import { compileWhere } from './compile.ts';
import { timestampText } from './local-time.ts';
import { cursorText, readCursor, type VoiceCursor } from './voice-cursor.ts';

export const MAX_PAGE = 1000;
type Ctx = Pick<Context, 'warehouse'>;

/** The voices behind filters, newest first. `limit: 0` gives the count alone. */
export async function searchVoices(
  ctx: Ctx,
  viewer: Viewer,
  where: readonly Filter[],
  page: { readonly limit?: number; readonly cursor?: string | null } = {},
): Promise<VoicePage> {
  const limit = page.limit ?? 50;
  const cursor = page.cursor === undefined || page.cursor === null ? null : readCursor(page.cursor);
  const counting = binder(ctx.warehouse.dialect);
  const compiled = compileWhere(where, scopeOf(viewer), ctx.warehouse.dialect, counting);
  const problems = [
    ...(compiled.kind === 'problems' ? compiled.problems : []),
    ...(Number.isInteger(limit) && limit >= 0 && limit <= MAX_PAGE
      ? []
      : [{ code: 'value-out-of-range' as const, column: 'limit', params: { min: 0, max: MAX_PAGE } }]),
    ...(page.cursor !== undefined && page.cursor !== null && cursor === null ? [{ code: 'field-invalid' as const, column: 'cursor' }] : []),
  ];
  if (compiled.kind === 'problems' || problems.length > 0) throw new Refusal('question-invalid', {}, problems);
  const asOf = await warehouseAsOf(ctx);
  const { rows, counted } = limit === 0 ? NO_PAGE : await newestOf(ctx, viewer, where, limit + 1, cursor);
  const isAll = cursor === null && limit > 0 && rows.length <= limit;
  const count = isAll ? rows.length : (counted ?? (await countOf(ctx, compiled.sql, counting.params)));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ saidAt: last.said_at, id: last.id }) : null;
  return { count, rows: shown, next, as_of: asOf };
}

async function countOf(ctx: Ctx, condition: string, params: Binder['params']): Promise<number> {
  const counted = await selectInTime(ctx, `select count(*) as n from voice_rows where ${condition}`, params, QUERY_TIMEOUT_MS);
  return Number(counted[0]?.['n'] ?? 0);
}

interface Newest {
  readonly rows: readonly VoiceRow[];
  /** How many there are in all, where finding the page counted them too. */
  readonly counted: number | null;
}
const NO_PAGE: Newest = { rows: [], counted: null };

/** A word has to be looked for in every text and an attribute in every map: one look finds the page and counts. */
function newestOf(ctx: Ctx, viewer: Viewer, where: readonly Filter[], limit: number, cursor: VoiceCursor | null): Promise<Newest> {
  const values = binder(ctx.warehouse.dialect);
  const compiled = compileWhere(where, scopeOf(viewer), ctx.warehouse.dialect, values);
  if (compiled.kind === 'problems') throw new Refusal('question-invalid', {}, compiled.problems);
  const after = cursor === null ? 'true' : afterSql(cursor, values);
  const isCostly = where.some((filter) => 'text' in filter || filter.field.startsWith('attr:'));
  return isCostly
    ? lookOnce(ctx, compiled.sql, after, values, limit)
    : pageOf(ctx, `${compiled.sql} and ${after}`, values, limit).then((rows) => ({ rows, counted: null }));
}

async function lookOnce(ctx: Ctx, condition: string, after: string, values: Binder, limit: number): Promise<Newest> {
  const sql = `with hits as materialized (select id, said_at from voice_rows where ${condition})
    select id, (select count(*) from hits) as counted from hits where ${after} order by said_at desc, id desc limit ${limit}`;
  const found = await selectInTime(ctx, sql, values.params);
  if (found.length === 0) return NO_PAGE;
  const listed = found.map(({ id }) => Number(id)).join(', ');
  return {
    rows: await pageOf(ctx, `id in (${listed})`, binder(ctx.warehouse.dialect), limit),
    counted: Number(found[0]?.['counted']),
  };
}

async function pageOf(ctx: Ctx, condition: string, values: Binder, limit: number): Promise<readonly VoiceRow[]> {
  const { dialect } = ctx.warehouse;
  const sql = `select id, ${dialect.instantText('said_at')} as said_text, said_at_known, ${dialect.instantText('arrived_at')} as arrived_text,
    kind, channel, source, product, plan, city, district, community, unit_id as unit, department, category, stage, feeling, confidence,
    text_masked as text, customer, status, score, batch
    from voice_rows where ${condition} order by said_at desc, id desc limit ${limit}`;
  const rows = await selectInTime(ctx, sql, values.params);
  return rows.map(
    ({ said_text, arrived_text, customer, ...row }) =>
      // Some sources know their customers by phone number.
      ({
        ...row,
        customer: customer === null ? null : maskText(String(customer)),
        said_at: said_text,
        arrived_at: arrived_text,
      }) as unknown as VoiceRow,
  );
}

/** The first half lets the engine skip row groups; the second is exact. */
function afterSql(cursor: VoiceCursor, values: Binder): string {
  const at = timestampText(Date.parse(cursor.saidAt));
  const [upTo, same, below] = [values.bind(at, 'instant'), values.bind(at, 'instant'), values.bind(cursor.id, 'whole')];
  return `said_at <= ${upTo} and (said_at < ${same} or id < ${below})`;
}
