import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdHome, HomeHeldError } from './home-lock.client.ts';

const MODULE = join(import.meta.dirname, 'home-lock.client.ts');
let dir = '';
let home = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'voxloop-lock-'));
  home = join(dir, 'home');
});

afterEach(async () => {
  for (const child of children.splice(0)) await killed(child);
  rmSync(dir, { recursive: true, force: true });
});

/** Another process that takes the home and keeps it. */
async function holder(): Promise<ChildProcess> {
  const code = `import { holdHome } from ${JSON.stringify(MODULE)}; holdHome(${JSON.stringify(home)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function refusal(): HomeHeldError {
  try {
    holdHome(home).release();
  } catch (error) {
    if (error instanceof HomeHeldError) return error;
    throw error;
  }
  throw new Error('The home was free.');
}

test('a home is made for its owner only, can be held once, and again after it was released', () => {
  const held = holdHome(home);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(refusal().pid).toBe(process.pid);
  held.release();
  holdHome(home).release();
});

test('a second process is told who holds the home', async () => {
  const child = await holder();
  const error = refusal();
  expect(error.pid).toBe(child.pid);
  expect(error.message).toContain(`process ${child.pid}`);
  expect(Date.parse(error.since ?? '')).toBeGreaterThan(0);
});

test('a killed process lets go at once, without anybody cleaning up', async () => {
  await killed(await holder());
  holdHome(home).release();
});

test('a stopped process still holds its home', async () => {
  const child = await holder();
  child.kill('SIGSTOP');
  expect(refusal().pid).toBe(child.pid);
});
