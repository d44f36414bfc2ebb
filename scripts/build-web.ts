import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './steps.ts';

export const WEB_DIR = join(ROOT, 'dist', 'web');
const STAMP = join(WEB_DIR, '.sources');
/** What the browser's code is made of. */
const SOURCES = [
  'src/web/**/*',
  'src/model/**/*.ts',
  'docs/guide/*.md',
  'vite.config.ts',
  'scripts/antd-styles.ts',
  'tsconfig.web.json',
  'tsconfig.base.json',
  'package-lock.json',
];

/** Builds the web when its sources are not those of the last build; says so, because it takes some seconds. */
export async function ensureWebBuilt(log: (text: string) => void): Promise<void> {
  const wanted = hashOfSources();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  log('Building the web …');
  buildWeb(wanted);
}

/** Into a directory aside, swapped in when whole: a server that runs meanwhile never serves half a build. */
export function buildWeb(hash = hashOfSources()): void {
  const draft = join(ROOT, 'dist', `web.new-${process.pid}`);
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  try {
    const args = [vite, 'build', '--logLevel', 'warn', '--outDir', draft, '--emptyOutDir'];
    const done = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    if (done.status !== 0)
      throw new Error(`The web could not be built:\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`);
    writeFileSync(join(draft, '.sources'), hash);
    const old = `${WEB_DIR}.old-${process.pid}`;
    if (existsSync(WEB_DIR)) renameSync(WEB_DIR, old);
    renameSync(draft, WEB_DIR);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function hashOfSources(): string {
  const files = globSync(SOURCES, { cwd: ROOT })
    .filter((file) => !file.includes('.test.'))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(ROOT, file);
    if (statSync(path).isFile()) hash.update(`${file}\u0000`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

if (import.meta.main) buildWeb();
