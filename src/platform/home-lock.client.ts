import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Instant } from '../model/ids.ts';

export interface HeldHome {
  release(): void;
}

const holderSchema = z.object({ pid: z.number(), since: z.string(), command: z.string() });

/** Who holds a home; null where the note could not be read (it is written just after the lock is taken). */
export class HomeHeldError extends Error {
  override readonly name = 'HomeHeldError';
  readonly home: string;
  readonly pid: number | null;
  readonly since: Instant | null;
  readonly command: string | null;

  constructor(home: string, holder: z.infer<typeof holderSchema> | null) {
    const who = holder === null ? 'another process' : `process ${holder.pid} (${holder.command}) since ${holder.since}`;
    super(`The home ${home} is in use by ${who}. Stop it, or choose another home with VOXLOOP_HOME.`);
    this.home = home;
    this.pid = holder?.pid ?? null;
    this.since = holder?.since ?? null;
    this.command = holder?.command ?? null;
  }
}

/** A lock that nobody refers to would be collected as garbage, and let go. */
const held = new Set<DatabaseSync>();

/**
 * Takes the home for this process, or throws at once. The lock is the kernel's: it ends with the process however that ends
 * (a file with a process number in it would outlive a kill), and a stopped process still holds it. Node has no file locks
 * of its own, but its SQLite does; that file carries nothing else. Nobody else may open it: closing any handle of it lets go.
 */
export function holdHome(home: string): HeldHome {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const lock = open(home);
  const note = join(home, 'holder.json');
  const holder = { pid: process.pid, since: new Date().toISOString(), command: process.argv.slice(1).join(' ') };
  writeFileSync(`${note}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(`${note}.new`, note);
  held.add(lock);
  return {
    release: () => {
      if (held.delete(lock)) lock.close();
    },
  };
}

function open(home: string): DatabaseSync {
  const file = join(home, 'lock');
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; pragma journal_mode = memory; begin exclusive');
    chmodSync(file, 0o600);
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) throw new HomeHeldError(home, holderOf(home));
    throw error;
  }
}

function holderOf(home: string): z.infer<typeof holderSchema> | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(home, 'holder.json'), 'utf8')));
  } catch {
    return null;
  }
}
