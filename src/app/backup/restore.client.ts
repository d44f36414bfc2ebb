import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { pino } from 'pino';
import { rebuildWarehouse } from '../../analyse/follow-warehouse.job.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import { memberNamed } from '../../people/members.sql.ts';
import { UnusableBackup, rowsIn } from '../../platform/backup/archive.ts';
import { loadSection, loadTables, placeFiles } from '../../platform/backup/load.client.ts';
import { type CheckedArchive, checkArchive } from '../../platform/backup/read-archive.client.ts';
import type { Config } from '../../platform/config.ts';
import { failpoint } from '../../platform/failpoint.client.ts';
import { holdHome } from '../../platform/home-lock.client.ts';
import { openJobs } from '../../platform/jobs/pg-boss.client.ts';
import { type Connection, connect } from '../../platform/postgres/connect.client.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { startEmbedded } from '../../platform/postgres/embedded.client.ts';
import { migrate, readMigrations } from '../../platform/postgres/migrate.client.ts';
import { readVoicesJob } from '../../understand/read-voices.job.ts';
import { unreadSpan } from '../../understand/read-voices.sql.ts';
import { evaluateRules } from '../../warn/evaluate-rules.job.ts';
import { openHome } from '../context.ts';
import { type Check, fsck } from '../fsck.ts';
import { jobDefinitions } from '../jobs.ts';
import { jobsAside, sortIntoQueue } from './restore-queue.sql.ts';
import { noteUnfinished, noteUnfinishedIn, whatLiesIn } from './unfinished.client.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

export interface Restored {
  readonly made_at: string;
  readonly version: string;
  readonly rows: number;
  readonly voices: number;
  readonly files: number;
  readonly jobs: { readonly waiting: number; readonly dead: number; readonly unknown: number };
  readonly checks: readonly Check[];
  readonly ok: boolean;
}

/** Reads the whole archive and looks at where it should go. Throws with everything that is wrong; touches nothing. */
export async function checkRestore(config: Config, file: string): Promise<CheckedArchive> {
  const archive = await checkArchive(file);
  const ours = new Map(readMigrations(MIGRATIONS).map((one) => [one.number, one.checksum]));
  const strange = archive.head.migrations.filter((one) => ours.get(one.number) !== one.checksum).map((one) => one.name);
  if (strange.length > 0)
    throw new UnusableBackup(
      `${file} was made by Voxloop ${archive.head.version} with tables that this version does not know (${strange.join(', ')}); restore it with that version. Nothing was touched.`,
    );
  const lying = whatLiesIn(config.home);
  if (lying.length > 0)
    throw new UnusableBackup(
      `The home ${config.home} is not empty (${lying.slice(0, 5).join(', ')}); a restore never writes over one. Name another with --into, or move it away. Nothing was touched.`,
    );
  if (config.databaseUrl !== null) await refuseFullDatabase(config.databaseUrl);
  return archive;
}

async function refuseFullDatabase(url: string): Promise<void> {
  const connection = await connect(url, { max: 1 });
  try {
    const found = await rowOf(
      connection.db,
      sql<{ n: number }>`select count(*) as n from pg_class where relkind in ('r', 'p') and relnamespace in
        (select oid from pg_namespace where nspname in ('public', 'pgboss'))`,
    );
    if ((found?.n ?? 0) > 0)
      throw new UnusableBackup(
        `The database of VOXLOOP_DATABASE_URL is not empty (${found?.n} tables); a restore needs an empty one. Nothing was touched.`,
      );
  } finally {
    await connection.close();
  }
}

/** Makes a home out of a backup: tables at its level, rows, newer migrations, queue, files, warehouse; then checks every promise. */
export async function restoreHome(config: Config, file: string, say: (text: string) => void): Promise<Restored> {
  const archive = await checkRestore(config, file);
  say(`The backup of ${archive.head.created_at} is whole: ${rowsIn(archive.manifest)} rows.`);
  const done = await startedRestore(config, archive, say);
  const restored = await finish(config, archive, done.jobs, say);
  done.end();
  return restored;
}

