import { sql } from 'kysely';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** With fewer than this nothing is to be learned. */
const FEWEST_GRIEVANCES = 200;

/** Learning for the first time takes all cores for a minute: it leaves them to whoever looks around, for so long after the first file. */
const FIRST_VISIT = sql`interval '5 minutes'`;
/** A session's last use is written once a minute. */
const LOOKS_AROUND = sql`interval '2 minutes'`;

/**
 * Whether so many grievances of known customers came since then, and no file is on its way that would soon make what is learned old;
 * with null (nothing was learned yet) also whether nobody is kept waiting by it.
 */
export async function isSomethingToLearn(db: Db, since: string | null): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ is: boolean }>`
      select not exists (select 1 from import_batches where state in ('queued', 'running', 'undoing'))
        and (${since}::timestamptz is not null
          or not exists (select 1 from sessions where kind = 'browser' and last_seen_at > now() - ${LOOKS_AROUND})
          or coalesce((select min(finished_at) from import_batches where state = 'done') < now() - ${FIRST_VISIT}, true))
        and ${sql.lit(FEWEST_GRIEVANCES)} <= (
          select count(*) from (
            select 1 from voices where kind in ('grievance', 'fault') and customer is not null
              and arrived_at > ${since ?? '-infinity'}::timestamptz limit ${sql.lit(FEWEST_GRIEVANCES)}) enough) as is`,
  );
  return row?.is === true;
}
