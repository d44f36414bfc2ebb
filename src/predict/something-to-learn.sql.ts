import { sql } from 'kysely';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** With fewer than this nothing is to be learned. */
const FEWEST_GRIEVANCES = 200;

/** Whether so many grievances of known customers came since then, and no file is on its way that would soon make what is learned old. */
export async function isSomethingToLearn(db: Db, since: string | null): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ is: boolean }>`
      select not exists (select 1 from import_batches where state in ('queued', 'running', 'undoing'))
        and ${sql.lit(FEWEST_GRIEVANCES)} <= (
          select count(*) from (
            select 1 from voices where kind in ('grievance', 'fault') and customer is not null
              and arrived_at > ${since ?? '-infinity'}::timestamptz limit ${sql.lit(FEWEST_GRIEVANCES)}) enough) as is`,
  );
  return row?.is === true;
}
