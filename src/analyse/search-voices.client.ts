import { maskText } from '../model/masking.ts';
import type { VoicePage, VoiceRow, VoiceSort } from '../model/voice-views.ts';
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

/** The voices behind filters, newest first where no other order is asked for. `limit: 0` gives the count alone. */
export async function searchVoices(
  ctx: Ctx,
  viewer: Viewer,
  where: readonly Filter[],
  page: { readonly limit?: number; readonly cursor?: string | null; readonly sort?: VoiceSort | null } = {},
): Promise<VoicePage> {
  const limit = page.limit ?? 50;
  const sort = page.sort ?? '-said_at';
  const given = page.cursor ?? null;
  const read = given === null ? null : readCursor(given);
  // A cursor of another order points to no place in this one.
  const cursor = read?.sort === sort ? read : null;
  const counting = binder(ctx.warehouse.dialect);
  const compiled = compileWhere(where, scopeOf(viewer), ctx.warehouse.dialect, counting);
  const problems = [
    ...(compiled.kind === 'problems' ? compiled.problems : []),
    ...(Number.isInteger(limit) && limit >= 0 && limit <= MAX_PAGE
      ? []
      : [{ code: 'value-out-of-range' as const, column: 'limit', params: { min: 0, max: MAX_PAGE } }]),
    ...(given !== null && cursor === null ? [{ code: 'field-invalid' as const, column: 'cursor' }] : []),
  ];
  if (compiled.kind === 'problems' || problems.length > 0) throw new Refusal('question-invalid', {}, problems);
  const asOf = await warehouseAsOf(ctx);
  const { rows, counted } = limit === 0 ? NO_PAGE : await firstOf(ctx, viewer, where, limit + 1, sort, cursor);
  const isAll = cursor === null && limit > 0 && rows.length <= limit;
  const count = isAll ? rows.length : (counted ?? (await countOf(ctx, compiled.sql, counting.params)));
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ sort, value: last[columnOf(sort)], id: last.id }) : null;
  return { count, rows: shown, next, as_of: asOf };
}

async function countOf(ctx: Ctx, condition: string, params: Binder['params']): Promise<number> {
  const counted = await selectInTime(ctx, `select count(*) as n from voice_rows where ${condition}`, params, QUERY_TIMEOUT_MS);
  return Number(counted[0]?.['n'] ?? 0);
}

interface First {
  readonly rows: readonly VoiceRow[];
  /** How many there are in all, where finding the page counted them too. */
  readonly counted: number | null;
}
const NO_PAGE: First = { rows: [], counted: null };

/** A word has to be looked for in every text and an attribute in every map: one look finds the page and counts. */
function firstOf(
  ctx: Ctx,
  viewer: Viewer,
  where: readonly Filter[],
  limit: number,
  sort: VoiceSort,
  cursor: VoiceCursor | null,
): Promise<First> {
  const values = binder(ctx.warehouse.dialect);
  const compiled = compileWhere(where, scopeOf(viewer), ctx.warehouse.dialect, values);
  if (compiled.kind === 'problems') throw new Refusal('question-invalid', {}, compiled.problems);
  const after = cursor === null ? 'true' : afterSql(cursor, values);
  const isCostly = where.some((filter) => 'text' in filter || filter.field.startsWith('attr:'));
  return isCostly
    ? lookOnce(ctx, compiled.sql, after, values, limit, sort)
    : pageOf(ctx, `${compiled.sql} and ${after}`, values, limit, sort).then((rows) => ({ rows, counted: null }));
}

async function lookOnce(ctx: Ctx, condition: string, after: string, values: Binder, limit: number, sort: VoiceSort): Promise<First> {
  const sql = `with hits as materialized (select id, ${columnOf(sort)} from voice_rows where ${condition})
    select id, (select count(*) from hits) as counted from hits where ${after} order by ${orderSql(sort)} limit ${limit}`;
  const found = await selectInTime(ctx, sql, values.params);
  if (found.length === 0) return NO_PAGE;
  const listed = found.map(({ id }) => Number(id)).join(', ');
  return {
    rows: await pageOf(ctx, `id in (${listed})`, binder(ctx.warehouse.dialect), limit, sort),
    counted: Number(found[0]?.['counted']),
  };
}

async function pageOf(ctx: Ctx, condition: string, values: Binder, limit: number, sort: VoiceSort): Promise<readonly VoiceRow[]> {
  const { dialect } = ctx.warehouse;
  const sql = `select id, ${dialect.instantText('said_at')} as said_text, said_at_known, ${dialect.instantText('arrived_at')} as arrived_text,
    kind, channel, source, product, plan, city, district, community, unit_id as unit, department, category, stage, feeling, confidence,
    text_masked as text, customer, status, score, batch
    from voice_rows where ${condition} order by ${orderSql(sort)} limit ${limit}`;
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

const COLUMNS = { said_at: 'said_at', confidence: 'confidence', score: 'score' } as const;
const isFalling = (sort: VoiceSort): boolean => sort.startsWith('-');
const columnOf = (sort: VoiceSort): keyof typeof COLUMNS => COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS];

function orderSql(sort: VoiceSort): string {
  const side = isFalling(sort) ? 'desc' : 'asc';
  return `${columnOf(sort)} ${side} nulls last, id ${side}`;
}

/** The first half lets the engine skip row groups; the second is exact. What is not known comes after all that is. */
function afterSql({ sort, value, id }: VoiceCursor, values: Binder): string {
  const column = columnOf(sort);
  const beyond = isFalling(sort) ? '<' : '>';
  if (value === null) return `(${column} is null and id ${beyond} ${values.bind(id, 'whole')})`;
  const bound = (): string =>
    typeof value === 'string' ? values.bind(timestampText(Date.parse(value)), 'instant') : values.bind(value, 'number');
  const after = `${column} ${beyond}= ${bound()} and (${column} ${beyond} ${bound()} or id ${beyond} ${values.bind(id, 'whole')})`;
  return column === 'said_at' ? after : `(${after} or ${column} is null)`;
}
