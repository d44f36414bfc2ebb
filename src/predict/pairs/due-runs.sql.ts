import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { RunKey } from './pair-runs.sql.ts';

/** The window that is computed for the province whether anybody asked or not, as other steps build on it. */
const USUAL_DAYS = 7;
const NOT_SINCE_HOURS = 20;
const ASKED_WITHIN_DAYS = 30;

/** What is to be computed anew, as its newest run is not of this night: what people asked for lately, and the province's usual window by rule. */
export async function dueRuns(ctx: Context): Promise<readonly RunKey[]> {
  const now = ctx.clock.nowMs();
  const fresh = new Date(now - NOT_SINCE_HOURS * 3_600_000).toISOString();
  const lately = new Date(now - ASKED_WITHIN_DAYS * 86_400_000).toISOString();
  return rowsOf(
    ctx.db,
    sql<RunKey>`
      select wanted.scope, wanted.window_days, wanted.scheme from (
        select distinct scope, window_days, scheme from pair_runs where member_id is not null and asked_at >= ${lately}
        union select ${JSON.stringify({ kind: 'all' })}::jsonb, ${USUAL_DAYS}::integer, 'rules'
          where exists (select 1 from voices where kind = 'complaint')) wanted
      where not exists (select 1 from pair_runs r where r.scope = wanted.scope and r.window_days = wanted.window_days
        and r.scheme = wanted.scheme and (r.asked_at >= ${fresh} or r.state in ('queued', 'running')))
      order by wanted.scope::text, wanted.window_days, wanted.scheme`,
  );
}

/** Whether pairs were ever asked for. */
export const hasRuns = async (db: Db): Promise<boolean> =>
  (await rowOf(db, sql<{ is: boolean }>`select exists (select 1 from pair_runs) as is`))?.is === true;
