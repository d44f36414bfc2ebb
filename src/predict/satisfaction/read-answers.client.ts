import { binder, printConditions, scopeConditions } from '../../analyse/index.ts';
import type { Viewer } from '../../model/people.ts';
import { GRIEVANCE_KINDS } from '../../model/satisfaction.ts';
import { scopeOf } from '../../model/scope.ts';
import type { Survey } from '../../model/survey.ts';
import type { Context } from '../../platform/context.ts';
import type { WarehouseRow } from '../../platform/warehouse/warehouse.ts';
import { SheetBuilder, type Sheet } from '../models/sheet.ts';
import type { Period } from './months.ts';
import { TIMEOUT } from './read-cells.client.ts';

type Ctx = Pick<Context, 'warehouse'>;

/** Answers that are looked at: the newest. */
const MOST_ANSWERS = 20_000;
const BEFORE_MS = 30 * 86_400_000;
/** What is known of who answered; protected attributes are left out by the protocol. */
const KNOWN = ['product', 'brand', 'value_tier', 'segment', 'channel', 'city'] as const;
export const SCORE = 'score';
export const GRIEVED = 'grieved:';

/**
 * Answers with a score as rows: who gave it, and what its customer had grieved about in the 30 days before. `of`: how many there are in
 * the period, of which the newest 20,000 are read.
 */
export async function readAnswers(
  ctx: Ctx,
  viewer: Viewer,
  period: Period,
  survey: Survey,
): Promise<{ readonly sheet: Sheet; readonly of: number }> {
  const [answers, of, grieved] = await Promise.all([
    answersOf(ctx, viewer, period),
    countOf(ctx, viewer, period),
    grievedBefore(ctx, viewer, period, survey),
  ]);
  const serviceOf = new Map(survey.services.flatMap((service) => service.points.map((point) => [point.category, service.code] as const)));
  const before = new Map<string, Set<string>>();
  for (const row of grieved) {
    const id = String(row['id']);
    const services = before.get(id) ?? new Set<string>();
    before.set(id, services.add(serviceOf.get(String(row['category'])) ?? ''));
  }
  const builder = new SheetBuilder();
  const services = survey.services.map((service) => service.code);
  builder.add(
    [SCORE, ...services.map((code) => `${GRIEVED}${code}`), ...KNOWN],
    answers.map((row) => ({ cells: cellsOf(row, services, before.get(String(row['id']))) })),
  );
  return { sheet: builder.finish(), of };
}

function cellsOf(row: WarehouseRow, services: readonly string[], grieved: ReadonlySet<string> | undefined): readonly (string | null)[] {
  const text = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
  const knownCustomer = row['customer'] !== null;
  const said = services.map((code) => (knownCustomer ? (grieved?.has(code) === true ? '1' : '0') : null));
  return [text(row['score']), ...said, ...KNOWN.map((name) => text(row[name]))];
}

function answersOf(ctx: Ctx, viewer: Viewer, period: Period): Promise<readonly WarehouseRow[]> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const where = answersWhere(ctx, viewer, period, values.bind);
  return ctx.warehouse.select(
    `select id, customer, score, ${KNOWN.join(', ')} from voice_rows where ${where} order by said_local desc, id desc limit ${MOST_ANSWERS}`,
    values.params,
    TIMEOUT,
  );
}

async function countOf(ctx: Ctx, viewer: Viewer, period: Period): Promise<number> {
  const values = binder(ctx.warehouse.dialect);
  const where = answersWhere(ctx, viewer, period, values.bind);
  const [row] = await ctx.warehouse.select(`select count(*) as n from voice_rows where ${where}`, values.params, TIMEOUT);
  return Number(row?.['n'] ?? 0);
}

/** (answer, category) pairs, once each. */
function grievedBefore(ctx: Ctx, viewer: Viewer, period: Period, survey: Survey): Promise<readonly WarehouseRow[]> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const answered = answersWhere(ctx, viewer, period, values.bind);
  const scope = printConditions(scopeConditions(scopeOf(viewer)), dialect, values.bind);
  const kinds = GRIEVANCE_KINDS.map((kind) => values.bind(kind, 'text')).join(', ');
  const categories = survey.services.flatMap((service) => service.points.map((point) => values.bind(point.category, 'text'))).join(', ');
  if (categories === '') return Promise.resolve([]);
  const earlier = dialect.moved('a.said_local', values.bind(-BEFORE_MS, 'whole'));
  return ctx.warehouse.select(
    `with answers as (select id, customer, said_local from voice_rows where customer is not null and ${answered} ` +
      `order by said_local desc, id desc limit ${MOST_ANSWERS}), ` +
      `grieved as (select customer, said_local, category from voice_rows where customer is not null and ${scope} and kind in (${kinds}) and category in (${categories})) ` +
      `select distinct a.id as id, g.category as category from answers a join grieved g on g.customer = a.customer ` +
      `and g.said_local < a.said_local and g.said_local >= ${earlier}`,
    values.params,
    TIMEOUT,
  );
}

function answersWhere(ctx: Ctx, viewer: Viewer, period: Period, bind: ReturnType<typeof binder>['bind']): string {
  const scope = printConditions(scopeConditions(scopeOf(viewer)), ctx.warehouse.dialect, bind);
  const from = bind(`${period.from} 00:00:00`, 'instant');
  const before = bind(`${period.before} 00:00:00`, 'instant');
  return `${scope} and score is not null and said_local >= ${from} and said_local < ${before}`;
}
