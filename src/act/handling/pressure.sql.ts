import { sql } from 'kysely';
import type { PressureRow, PressureView, WindowRow } from '../../model/handling.ts';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { isSeenBy, WORKING } from '../order-filter.sql.ts';

const DAYS = 30;
const MOST = 50;

/**
 * 三横两纵: where problems stand among departments, branches and window units (across), what satisfaction says from above and what the
 * front asks of departments from below (down and up). Orders and voices as far as the viewer sees them.
 */
export async function pressure(ctx: Context, viewer: Viewer): Promise<PressureView> {
  const [departments, branches, windows, down, up] = await Promise.all([
    byDepartment(ctx, viewer),
    byBranch(ctx, viewer),
    byWindow(ctx, viewer),
    fromAbove(ctx, viewer),
    fromBelow(ctx, viewer),
  ]);
  return { departments, branches, windows, down, up };
}

interface Counted {
  readonly key: string;
  readonly name: string | null;
  readonly name_en: string | null;
  readonly open: number;
  readonly overdue: number;
  readonly oldest_due: string | null;
  readonly closed_30d: number;
  readonly in_time: number | null;
}

const counts = (ctx: Context) => sql`
  count(*) filter (where w.state = any(${WORKING}::text[])) as open,
  count(*) filter (where w.state = any(${WORKING}::text[]) and w.due_at < ${ctx.clock.now()}) as overdue,
  min(w.due_at) filter (where w.state = any(${WORKING}::text[]) and w.due_at < ${ctx.clock.now()}) as oldest_due,
  count(*) filter (where w.closed_at >= ${ctx.clock.now()}::timestamptz - make_interval(days => ${DAYS})) as closed_30d,
  avg(case when w.closed_at <= w.due_at then 1.0 else 0.0 end) filter (where w.closed_at >= ${ctx.clock.now()}::timestamptz - make_interval(days => ${DAYS})) as in_time`;

async function byDepartment(ctx: Context, viewer: Viewer): Promise<readonly PressureRow[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<Counted>`select w.department as key, null as name, null as name_en, ${counts(ctx)} from work_orders w where ${isSeenBy(viewer)} group by w.department`,
  );
  const named = (code: string): Names => ctx.pack.departments.find((one) => one.code === code)?.names ?? { zh: code, en: code };
  return pressed(
    rows,
    (row) => named(row.key),
    (row) => ({ department: row.key }),
  );
}

/** The branch (city) whose unit handles the order; the province's own departments stand above. */
async function byBranch(ctx: Context, viewer: Viewer): Promise<readonly PressureRow[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<Counted>`
    select u.city as key, c.name, c.name_en, ${counts(ctx)} from work_orders w join org_units u on u.id = w.unit_id left join regions c on c.code = u.city
    where u.city is not null and ${isSeenBy(viewer)} group by u.city, c.name, c.name_en`,
  );
  return pressed(
    rows,
    (row) => ({ zh: row.name ?? row.key, en: row.name_en ?? row.key }),
    () => null,
  );
}

function pressed(
  rows: readonly Counted[],
  names: (row: Counted) => Names,
  list: (row: Counted) => PressureRow['list'],
): readonly PressureRow[] {
  return rows
    .map((row) => ({
      key: row.key,
      names: names(row),
      open: Number(row.open),
      overdue: Number(row.overdue),
      oldest_due: row.oldest_due,
      closed_30d: Number(row.closed_30d),
      in_time: row.in_time === null ? null : Number(row.in_time),
      list: list(row),
    }))
    .toSorted((a, b) => b.overdue - a.overdue || b.open - a.open);
}

async function byWindow(ctx: Context, viewer: Viewer): Promise<readonly WindowRow[]> {
  const from = new Date(ctx.clock.nowMs() - DAYS * 86_400_000).toISOString();
  const rows = await rowsOf(
    ctx.db,
    sql<{ unit: string; name: string; name_en: string; voices: number; complaints: number; score: number | null }>`
    select u.id as unit, u.name, u.name_en, count(*) as voices, count(*) filter (where v.kind = 'complaint') as complaints, avg(v.score) as score
    from voices v join org_units u on u.id = v.unit_id
    where u.level = 'unit' and v.said_at >= ${from} and v.said_at < ${ctx.clock.now()} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}
    group by u.id, u.name, u.name_en order by count(*) filter (where v.kind = 'complaint') desc, count(*) desc, u.id limit ${MOST}`,
  );
  return rows.map(({ unit, name, name_en, ...row }) => ({
    unit,
    names: { zh: name, en: name_en },
    voices: Number(row.voices),
    complaints: Number(row.complaints),
    score: row.score === null ? null : Number(row.score),
    where: [
      { field: 'unit', in: [unit] },
      { field: 'said_at', from, before: ctx.clock.now() },
    ],
  }));
}

async function fromAbove(ctx: Context, viewer: Viewer): Promise<PressureView['down']> {
  const from = new Date(ctx.clock.nowMs() - DAYS * 86_400_000).toISOString();
  const rows = await rowsOf(
    ctx.db,
    sql<{ city: string; name: string | null; name_en: string | null; score: number | null; answers: number }>`
    select v.city, c.name, c.name_en, avg(v.score) as score, count(v.score) as answers from voices v left join regions c on c.code = v.city
    where v.score is not null and v.city is not null and v.said_at >= ${from} and v.said_at < ${ctx.clock.now()} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}
    group by v.city, c.name, c.name_en order by avg(v.score), v.city`,
  );
  return rows.map((row) => ({
    city: row.city,
    names: { zh: row.name ?? row.city, en: row.name_en ?? row.city },
    score: row.score === null ? null : Number(row.score),
    answers: Number(row.answers),
    where: [
      { field: 'city', in: [row.city] },
      { field: 'score_known', in: ['yes'] },
      { field: 'said_at', from, before: ctx.clock.now() },
    ],
  }));
}

/** Orders of the last thirty days by the unit whose member raised them (or the rules, where nobody did) and the department asked. */
async function fromBelow(ctx: Context, viewer: Viewer): Promise<PressureView['up']> {
  const rows = await rowsOf(
    ctx.db,
    sql<{ name: string | null; name_en: string | null; department: string; orders: number; overdue: number }>`
    select u.name, u.name_en, w.department, count(*) as orders,
      count(*) filter (where w.state = any(${WORKING}::text[]) and w.due_at < ${ctx.clock.now()}) as overdue
    from work_orders w left join members m on m.id = w.created_by left join org_units u on u.id = m.unit_id
    where w.created_at >= ${ctx.clock.now()}::timestamptz - make_interval(days => ${DAYS}) and ${isSeenBy(viewer)}
    group by u.name, u.name_en, w.department order by count(*) desc, w.department limit ${MOST}`,
  );
  return rows.map((row) => ({
    from: row.name === null ? { zh: '预警规则', en: 'Warning rules' } : { zh: row.name, en: row.name_en ?? row.name },
    department: row.department,
    orders: Number(row.orders),
    overdue: Number(row.overdue),
  }));
}
