import type { Funnel, FunnelStage, FunnelVoices } from '../../model/funnel.ts';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import { DIMENSION_OF, type SchemeId } from '../../model/segment-views.ts';
import { scopeOf } from '../../model/scope.ts';
import { instantOfWall } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { selectInTime, warehouseAsOf } from '../ask.client.ts';
import { binder } from '../conditions.ts';
import { labelsOf } from '../labels.sql.ts';
import { searchVoices } from '../search-voices.client.ts';
import { type FunnelPart, type FunnelPeriod, countsOf, journeys, partOf } from './funnel-sql.ts';
import { effectsSeen } from './effects-seen.sql.ts';
import { type StageCount, funnelOf } from './funnel.ts';

export interface FunnelQuestion {
  /** Days of the province, half-open. */
  readonly from: string;
  readonly before: string;
  readonly days: number;
  /** By which segments customers are told apart. */
  readonly scheme: SchemeId;
}

const NOBODY: Names = { zh: '未知', en: 'Unknown' };

async function periodOf(ctx: Context, asked: FunnelQuestion): Promise<FunnelPeriod & { readonly asOf: string }> {
  const [from, before] = [asked.from, asked.before].map((day) => instantOfWall(Date.parse(`${day}T00:00:00Z`), ctx.config.timeZone));
  if (from === undefined || before === undefined || !(from < before))
    throw new Refusal('question-invalid', {}, [{ code: 'field-invalid', column: 'before', params: { value: asked.before } }]);
  const asOf = await warehouseAsOf(ctx);
  return {
    fromMs: from,
    beforeMs: before,
    days: asked.days,
    asOfMs: Math.min(ctx.clock.nowMs(), Date.parse(asOf) || ctx.clock.nowMs()),
    asOf,
  };
}

/** The way from dissatisfaction to a complaint, or to contentment, within the viewer's scope. */
export async function funnel(ctx: Context, viewer: Viewer, asked: FunnelQuestion): Promise<Funnel> {
  const period = await periodOf(ctx, asked);
  const values = binder(ctx.warehouse.dialect);
  const cte = journeys(
    period,
    scopeOf(viewer),
    { scheme: asked.scheme, rules: ctx.pack.segments },
    ctx.warehouse.dialect,
    values.bind,
    await effectsSeen(ctx.db, viewer, period),
  );
  const found = await selectInTime(ctx, countsOf(cte), values.params);
  const rows = found.map((row): StageCount => ({
    stage: String(row['stage']) as FunnelStage,
    segment: textOf(row['segment']),
    city: textOf(row['city']),
    district: textOf(row['district']),
    n: Number(row['n']),
  }));
  const labels = await labelsOf(
    ctx.db,
    ctx.pack,
    ['city', 'district', DIMENSION_OF[asked.scheme]],
    rows.map(({ city, district, segment }) => ({ city, district, [DIMENSION_OF[asked.scheme]]: segment })),
  );
  const names = (dimension: 'segment' | 'city' | 'district', code: string | null): Names => {
    if (code === null) return NOBODY;
    return labels[dimension === 'segment' ? DIMENSION_OF[asked.scheme] : dimension]?.[code] ?? { zh: code, en: code };
  };
  const { from, before, days, scheme } = asked;
  return { from, before, days, scheme, as_of: period.asOf, ...funnelOf(rows, names) };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The first signs behind one figure: exactly as many voices as it counts customers. */
export async function funnelVoices(
  ctx: Context,
  viewer: Viewer,
  asked: FunnelQuestion & FunnelPart,
  page: { readonly limit: number; readonly offset: number },
): Promise<FunnelVoices> {
  const period = await periodOf(ctx, asked);
  const values = binder(ctx.warehouse.dialect);
  const cte = journeys(
    period,
    scopeOf(viewer),
    { scheme: asked.scheme, rules: ctx.pack.segments },
    ctx.warehouse.dialect,
    values.bind,
    await effectsSeen(ctx.db, viewer, period),
  );
  const sql = `${partOf(cte, asked, values.bind)} limit ${page.limit} offset ${page.offset}`;
  const found = await selectInTime(ctx, sql, values.params);
  const count = Number(found[0]?.['total'] ?? 0);
  const ids = found.map((row) => String(row['id']));
  const { rows } = ids.length === 0 ? { rows: [] } : await searchVoices(ctx, viewer, [{ field: 'id', in: ids }], { limit: page.limit });
  const more = page.offset + ids.length < count;
  return { count, rows, next: more ? String(page.offset + ids.length) : null, as_of: period.asOf };
}
