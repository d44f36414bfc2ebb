import type { BackupContext } from './backups.sql.ts';
import { makeBackup } from './make-backup.client.ts';
import type { BackupRow } from './backups.sql.ts';

/** Rows of backups made before there was a table to keep them in. */
export type Kept = readonly BackupRow[];

/**
 * Tables that hold something and are about to be changed are copied first; without the copy nothing is changed. A new home, and one
 * that is up to date, need none.
 */
export async function backupBeforeUpgrade(
  ctx: BackupContext,
  { level, missing }: { readonly level: number; readonly missing: readonly string[] },
): Promise<Kept> {
  if (level === 0 || missing.length === 0) return [];
  ctx.log.info({ from: level, missing }, 'making a backup before the upgrade');
  let last: BackupRow | undefined;
  try {
    await makeBackup(ctx, { reason: 'before-upgrade' }, async (row) => {
      last = row;
    });
  } catch (error) {
    throw new Error(
      `The tables must be brought up to date (${missing.join(', ')}), and the backup before that failed, so nothing was changed: ` +
        `${error instanceof Error ? error.message : String(error)}\nMake room, or let VOXLOOP_BACKUP_DIR name a place with room, and start again.`,
      { cause: error },
    );
  }
  return last === undefined ? [] : [last];
}