async function startedRestore(
  config: Config,
  archive: CheckedArchive,
  say: (text: string) => void,
): Promise<{ readonly jobs: Restored['jobs']; end(): void }> {
  const held = holdHome(config.home);
  try {
    const end = noteUnfinished(config.home, archive.path);
    const jobs = await withDatabase(config, async (connection, url) => {
      const endInside = await noteUnfinishedIn(connection.db, archive.path);
      const poured = await pour(config, archive, connection, url);
      failpoint('restore.loaded');
      await endInside();
      return poured;
    });
    await placeFiles(archive, config.home);
    say(`Rows and files are in place; ${jobs.waiting} jobs wait again.`);
    return { jobs, end };
  } finally {
    held.release();
  }
}

async function withDatabase<T>(config: Config, work: (connection: Connection, url: string) => Promise<T>): Promise<T> {
  const log = { info: () => undefined, warn: (text: string) => process.stderr.write(`${text}\n`) };
  const server = config.databaseUrl === null ? await startEmbedded({ dir: join(config.home, 'postgres'), log }) : null;
  try {
    const url = config.databaseUrl ?? server?.url ?? '';
    const connection = await connect(url, { max: 3, statementTimeoutMs: 0 });
    try {
      return await work(connection, url);
    } finally {
      await connection.close();
    }
  } finally {
    await server?.stop();
  }
}

/** Rows come at the archive's own level; the newer migrations then change them as they would have changed the old home. */
export async function pour(config: Config, archive: CheckedArchive, { db, pool }: Connection, url: string): Promise<Restored['jobs']> {
  await layDown(archive, { db, pool });
  await sql`update import_batches set file_path = ${config.home} || substr(file_path, ${archive.head.home.length + 1}::int)
    where starts_with(file_path, ${`${archive.head.home}/`})`.execute(db);
  await migrate(db, MIGRATIONS);
  // Makes the queue's own tables, as this version wants them.
  const queue = await openJobs(url, db, jobDefinitions, pino({ level: 'silent' }));
  await queue.stop();
  return restoreQueue(pool, archive);
}

/** The tables and rows of the archive, at the level at which it was made. */
export async function layDown(archive: CheckedArchive, { db, pool }: Pick<Connection, 'db' | 'pool'>): Promise<void> {
  await migrate(db, MIGRATIONS, { upTo: archive.head.migrations.at(-1)?.number ?? 0 });
  const warn = archive.manifest.notes['warn'] as { as_of: string | null; took_ms: number } | null | undefined;
  await loadTables(pool, archive, async (client) => {
    // The warehouse follows from the beginning; the rules go on where they were.
    if (warn === null || warn === undefined) return;
    await client.query(`insert into watermarks (follower, tx, as_of, took_ms) values ('warn', pg_current_xact_id(), $1, $2)`, [
      warn.as_of,
      warn.took_ms,
    ]);
  });
}

async function restoreQueue(pool: Connection['pool'], archive: CheckedArchive): Promise<Restored['jobs']> {
  const section = archive.manifest.sections.find((one) => one.name === 'tables/queue');
  if (section === undefined) return { waiting: 0, dead: 0, unknown: 0 };
  const client = await pool.connect();
  try {
    await client.query('begin');
    await loadSection(client, archive, section, await jobsAside(client));
    const sorted = await sortIntoQueue(client);
    await client.query('commit');
    return sorted;
  } finally {
    client.release(true);
  }
}

/**
 * Opens the new home as a start would, but without workers: no mail leaves from here. What was not read or looked at yet is read
 * now, so that every promise can be checked.
 */
async function finish(config: Config, archive: CheckedArchive, jobs: Restored['jobs'], say: (text: string) => void): Promise<Restored> {
  const home = await openHome(config, { restoring: true });
  try {
    const { ctx } = home;
    const unread = await unreadSpan(ctx.db, ctx.reader.version);
    if (unread !== null) await readVoicesJob.run(ctx, unread, new AbortController().signal);
    const { rows } = await rebuildWarehouse(ctx);
    say(`The warehouse holds ${rows} rows again.`);
    await evaluateRules(ctx);
    const { ok, checks, voices } = await fsck(ctx);
    const { head, manifest } = archive;
    await writeAudit(ctx.db, {
      ctx,
      viewer: (await memberNamed(ctx.db, 'operator')) ?? null,
      via: 'cli',
      action: 'home.restore',
      subjectKind: 'backup',
      subjectId: head.created_at,
      detail: { made_at: head.created_at, version: head.version, rows: rowsIn(manifest) },
    });
    return {
      made_at: head.created_at,
      version: head.version,
      rows: rowsIn(manifest),
      voices,
      files: manifest.files.length,
      jobs,
      checks,
      ok,
    };
  } finally {
    await home.close();
  }
}
