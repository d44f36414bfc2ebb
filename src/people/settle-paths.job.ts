import { sql } from 'kysely';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';
import { SETTLE_PATHS } from './change-units.sql.ts';

/** Who stores voices remembers the tree for a minute, so what is still written with an old path is there by then. */
const REMEMBERED_MS = 65_000;

/**
 * Looks for what still got the path that a unit had before it moved: once as soon as the move stands, once when nobody remembers the tree
 * of before, and then once a minute as long as imports run that began earlier, since an import keeps the tree it began with.
 */
export const settlePathsJob: JobDefinition<{ readonly since?: string }> = {
  queue: SETTLE_PATHS,
  run: (ctx, { since }) =>
    inTransaction(ctx.patient, async (tx) => {
      // Asked first: an import that ends meanwhile gets one more look.
      const again = since === undefined || (await importsFrom(tx, since));
      await settlePaths(tx);
      if (again) await ctx.jobs.enqueue(tx, SETTLE_PATHS, { since: since ?? ctx.clock.now() }, { afterMs: REMEMBERED_MS });
    }),
};

/** Only rows that disagree are written; finding none reads each table once. Followers learn of the voices by their readings. */
export async function settlePaths(tx: Db): Promise<void> {
  for (const table of ['work_orders', 'experiments'])
    await sql`
      update ${sql.table(table)} t set unit_path = u.path from org_units u where u.id = t.unit_id and t.unit_path <> u.path`.execute(tx);
  await sql`
    update alarms a set unit_path = u.path from org_units u where a.dimension = 'unit' and u.id = a.value and a.unit_path <> u.path`.execute(
    tx,
  );
  await sql`
    with settled as (
      update voices v set unit_path = u.path from org_units u where u.id = v.unit_id and v.unit_path is distinct from u.path returning v.id)
    update readings r set changed_tx = pg_current_xact_id() from settled where r.voice_id = settled.id`.execute(tx);
}

async function importsFrom(tx: Db, since: string): Promise<boolean> {
  const row = await rowOf(
    tx,
    sql<{ some: boolean }>`
      select exists (select 1 from import_batches where carries = 'voices' and state = 'running' and started_at <= ${since}) as some`,
  );
  return row?.some ?? false;
}
