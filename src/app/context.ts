import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { pino } from 'pino';
import type { Pack } from '../model/pack.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { holdHome } from '../platform/home-lock.client.ts';
import { openJobs } from '../platform/jobs/pg-boss.client.ts';
import { timeSortedIds } from '../platform/new-id.ts';
import { connect, type ConnectOptions } from '../platform/postgres/connect.client.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';
import { startEmbedded } from '../platform/postgres/embedded.client.ts';
import { migrate, pendingMigrations } from '../platform/postgres/migrate.client.ts';
import { movedWall } from '../platform/test-clock.client.ts';
import { watchedClock } from '../platform/watched-clock.ts';
import { lowerPriority } from '../platform/thread-priority.client.ts';
import { openDuckDb } from '../platform/warehouse/duckdb.client.ts';
import { ensureOperator } from '../people/operator.sql.ts';
import { WAREHOUSE_TABLES } from '../analyse/index.ts';
import { forgetEndedFiles } from '../ingest/import-batches.sql.ts';
import { endAbandonedImports } from '../ingest/open-imports.sql.ts';
import { askRuleSegments } from '../ingest/rule-segments.job.ts';
import { sweepSpool } from '../ingest/spool.client.ts';
import { defaultModel, serialiseModel } from '../understand/index.ts';
import { loadPack, packDirectory } from '../understand/load-pack.client.ts';
import { activeModel } from '../understand/models.sql.ts';
import { startReaderThread } from '../understand/reader-thread.client.ts';
import { seedRules } from '../warn/rules.sql.ts';
import { backupBeforeUpgrade, type Kept } from './backup/before-upgrade.client.ts';
import { closeCutOff, saveBackup } from './backup/backups.sql.ts';
import { refuseUnfinished, refuseUnfinishedIn } from './backup/unfinished.client.ts';
import { jobDefinitions } from './jobs.ts';
import { readAnew } from './undo/read-anew.sql.ts';

/** An import stores and asks, the follower reads, jobs read voices: each one connection, and one to spare. */
const BULK_CONNECTIONS = 5;
/** A backup copies, pairs are read, the stores are compared, a unit moves: each may take minutes. */
const PATIENT_CONNECTIONS = 4;
const PATIENT_MS = 15 * 60_000;

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

