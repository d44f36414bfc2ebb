import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from './steps.ts';

/** A project of its own with an npm that only notes how it was called, so that nothing is fetched. */
let base = '';
let project = '';
const LOCK = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: 'x' } } });
const ECHO = `console.log(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() })); process.exitCode = 7;`;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'voxloop-run-'));
  project = join(base, 'a project');
  for (const file of ['scripts/run', 'scripts/ensure.mjs', 'voxloop']) cpSync(join(ROOT, file), join(project, file));
  write('package-lock.json', LOCK);
  write('src/app/cli.ts', ECHO);
  write('wait.ts', `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready');`);
  write(
    'bin/npm',
    `#!/bin/sh\necho "$@" >> "${base}/npm-calls"; echo noise; sleep 0.3; mkdir -p node_modules; touch node_modules/installed\n`,
  );
  chmodSync(join(project, 'bin/npm'), 0o755);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(project, 'bin')}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
});
const npmCalls = (): number =>
  existsSync(join(base, 'npm-calls')) ? readFileSync(join(base, 'npm-calls'), 'utf8').trim().split('\n').length : 0;
const run = (command: string, ...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(command, args, { cwd: base, env: env(), encoding: 'utf8' });

test('the command line works from any directory and through a link, passes arguments and exit code, and prints nothing else', () => {
  symlinkSync(join(project, 'voxloop'), join(base, 'vox'));
  const done = run(join(base, 'vox'), 'a', 'b c', '');
  expect(JSON.parse(done.stdout)).toEqual({ args: ['a', 'b c', ''], cwd: base });
  expect(done.status).toBe(7);
  expect(done.stderr).toContain('installing packages');
});

test('packages are installed once, and again when the lockfile changes', () => {
  for (let i = 0; i < 3; i++) run(join(project, 'voxloop'));
  expect(npmCalls()).toBe(1);
  write('package-lock.json', LOCK.replace('1.0.0', '1.0.1'));
  run(join(project, 'voxloop'));
  expect(npmCalls()).toBe(2);
});

test('what npm installed by itself is recognised', () => {
  write('node_modules/.package-lock.json', LOCK);
  run(join(project, 'voxloop'));
  expect(npmCalls()).toBe(0);
});

test('two that start at once install once, and both run', async () => {
  const starts = [1, 2, 3].map(async () => {
    const child = spawn(join(project, 'voxloop'), [], { cwd: base, env: env(), stdio: 'ignore' });
    return (await once(child, 'exit')) as [number | null];
  });
  expect((await Promise.all(starts)).map(([code]) => code)).toEqual([7, 7, 7]);
  expect(npmCalls()).toBe(1);
});

test('an install that fails says so and runs nothing', () => {
  write('bin/npm', '#!/bin/sh\nexit 3\n');
  const done = run(join(project, 'voxloop'));
  expect(done.status).toBe(1);
  expect(done.stdout).toBe('');
  expect(done.stderr).toMatch(/could not be installed/);
  expect(existsSync(join(project, '.installing'))).toBe(false);
});

test('a signal reaches the script, and its exit code comes back', async () => {
  const child = spawn(join(project, 'scripts/run'), ['wait.ts'], { cwd: project, env: env(), stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([9, null]);
});
