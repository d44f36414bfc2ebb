import type pg from 'pg';
import { JOB_COLUMNS } from './backup-plan.sql.ts';
import { listed } from '../../platform/backup/tables.sql.ts';

/** Where the archive's jobs stand until they are sorted into the queue. */
export async function jobsAside(client: pg.ClientBase): Promise<string> {
  await client.query(`create temp table restored_jobs (${JOB_COLUMNS.map((name) => `${name} text`).join(', ')}) on commit drop`);
  return 'restored_jobs';
}

/**
 * What waited or ran waits again, from its first try, with the settings that its queue has now; what failed for good is a dead
 * letter again. Jobs of a kind that this version does not know are counted, not kept.
 */
export async function sortIntoQueue(
  client: pg.ClientBase,
): Promise<{ readonly waiting: number; readonly dead: number; readonly unknown: number }> {
  const waiting = await client.query(
    `insert into pgboss.job (id, name, data, state, singleton_key, start_after, created_on, policy, retry_limit, retry_delay, retry_backoff,
       retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds, keep_until)
     select distinct on (r.name, r.singleton_key) r.id::uuid, r.name, r.data::jsonb, 'created', r.singleton_key, r.start_after::timestamptz,
       r.created_on::timestamptz, ${SETTINGS}
     from restored_jobs r join pgboss.queue q on q.name = r.name where r.state <> 'failed' order by r.name, r.singleton_key, r.created_on
     on conflict do nothing`,
  );
  const dead = await client.query(
    `insert into pgboss.job (id, name, data, state, singleton_key, start_after, created_on, completed_on, output, retry_count, policy, retry_limit,
       retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds, keep_until)
     select r.id::uuid, r.name, r.data::jsonb, 'failed', r.singleton_key, r.start_after::timestamptz, r.created_on::timestamptz,
       r.completed_on::timestamptz, r.output::jsonb, r.retry_count::int, ${SETTINGS}
     from restored_jobs r join pgboss.queue q on q.name = r.name where r.state = 'failed' on conflict do nothing`,
  );
  const unknown = await client.query<{ n: number }>(
    `select count(*) as n from restored_jobs r where not exists (select 1 from pgboss.queue q where q.name = r.name)`,
  );
  return { waiting: waiting.rowCount ?? 0, dead: dead.rowCount ?? 0, unknown: unknown.rows[0]?.n ?? 0 };
}

const SETTINGS = `q.policy, q.retry_limit, q.retry_delay, q.retry_backoff, q.retry_delay_max, q.expire_seconds, q.deletion_seconds,
  q.heartbeat_seconds, now() + q.retention_seconds * interval '1 second'`;

/** Only names from the archive's own list are ever asked for. */
export const jobColumns = listed(JOB_COLUMNS);
