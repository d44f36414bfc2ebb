import { sql } from 'kysely';
import type { Db } from '../../src/platform/postgres/db.ts';

/** Two runs of the rules between which every customer went from one segment to another. Done again for each city. */
export async function segmentRunsOf(db: Db): Promise<void> {
  await sql`insert into segment_schemes (id, definition, updated_at) values ('rules', '{}', '2026-02-28T00:00:00Z') on conflict (id) do nothing`.execute(
    db,
  );
  for (const [run, month, segment] of [
    ['sr_scope_1', '2026-01', 'business-high'],
    ['sr_scope_2', '2026-02', 'young-high'],
  ] as const) {
    await sql`
      insert into segment_runs (id, scheme, scheme_version, as_of, month, state, created_at, finished_at)
      values (${run}, 'rules', 1, ${`${month}-28T00:00:00Z`}, ${month}, 'done', ${`${month}-28T00:00:00Z`}, ${`${month}-28T00:00:00Z`})
      on conflict (id) do nothing`.execute(db);
    await sql`insert into segment_members (run_id, customer, segment) select ${run}, customer, ${segment} from customers
      on conflict do nothing`.execute(db);
  }
}
