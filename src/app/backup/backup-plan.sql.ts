import type pg from 'pg';
import { relative } from 'node:path';
import { usageFiles } from '../../ingest/usage-facts.client.ts';
import type { DumpPlan } from '../../platform/backup/dump.client.ts';

/**
 * Not carried over: what describes this machine (its backups, how far the migrations are), and the keys of a moment. A session
 * or token that somebody ended after the backup would else open again; after a restore everybody signs in anew.
 */
const LEFT_OUT = ['schema_migrations', 'backups', 'sessions', 'sign_in_links', 'sign_in_attempts', 'watermarks', 'restore_unfinished'];

export const JOB_COLUMNS = [
  'id',
  'name',
  'data',
  'state',
  'singleton_key',
  'start_after',
  'retry_count',
  'created_on',
  'completed_on',
  'output',
];

/** What waits is taken along, and what failed for good; what runs at this moment waits again after the restore. */
const JOBS = `select ${JOB_COLUMNS.map((name) => (name === 'state' ? 'state::text' : name)).join(', ')} from pgboss.job
  where state in ('created', 'retry', 'active', 'failed') and name not like '\\_\\_pgboss%'`;

/** Files of the home that a batch still needs: it was uploaded and is not loaded yet. */
const UNFINISHED = `select file_path as path from import_batches
  where state in ('draft', 'checking', 'checked', 'queued', 'running') and starts_with(file_path, $1) order by 1`;

/** Asked inside the snapshot of the backup. */
export async function backupPlan(client: pg.ClientBase, home: string, exists: (path: string) => boolean): Promise<DumpPlan> {
  const marks = await client.query<{ tx: string; as_of: string | null; took_ms: number }>(
    `select tx::text, as_of, took_ms from watermarks where follower = 'warn'`,
  );
  const [voices, queue, files] = [
    await client.query<{ n: number }>('select count(*) as n from voices'),
    await client.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`),
    await client.query<{ path: string }>(UNFINISHED, [`${home}/`]),
  ];
  const mark = marks.rows[0];
  return {
    leftOut: LEFT_OUT,
    // Readings that the rules have not looked at yet come back as new ones, the others as known.
    late: { readings: mark === undefined ? 'true' : `changed_tx >= '${BigInt(mark.tx)}'::xid8` },
    extra: queue.rows[0]?.there === true ? [{ name: 'queue', columns: JOB_COLUMNS, query: JOBS }] : [],
    notes: { voices: voices.rows[0]?.n ?? 0, warn: mark === undefined ? null : { as_of: mark.as_of, took_ms: mark.took_ms } },
    files: [...files.rows.map(({ path }) => path).filter(exists), ...usageFiles(home)].map((path) => ({
      name: relative(home, path),
      path,
    })),
  };
}
