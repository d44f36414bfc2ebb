import { existsSync, mkdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FORMAT, rowsIn } from '../../platform/backup/archive.ts';
import { dumpDatabase } from '../../platform/backup/dump.client.ts';
import { failpoint } from '../../platform/failpoint.client.ts';
import { VERSION } from '../version.ts';
import { backupPlan } from './backup-plan.sql.ts';
import { type BackupContext, type BackupReason, type BackupRow, saveBackup, surplus } from './backups.sql.ts';
import { verifyBackup } from './verify-backup.client.ts';

export interface BackupOptions {
  readonly reason: BackupReason;
  /** A directory, or a file that does not exist yet; else the configured directory. */
  readonly to?: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes a backup, opens the copy, and writes down what became of both. A failure is thrown and stands in the table and the log.
 * Before an upgrade there may be no table yet: then `note` keeps the row until there is one.
 */
export async function makeBackup(
  ctx: BackupContext,
  { reason, to, signal }: BackupOptions,
  note: (row: BackupRow) => Promise<void> = (row) => saveBackup(ctx.db, row),
): Promise<BackupRow> {
  const startedAt = ctx.clock.now();
  const file = placeFor(ctx, startedAt, reason, to);
  let row: BackupRow = { ...EMPTY, id: `bk_${startedAt.replaceAll(/[^0-9TZ]/g, '')}`, started_at: startedAt, reason, file };
  await note(row);
  try {
    const head = {
      product: 'voxloop' as const,
      format: FORMAT,
      version: VERSION,
      created_at: startedAt,
      home: ctx.config.home,
      pack: ctx.config.pack,
    };
    const { bytes, manifest } = await dumpDatabase(
      ctx.pool,
      file,
      head,
      (client) => backupPlan(client, ctx.config.home, existsSync),
      signal,
    );
    failpoint('backup.written');
    const { level, how, broken } = await verifyBackup(ctx, file, reason, signal);
    const voices = Number(manifest.notes['voices'] ?? 0);
    const at = ctx.clock.now();
    row = { ...row, state: 'done', finished_at: at, bytes, rows: rowsIn(manifest), voices, level, verified: how, verified_at: at };
    if (broken !== null) {
      ctx.log.warn({ file, broken }, 'the copy is whole, but it breaks promises as the home itself does; see voxloop fsck');
      row = { ...row, error: `Whole, but the home breaks promises: ${broken}`.slice(0, 2000) };
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    ctx.log.error({ file, error: message }, 'the backup failed');
    // What could not be opened is no backup; a file that looks like one would be found on the day it is needed.
    await rm(file, { force: true });
    await note({ ...row, state: 'failed', finished_at: ctx.clock.now(), error: message.slice(0, 2000) }).catch(() => undefined);
    throw error;
  }
  await note(row);
  return row;
}

/** Removes what newer ones replaced. */
export async function removeSurplus(ctx: BackupContext): Promise<number> {
  const old = await surplus(ctx.db, ctx.config.backups.keep);
  for (const row of old) {
    await rm(row.file, { force: true });
    await saveBackup(ctx.db, { ...row, removed_at: ctx.clock.now() });
  }
  return old.length;
}

function placeFor(ctx: BackupContext, startedAt: string, reason: BackupReason, to: string | undefined): string {
  const name = `voxloop-${startedAt.slice(0, 19).replaceAll(/[-:]/g, '')}Z${reason === 'asked' ? '' : `-${reason}`}`;
  const given = to === undefined ? ctx.config.backups.dir : resolve(to);
  const isDir = to === undefined || to.endsWith('/') || (existsSync(given) && statSync(given).isDirectory());
  if (!isDir) {
    if (existsSync(given)) throw new Error(`${given} exists already; a backup never writes over another file.`);
    return given;
  }
  mkdirSync(given, { recursive: true, mode: 0o700 });
  // Killed and started again within one second: the same name is taken, and what stands there may be whole.
  for (let again = 1; ; again++) {
    const file = join(given, `${name}${again === 1 ? '' : `-${again}`}.tar`);
    if (!existsSync(file)) return file;
  }
}

const EMPTY: Omit<BackupRow, 'id' | 'started_at' | 'reason' | 'file'> = {
  finished_at: null,
  state: 'running',
  bytes: null,
  rows: null,
  voices: null,
  level: null,
  verified: null,
  verified_at: null,
  error: null,
  removed_at: null,
};
