import { sql } from 'kysely';
import { type Db, rowOf } from '../platform/postgres/db.ts';
import type { Position } from './changed.sql.ts';
import { OF_RUNS } from './wide-tables.ts';

export interface ChangedSegments {
  /** A JSON list of lists: the customer, then the columns of `OF_RUNS`. One text, so that nothing here holds tens of thousands of rows. */
  readonly rows: string;
  readonly count: number;
  readonly last: Position | null;
}

/** The next customers whom a run put somewhere else, between a position and a settled transaction. */
export async function changedSegments(db: Db, from: Position, below: number, limit: number): Promise<ChangedSegments> {
  const columns = sql.join(OF_RUNS.map((name) => sql.ref(name)));
  const row = await rowOf(
    db,
    sql<{ rows: string; count: number; last_tx: number | null; last_customer: string | null }>`
    with picked as materialized (
      select changed_tx, customer, ${columns} from customer_segments
      where (changed_tx, customer collate "C") > (${String(from.tx)}::xid8, ${from.afterKey}) and changed_tx < ${String(below)}::xid8
      order by changed_tx, customer collate "C" limit ${limit}
    ),
    last as (select changed_tx, customer from picked order by changed_tx desc, customer collate "C" desc limit 1)
    select coalesce(json_agg(json_build_array(customer, ${columns})), '[]')::text as rows, count(*) as count,
      (select changed_tx::text::bigint from last) as last_tx, (select customer from last) as last_customer
    from picked`,
  );
  if (row === undefined || row.last_tx === null) return { rows: '[]', count: 0, last: null };
  return { rows: row.rows, count: row.count, last: { tx: row.last_tx, afterKey: row.last_customer ?? '' } };
}
