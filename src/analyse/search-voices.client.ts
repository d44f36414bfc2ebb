import { maskText } from '../model/masking.ts';
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

/** A voice in a list: codes, and the text masked. */
export interface VoiceRow {
  readonly id: number;
  readonly said_at: string;
  readonly said_at_known: boolean;
  readonly arrived_at: string;
  readonly kind: string;
  readonly channel: string;
  readonly source: string;
  readonly product: string | null;
  readonly plan: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly community: string | null;
  readonly unit: string | null;
  readonly department: string | null;
  readonly category: string | null;
  readonly stage: string | null;
  readonly feeling: string;
  readonly confidence: number;
  readonly text: string;
  readonly customer: string | null;
  readonly status: string | null;
  readonly score: number | null;
  readonly batch: string;
}

export interface VoicePage {
  readonly count: number;
  readonly rows: readonly VoiceRow[];
  readonly next: string | null;
  readonly as_of: string;
}

export const MAX_PAGE = 1000;

/** The voices behind filters, newest first. `limit: 0` gives the count alone. */
export async function searchVoices(
  ctx: Pick<Context, 'warehouse'>,
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
  const counted = await selectInTime(ctx, `select count(*) as n from voice_rows where ${compiled.sql}`, counting.params, QUERY_TIMEOUT_MS);
  const count = Number(counted[0]?.['n'] ?? 0);
  const rows = limit === 0 ? [] : await pageOf(ctx, viewer, where, limit + 1, cursor);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorText({ saidAt: last.said_at, id: last.id }) : null;
  return { count, rows: shown, next, as_of: asOf };
}

async function pageOf(
  ctx: Pick<Context, 'warehouse'>,
  viewer: Viewer,
  where: readonly Filter[],
  limit: number,
  cursor: VoiceCursor | null,
): Promise<readonly VoiceRow[]> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const compiled = compileWhere(where, scopeOf(viewer), dialect, values);
  if (compiled.kind === 'problems') throw new Refusal('question-invalid', {}, compiled.problems);
  const after = cursor === null ? 'true' : afterSql(cursor, values);
  const sql = `select id, ${dialect.instantText('said_at')} as said_text, said_at_known, ${dialect.instantText('arrived_at')} as arrived_text,
    kind, channel, source, product, plan, city, district, community, unit_id as unit, department, category, stage, feeling, confidence,
    text_masked as text, customer, status, score, batch
    from voice_rows where ${compiled.sql} and ${after} order by said_at desc, id desc limit ${limit}`;
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
