import { sql } from 'kysely';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** About how many voices there are, by what Postgres last counted: enough to say how far a reading of them is. Infinity: nothing was counted yet. */
export async function roughlyAll(db: Db): Promise<number> {
  const row = await rowOf(db, sql<{ n: number }>`select reltuples::float8 as n from pg_class where oid = 'voices'::regclass`);
  return row !== undefined && row.n > 0 ? row.n : Infinity;
}
