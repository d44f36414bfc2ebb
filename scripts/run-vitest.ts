import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Counts } from './count-reporter.ts';
import { ROOT } from './steps.ts';

/** Runs vitest on our own Node and counts; a run that ended without counting is one failure. */
export function runVitest(args: readonly string[], env: Readonly<Record<string, string>> = {}): Counts {
  const dir = mkdtempSync(join(tmpdir(), 'voxloop-counts-'));
  const target = join(dir, 'counts.json');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', `--reporter=${join(ROOT, 'scripts', 'count-reporter.ts')}`];
  try {
    const done = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env, VOXLOOP_TEST_COUNTS: target },
    });
    const counts = countsIn(target);
    if (counts !== null && (done.status === 0 || counts.failed > 0)) return counts;
    const { passed, failed, failures, skipped } = counts ?? { passed: 0, failed: 0, failures: [], skipped: [] };
    const why = `ended with ${done.signal ?? `exit code ${done.status}`}`;
    return { passed, failed: failed + 1, failures: [...failures, { test: 'the whole run', why }], skipped };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function countsIn(file: string): Counts | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return null;
  }
}
