import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { packModel } from '../../src/app/context.ts';
import type { Pack } from '../../src/model/pack.ts';
import { loadPack, packDirectory } from '../../src/understand/load-pack.client.ts';
import { OLD_HOME } from './old-home.ts';
import { runCli } from './server-process.ts';

/** What a pack teaches, learnt once per run: it takes seconds. */
export const learntModel = (pack: Pack): { version: string; weights: Uint8Array } => packModel(pack, inject('runDir'));

/** Gives a home that has never been opened what its pack teaches. */
export async function layDownModel(home: string, pack = 'telecom-zh'): Promise<void> {
  learntModel(await loadPack(packDirectory(pack)));
  cpSync(join(inject('runDir'), 'cache'), join(home, 'cache'), { recursive: true });
}

/** Lays down a home as its first start leaves it: the cluster, the tables and the model are made once per run, and copied. */
export const layDownEmptyHome = (home: string): Promise<void> => layDown('empty', home, ['fsck']);

/** Lays down the home of the old version, restored and brought up to date; made once per run, and copied. */
export const layDownRestoredHome = (home: string): Promise<void> => layDown('restored', home, ['restore', OLD_HOME]);

async function layDown(name: string, home: string, words: readonly string[]): Promise<void> {
  const made = join(inject('runDir'), name);
  if (!existsSync(made)) await make(made, words);
  cpSync(made, home, { recursive: true });
}

/** Aside, and renamed when whole: two processes may begin at once, and the first to end is the one that counts. */
async function make(made: string, words: readonly string[]): Promise<void> {
  const home = `${made}.new-${process.pid}`;
  mkdirSync(home, { mode: 0o700 });
  await layDownModel(home);
  const ran = await runCli(home, words);
  if (ran.exit !== 0) throw new Error(`voxloop ${words.join(' ')} ended with ${ran.exit}:\n${ran.err}`);
  try {
    renameSync(home, made);
  } catch {
    // The other was first.
    rmSync(home, { recursive: true });
  }
}
