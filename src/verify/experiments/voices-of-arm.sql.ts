import { sql } from 'kysely';
import { maskText } from '../../model/masking.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';
import { windowOf } from './report-rows.sql.ts';

interface ArmVoice {
  readonly id: number;
  readonly said_at: string;
  readonly kind: string;
  readonly customer: string;
  readonly text: string;
}

/** What stands behind an arm's figure, as far as the viewer's own data scope goes: `count` voices of `customers` customers. */
export async function voicesOfArm(
  ctx: Context,
  viewer: Viewer,
  experiment: StoredExperiment,
  { arm, kind, limit }: { readonly arm: number; readonly kind: 'complaint' | 'grievance'; readonly limit: number },
): Promise<{ readonly count: number; readonly customers: number; readonly rows: readonly ArmVoice[] }> {
  if (experiment.started_at === null) return { count: 0, customers: 0, rows: [] };
  const { from, until } = windowOf(Date.parse(experiment.started_at), ctx.clock.nowMs(), experiment.windowDays);
  const behind = sql`experiment_customers x join voices v on v.customer = x.customer
    where x.experiment_id = ${experiment.id} and x.arm = ${arm} and v.kind = ${kind} and v.said_at >= ${from}::timestamptz
      and v.said_at < ${until}::timestamptz and ${experiment.city === null ? sql`true` : sql`v.city = ${experiment.city}`}
      and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`;
  const counted = await rowOf(
    ctx.db,
    sql<{
      count: number;
      customers: number;
    }>`select count(*)::integer as count, count(distinct v.customer)::integer as customers from ${behind}`,
  );
  const rows = await rowsOf(
    ctx.db,
    sql<ArmVoice>`select v.id, v.said_at, v.kind, v.customer, left(v.text_masked, 300) as text from ${behind} order by v.said_at desc, v.id desc limit ${limit}`,
  );
  // Some sources know their customers by phone number.
  const shown = rows.map((row) => ({ ...row, customer: maskText(row.customer) }));
  return { count: counted?.count ?? 0, customers: counted?.customers ?? 0, rows: shown };
}
