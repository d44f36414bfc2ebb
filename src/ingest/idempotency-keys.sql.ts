import { sql } from 'kysely';
import { type Db, touched } from '../platform/postgres/db.ts';

/** Rows deleted by one statement: there may be millions the first time. */
const AT_ONCE = 20_000;

/** Forgets the answers given under keys before this time: who asks again later is answered from what stands. */
export async function forgetKeysBefore(db: Db, at: string): Promise<void> {
  for (;;) {
    const gone = await touched(
      db,
      sql`delete from idempotency_keys where ctid = any(array(select ctid from idempotency_keys where created_at < ${at} limit ${AT_ONCE}))`,
    );
    if (gone < AT_ONCE) return;
  }
}
