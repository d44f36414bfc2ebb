import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, statfs } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkArchive } from '../../platform/backup/read-archive.client.ts';
import type { BackupContext, BackupReason } from './backups.sql.ts';

/** Up to here the copy is restored for real: some 400,000 voices, about a minute of one core. Above, every byte is read again. */
const MOST_RESTORED_BYTES = 96 * 1024 * 1024;
/** What a restored home takes on the disk, of the archive's size, and what any home takes. */
const GROWTH = 12;
const EMPTY_HOME_BYTES = 400 * 1024 * 1024;
const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));

export interface Verified {
  readonly how: 'restored' | 'read';
  readonly level: number;
  /** Promises that the copy breaks, as the home it was made of does: the copy is good all the same, and the best there is. */
  readonly broken: string | null;
}

/**
 * Opens the copy: reads all of it against its checksums and counts, and, where it is small enough, restores it into a scratch
 * home with a database of its own and checks every promise there. Throws when anything is wrong. An upgrade waits for the
 * first only, because everybody waits for the upgrade.
 */
export async function verifyBackup(ctx: BackupContext, file: string, reason: BackupReason, signal?: AbortSignal): Promise<Verified> {
  const { head, bytes } = await checkArchive(file);
  const level = head.migrations.at(-1)?.number ?? 0;
  const tmp = join(ctx.config.home, 'tmp');
  await mkdir(tmp, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(tmp);
  const fits = bavail * bsize > 2 * (EMPTY_HOME_BYTES + GROWTH * bytes);
  if (reason === 'before-upgrade' || bytes > MOST_RESTORED_BYTES || !fits) return { how: 'read', level, broken: null };
  const scratch = join(tmp, 'verify');
  await rm(scratch, { recursive: true, force: true });
  try {
    await mkdir(scratch, { mode: 0o700 });
    // The reader's model is learnt from the pack; learning it again would only cost time.
    const cache = join(ctx.config.home, 'cache');
    if (existsSync(cache)) await cp(cache, join(scratch, 'cache'), { recursive: true });
    return { how: 'restored', level, broken: await restoreApart(ctx, file, scratch, signal) };
  } finally {
    // A home is more than a thousand files: removing them in one go held the event loop up for a quarter of a second.
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** In a process of its own, behind everybody who works; without the mail server, so that nothing can be sent from there. */
function restoreApart({ config }: BackupContext, file: string, scratch: string, signal: AbortSignal | undefined): Promise<string | null> {
  const child = spawn(process.execPath, [CLI, 'restore', file, '--into', scratch, '--json'], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      VOXLOOP_HOME: scratch,
      VOXLOOP_LOG: 'error',
      VOXLOOP_PACK: config.pack,
      VOXLOOP_TIMEZONE: config.timeZone,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) setPriority(child.pid, 5);
  let said = '';
  let told = '';
  child.stdout.on('data', (part: Buffer) => (told += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-2000)));
  const stop = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => {
      signal?.removeEventListener('abort', stop);
      const broken = brokenOf(told);
      if (exit === 0) resolve(null);
      else if (broken !== null) resolve(broken);
      else reject(new Error(`The backup was written, but could not be restored for a trial (${exit}): ${said.trim()}`));
    });
  });
}

/** What a restore that came to its end says about promises; null: it did not come to its end. */
function brokenOf(told: string): string | null {
  try {
    const { checks } = JSON.parse(told) as { checks: readonly { id: string; ok: boolean; problems: readonly string[] }[] };
    const broken = checks.filter((check) => !check.ok).map((check) => `${check.id} ${check.problems[0] ?? ''}`);
    return broken.length === 0 ? null : broken.join('; ');
  } catch {
    return null;
  }
}
