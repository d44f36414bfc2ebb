import { sql } from 'kysely';
import type { SystemState } from '../../model/system-state.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { healthOf } from './health.sql.ts';
import { diskOf, processState } from './machine.client.ts';
import { isStalled, silentSeconds } from './stalls.ts';

/** A part that could not be looked at is null: the checks say why. */
const orNull = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);

/** Everything that who runs the machine wants to see on one page. Carries no voices. */
export async function systemState(ctx: Context, version: string): Promise<SystemState> {
  const [health, postgres, warehouse, queue, mail, disk, backup, parity, reader] = await Promise.all([
    healthOf(ctx),
    orNull(postgresState(ctx)),
    orNull(warehouseState(ctx)),
    orNull(queueState(ctx)),
    orNull(mailState(ctx)),
    orNull(diskOf(ctx.config)),
    orNull(lastBackup(ctx.db)),
    orNull(lastParity(ctx.db)),
    orNull(readerState(ctx)),
  ]);
  const ticks = ctx.jobs.ticks().map((tick) => ({
    queue: tick.queue,
    every_seconds: tick.everySeconds,
    silent_seconds: silentSeconds(tick),
    running: tick.running,
    stalled: isStalled(tick),
    failed: tick.failed,
  }));
  const about: SystemState['about'] = {
    version,
    database: ctx.config.databaseUrl === null ? 'embedded' : 'external',
    process: processState(),
  };
  return {
    health,
    about,
    postgres,
    warehouse: warehouse === null ? null : { ...warehouse, parity },
    queue,
    ticks,
    mail,
    disk,
    backup,
    reader,
  };
}

type Part<Name extends keyof SystemState> = Promise<NonNullable<SystemState[Name]>>;

async function postgresState(ctx: Context): Part<'postgres'> {
  const before = Date.now();
  const row = await rowOf(
    ctx.db,
    sql<{ version: string; bytes: number; connections: number; most: number; oldest: number | null; now_ms: number }>`
      select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
        (select count(*) from pg_stat_activity where datname = current_database()) as connections, current_setting('max_connections')::int as most,
        (select extract(epoch from clock_timestamp() - min(xact_start))::float8 from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend') as oldest,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`,
  );
  const after = Date.now();
  if (row === undefined) throw new Error('Postgres said nothing');
  const { now_ms, oldest, most, ...rest } = row;
  // Half the way there and back is the best guess of when the database looked at its clock.
  const skew = Math.abs(now_ms - (before + after) / 2) <= (after - before) / 2 ? 0 : Math.round(now_ms - (before + after) / 2);
  return { ...rest, max_connections: most, oldest_transaction_seconds: oldest ?? 0, clock_skew_ms: skew };
}

async function warehouseState(ctx: Context) {
  const [rows, mark] = await Promise.all([
    ctx.warehouse.select('select count(*) as n from voice_rows', [], { timeoutMs: 5000 }),
    rowOf(ctx.db, sql<{ as_of: string | null }>`select as_of from watermarks where follower = 'warehouse'`),
  ]);
  const asOf = mark?.as_of ?? null;
  return {
    engine: ctx.warehouse.dialect.name,
    rows: Number(rows[0]?.['n'] ?? 0),
    as_of: asOf,
    lag_seconds: asOf === null ? null : Math.max(0, Math.round((ctx.clock.nowMs() - Date.parse(asOf)) / 1000)),
  };
}

async function queueState(ctx: Context): Part<'queue'> {
  const [depth, dead, pulse] = await Promise.all([ctx.jobs.depth(), ctx.jobs.dead(), ctx.jobs.pulse()]);
  return {
    depth,
    dead: dead.map(({ payload: _, ...job }) => job),
    oldest_seconds: pulse.oldestSeconds,
    beat_seconds: pulse.beatAgoSeconds,
  };
}

async function mailState(ctx: Context): Part<'mail'> {
  const row = await rowOf(
    ctx.db,
    sql<{ waiting: number; overdue: number; failed: number; suppressed: number; delivered: number; oldest_due: string | null }>`
      select count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'waiting' and due_at < ${ctx.clock.now()}::timestamptz - interval '5 minutes') as overdue,
        count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'suppressed') as suppressed,
        count(*) filter (where state = 'delivered') as delivered, min(due_at) filter (where state = 'waiting') as oldest_due
      from announcements`,
  );
  return {
    configured: ctx.config.smtpUrl !== null,
    ...(row ?? { waiting: 0, overdue: 0, failed: 0, suppressed: 0, delivered: 0, oldest_due: null }),
  };
}

/** The last comparison of the two stores that somebody asked for, as the audit keeps it. */
async function lastParity(db: Db) {
  return (
    (await rowOf(
      db,
      sql<{ at: string; ok: boolean; voices: number; differences: number }>`
        select at, (detail ->> 'ok')::boolean as ok, (detail ->> 'voices')::bigint as voices, (detail ->> 'differences')::bigint as differences
        from audit where action = 'warehouse.parity' order by id desc limit 1`,
    )) ?? null
  );
}

async function readerState(ctx: Context): Part<'reader'> {
  const trained = await rowOf(
    ctx.db,
    sql<{ version: string; trained_at: string }>`select version, trained_at from reader_models where active limit 1`,
  );
  return {
    version: ctx.reader.version,
    pack: ctx.pack.id,
    pack_version: ctx.pack.version,
    leaves: ctx.pack.categories.filter((category) => category.cell !== undefined && category.cell !== null).length,
    trained_at: trained?.version === ctx.reader.version ? trained.trained_at : null,
  };
}

/** The newest backup, once there is a table of them; whatever else it tells is not this page's. */
async function lastBackup(db: Db): Promise<Readonly<Record<string, unknown>> | null> {
  const there = await rowOf(db, sql<{ there: boolean }>`select to_regclass('public.backups') is not null as there`);
  if (there?.there !== true) return null;
  const row = await rowOf(
    db,
    sql<{ backup: Record<string, unknown> }>`select to_jsonb(b) as backup from backups b order by b.started_at desc limit 1`,
  );
  return row?.backup ?? {};
}
