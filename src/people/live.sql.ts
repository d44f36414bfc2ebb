import { sql } from 'kysely';
import type { ScopeFilter } from '../model/scope.ts';
import type { Context } from '../platform/context.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { type ScopeColumns, scopeSql } from './scope.sql.ts';

/** Something that people who look at it should see change now. It carries ids, never content. */
export interface LiveEvent {
  readonly topic: 'alarm' | 'order' | 'import';
  readonly key: string;
  readonly city: string | null;
  readonly district: string | null;
  readonly unitPath: string | null;
  readonly department: string | null;
  readonly payload: object;
}

export async function publish(tx: Db, ctx: Context, event: LiveEvent): Promise<void> {
  const id = ctx.ids.text('event', `${event.topic}:${event.key}`);
  await sql`
    insert into live_events (id, at, topic, city, district, unit_path, department, payload)
    values (${id}, ${ctx.clock.now()}, ${event.topic}, ${event.city}, ${event.district}, ${event.unitPath}, ${event.department},
      ${JSON.stringify(event.payload)}::jsonb)
    on conflict (id) do nothing`.execute(tx);
}

/**
 * The warehouse holds other voices than before. It happens every second where much is said, so it is one row that moves forward. It says
 * nothing of the voices, so everybody is told.
 */
export async function publishVoices(db: Db, at: string): Promise<void> {
  await sql`
    insert into live_events (id, at, topic, payload) values ('voices', ${at}, 'voices', '{}'::jsonb)
    on conflict (id) do update set at = excluded.at, changed_tx = pg_current_xact_id()`.execute(db);
}

export interface LiveRow {
  readonly id: string;
  readonly tx: string;
  readonly topic: string;
  readonly payload: unknown;
}

const COLUMNS: ScopeColumns = { city: 'e.city', district: 'e.district', unitPath: 'e.unit_path', unitId: null, agent: null };

/**
 * Events after a place (transaction, id), within scope, oldest first. Only transactions below the oldest running
 * one are read, so that an event that commits late is not jumped over.
 */
export async function eventsAfter(db: Db, scope: ScopeFilter, after: { tx: string; id: string }): Promise<readonly LiveRow[]> {
  return rowsOf(
    db,
    sql<LiveRow>`
      select e.id, e.changed_tx::text as tx, e.topic, e.payload from live_events e
      where (e.changed_tx, e.id) > (${after.tx}::xid8, ${after.id})
        and e.changed_tx < pg_snapshot_xmin(pg_current_snapshot())
        and (e.topic = 'voices' or ${scopeSql(scope, COLUMNS)})
      order by e.changed_tx, e.id limit 500`,
  );
}

/** Where a stream that resumes after `id` continues; null when the event is unknown or out of scope. */
export async function placeOfEvent(db: Db, scope: ScopeFilter, id: string): Promise<{ tx: string; id: string } | null> {
  const rows = await rowsOf(
    db,
    sql<{ tx: string; id: string }>`
      select e.changed_tx::text as tx, e.id from live_events e where e.id = ${id} and ${scopeSql(scope, COLUMNS)}`,
  );
  return rows[0] ?? null;
}

/** Where a fresh stream starts: now. */
export async function endOfEvents(db: Db): Promise<{ tx: string; id: string }> {
  const rows = await rowsOf(db, sql<{ tx: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as tx`);
  return { tx: rows[0]?.tx ?? '0', id: '' };
}

/** A stream that comes back to a place that is forgotten begins anew. */
export async function forgetEventsBefore(db: Db, at: string): Promise<void> {
  await sql`delete from live_events where at < ${at}`.execute(db);
}
