import { type RawBuilder, sql } from 'kysely';
import { maskText } from '../../model/masking.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';
import { evaluatedUntil, windowOf } from './report-rows.sql.ts';

interface ArmVoice {
  readonly id: number;
  readonly said_at: string;
  readonly kind: string;
  readonly customer: string;
  readonly text: string;
}

/**
 * What stands behind an arm's figure, of all customers or of one stratum, as far as the viewer's own data scope goes: `count` voices of
 * `customers` customers, up to the time of the newest report, so that they are those that it counted.
 */
export async function voicesOfArm(
  ctx: Context,
  viewer: Viewer,
  experiment: StoredExperiment,
  {
    arm,
    kind,
    stratum,
    limit,
  }: { readonly arm: number; readonly kind: 'complaint' | 'grievance'; readonly stratum?: string | undefined; readonly limit: number },
): Promise<{ readonly count: number; readonly customers: number; readonly rows: readonly ArmVoice[] }> {
  if (experiment.started_at === null) return { count: 0, customers: 0, rows: [] };
  const { from, until } = windowOf(Date.parse(experiment.started_at), countedUntil(experiment, ctx.clock.nowMs()), experiment.windowDays);
  const within = stratum === undefined ? sql`true` : await isInStratum(ctx.db, experiment, stratum);
  const behind = sql`experiment_customers x join voices v on v.customer = x.customer
    where x.experiment_id = ${experiment.id} and x.arm = ${arm} and ${within} and v.kind = ${kind} and v.said_at >= ${from}::timestamptz
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

/** As the report does: up to its own time, and no further than the experiment's end. */
const countedUntil = (experiment: StoredExperiment, nowMs: number): number =>
  evaluatedUntil(experiment, experiment.reported_at === null ? nowMs : Date.parse(experiment.reported_at));

/** The report names a stratum by the values of its fields, `—` where one is not known; a field that nobody has is none. */
async function isInStratum(db: Db, { id, strata }: StoredExperiment, stratum: string): Promise<RawBuilder<boolean>> {
  const known = await Promise.all(
    strata.map((field) =>
      rowOf(
        db,
        sql<{
          one: number;
        }>`select 1 as one from experiment_customers where experiment_id = ${id} and traits ->> ${field} is not null limit 1`,
      ),
    ),
  );
  const values = strata
    .filter((_, i) => known[i] !== undefined)
    .map((field) => sql`coalesce(nullif(trim(x.traits ->> ${field}), ''), '—')`);
  return values.length === 0 ? sql<boolean>`false` : sql<boolean>`concat_ws(' · ', ${sql.join(values)}) = ${stratum}`;
}
