import { sql } from 'kysely';
import type { SchemeId } from '../../model/segment-views.ts';
import { type Db, rowOf, rowsOf, type Tx } from '../../platform/postgres/db.ts';

interface Neighbours {
  readonly before: string | null;
  readonly after: string | null;
}

/** The finished runs of the nearest months before and after a run: of each month, the newest. */
export async function neighbours(db: Db, run: string): Promise<Neighbours> {
  const row = await rowOf(
    db,
    sql<Neighbours>`
    with this as (select scheme, month from segment_runs where id = ${run})
    select
      (select r.id from segment_runs r, this where r.scheme = this.scheme and r.state = 'done' and r.month < this.month
        order by r.month desc, r.as_of desc, r.created_at desc, r.id desc limit 1) as before,
      (select r.id from segment_runs r, this where r.scheme = this.scheme and r.state = 'done' and r.month > this.month
        order by r.month, r.as_of desc, r.created_at desc, r.id desc limit 1) as after`,
  );
  return row ?? { before: null, after: null };
}

/** Counts who went where between two runs. Takes seconds for a million customers, so once, when a run ends. */
export async function reckonMoves(tx: Tx, from: string, to: string): Promise<void> {
  await sql`delete from segment_moves where to_run = ${to}`.execute(tx);
  await sql`
    insert into segment_moves (from_run, to_run, from_segment, to_segment, city, district, customers)
    select ${from}, ${to}, a.segment, b.segment, c.city, c.district, count(*)
    from (select customer, segment from segment_members where run_id = ${from}) a
    full join (select customer, segment from segment_members where run_id = ${to}) b on b.customer = a.customer
    left join customers c on c.customer = coalesce(a.customer, b.customer)
    group by a.segment, b.segment, c.city, c.district`.execute(tx);
}

/** Members of runs beyond the newest so many of a scheme go; their figures stay. */
export async function forgetOldMembers(tx: Tx, scheme: SchemeId, keep: number): Promise<void> {
  const old = await rowsOf(
    tx,
    sql<{ id: string }>`
    select id from segment_runs where scheme = ${scheme} and state = 'done' order by as_of desc, created_at desc, id desc offset ${keep}`,
  );
  await sql`delete from segment_members where run_id = any(${old.map((row) => row.id)}::text[])`.execute(tx);
}
