import { sql } from 'kysely';
import type pg from 'pg';
import type { Context } from '../../platform/context.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';

/** What making and opening a backup needs: an upgrade has no more of a context yet. */
export type BackupContext = Pick<Context, 'db' | 'config' | 'clock' | 'log'> & { readonly pool: pg.Pool };
export type BackupReason = 'asked' | 'scheduled' | 'before-upgrade';

export interface BackupRow {
  readonly id: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly reason: BackupReason;
  readonly state: 'running' | 'done' | 'failed';
  readonly file: string;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly voices: number | null;
  readonly level: number | null;
  readonly verified: 'restored' | 'read' | null;
  readonly verified_at: string | null;
  readonly error: string | null;
  readonly removed_at: string | null;
}

/** Newest first. */
export const backupsOf = (db: Db, limit = 100): Promise<readonly BackupRow[]> =>
  rowsOf(db, sql<BackupRow>`select * from backups order by started_at desc, id desc limit ${limit}`);

/** Writes a backup down, or what became of it. */
export async function saveBackup(db: Db, row: BackupRow): Promise<void> {
  await sql`
    insert into backups (id, started_at, finished_at, reason, state, file, bytes, rows, voices, level, verified, verified_at, error, removed_at)
    values (${row.id}, ${row.started_at}, ${row.finished_at}, ${row.reason}, ${row.state}, ${row.file}, ${row.bytes}, ${row.rows}, ${row.voices},
      ${row.level}, ${row.verified}, ${row.verified_at}, ${row.error}, ${row.removed_at})
    on conflict (id) do update set finished_at = excluded.finished_at, state = excluded.state, bytes = excluded.bytes, rows = excluded.rows,
      voices = excluded.voices, level = excluded.level, verified = excluded.verified, verified_at = excluded.verified_at, error = excluded.error,
      removed_at = excluded.removed_at`.execute(db);
}

/** One process holds a home, so what runs when it begins was cut off with the one before. */
export async function closeCutOff(db: Db, now: string): Promise<void> {
  await sql`update backups set state = 'failed', finished_at = ${now}, error = 'The program ended while this backup was being made.'
    where state = 'running'`.execute(db);
}

/** When this home began, when the last backup succeeded, and when one was last tried. */
export async function lastBackups(
  db: Db,
): Promise<{ readonly began: string; readonly done: string | null; readonly tried: string | null }> {
  const rows = await rowsOf(
    db,
    sql<{ began: string; done: string | null; tried: string | null }>`
      select (select min(applied_at) from schema_migrations) as began,
        (select max(started_at) from backups where state = 'done') as done, (select max(started_at) from backups) as tried`,
  );
  return rows[0] ?? { began: '1970-01-01T00:00:00.000Z', done: null, tried: null };
}

/** Scheduled ones beyond the newest so many, and all but the last two from before upgrades. What somebody asked for stays. */
export const surplus = (db: Db, keep: number): Promise<readonly BackupRow[]> =>
  rowsOf(
    db,
    sql<BackupRow>`
      select * from (
        select b.*, row_number() over (partition by reason order by started_at desc, id desc) as place from backups b
        where state = 'done' and removed_at is null and reason <> 'asked') ranked
      where place > case when reason = 'scheduled' then ${keep}::int else 2 end`,
  );