export interface OpenHome {
  readonly ctx: Context;
  /** Starts to work on jobs and ticks. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a home: takes it, starts its stores, migrates, and builds the context. What was opened is closed again when a later part fails. */
export async function openHome(config: Config, { restoring = false }: { readonly restoring?: boolean } = {}): Promise<OpenHome> {
  const closers: (() => Promise<void> | void)[] = [];
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    for (const one of closers.splice(0).toReversed()) await one();
  };
  try {
    const held = holdHome(config.home);
    closers.push(() => held.release());
    if (!restoring) refuseUnfinished(config.home);
    const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }));
    const url = config.databaseUrl ?? (await embedded(config, log, closers));
    const connection = await connect(url, { max: 12, onError: (error) => closing || log.warn({ error: error.message }, 'postgres') });
    closers.push(() => connection.close());
    const { db } = connection;
    const giveWay: ConnectOptions = {
      // Helpers of a backend would not give way as it does; and what is sorted here are whole imports.
      settings: { max_parallel_workers_per_gather: 0, work_mem: '64MB' },
      onError: (error) => closing || log.warn({ error: error.message }, 'postgres'),
      // On a server of somebody else's the numbers of its processes mean nothing here.
      ...(config.databaseUrl === null ? { onBackend: lowerPriority } : {}),
    };
    const bulk = await connect(url, { ...giveWay, max: BULK_CONNECTIONS, applicationName: 'voxloop-bulk' });
    closers.push(() => bulk.close());
    const patient = await connect(url, {
      ...giveWay,
      max: PATIENT_CONNECTIONS,
      applicationName: 'voxloop-patient',
      statementTimeoutMs: PATIENT_MS,
    });
    closers.push(() => patient.close());
    await refuseUnfinishedIn(db);
    const kept: Kept = await backupBeforeUpgrade(
      { config, db, pool: patient.pool, clock: systemClock, log },
      await pendingMigrations(db, MIGRATIONS),
    );
    await bringUpToDate(url);
    await closeCutOff(db, systemClock.now());
    for (const row of kept) await saveBackup(db, row);
    const pack = await loadPack(packDirectory(config.pack));
    const model = (await activeModel(db)) ?? packModel(pack, config.home);
    const reader = startReaderThread(pack, model.weights, model.version);
    closers.push(() => reader.close());
    const warehouse = await openDuckDb({
      file: join(config.home, 'warehouse.duckdb'),
      tempDir: join(config.home, 'tmp'),
      tables: WAREHOUSE_TABLES,
      log,
    });
    closers.push(() => warehouse.close());
    // The home is ours alone, and so is a database inside it.
    const jobs = await openJobs(url, db, jobDefinitions, log, { alone: config.databaseUrl === null });
    closers.push(() => jobs.stop());
    const wall = config.testClock === null ? Date.now : movedWall(config.testClock);
    const clock = watchedClock(
      wall,
      () => performance.now(),
      (byMs) =>
        log.warn(
          { bySeconds: Math.round(byMs / 1000) },
          'the clock of this machine jumped; timers wait until it is right, or stands for 5 minutes',
        ),
    );
    const ctx: Context = {
      config,
      db,
      bulk: bulk.db,
      patient: patient.db,
      pool: patient.pool,
      warehouse,
      clock,
      random: Math.random,
      ids: timeSortedIds(clock, await lastId(db)),
      jobs,
      log,
      pack,
      reader,
    };
    await inTransaction(db, async (tx) => {
      await ensureOperator(tx);
      await seedRules(tx, ctx);
      await askRuleSegments(tx, ctx);
    });
    await readAnew(ctx);
    await endAbandonedImports(ctx);
    if (!restoring) await sweepUploads(config.home, db);
    return { ctx, work: () => jobs.work(ctx), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Uploads of what ended for good, and what a crash left half way. Nobody uploads yet. */
async function sweepUploads(home: string, db: Db): Promise<void> {
  const open = await forgetEndedFiles(db, join(home, 'spool'));
  await sweepSpool(home, new Set(open.map((path) => basename(path))));
}

/** On a connection of its own, because a migration may take long without a word. */
async function bringUpToDate(url: string): Promise<void> {
  const patient = await connect(url, { max: 1, statementTimeoutMs: 0 });
  try {
    await migrate(patient.db, MIGRATIONS);
  } finally {
    await patient.close();
  }
}

async function embedded(config: Config, log: pino.Logger, closers: (() => Promise<void> | void)[]): Promise<string> {
  const server = await startEmbedded({ dir: join(config.home, 'postgres'), log: plainLog(log) });
  closers.push(() => server.stop());
  return server.url;
}

const plainLog = (log: pino.Logger) => ({ info: (text: string) => log.info(text), warn: (text: string) => log.warn(text) });

/** The model that the pack's examples teach, kept in the home so that it is learnt once. */
export function packModel(pack: Pack, home: string): { version: string; weights: Uint8Array } {
  const hash = createHash('sha256')
    .update(JSON.stringify([pack.examples, pack.terms, pack.synonyms, pack.everyday, pack.talk, pack.feelings, READER_CODE]))
    .digest('hex')
    .slice(0, 8);
  const version = `${pack.id}-${pack.version}-${hash}`;
  const file = join(home, 'cache', `reader-${version}.bin`);
  try {
    return { version, weights: readFileSync(file) };
  } catch {
    const weights = serialiseModel(defaultModel(pack, 1));
    mkdirSync(join(home, 'cache'), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.${process.pid}`, weights, { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
    return { version, weights };
  }
}

/** Raised when the way of learning or reading changes, so that an old home learns again. */
const READER_CODE = 3;

/** Ids rise for ever, even when the machine's clock is set back. */
async function lastId(db: Db): Promise<number> {
  const row = await rowOf(
    db,
    sql<{ last: number }>`
      select greatest(coalesce((select max(id) from voices), 0), coalesce((select max(id) from audit), 0)) as last`,
  );
  return row?.last ?? 0;
}
