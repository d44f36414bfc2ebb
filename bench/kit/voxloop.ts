import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the command line as a user would, with a home of its own. */
export function startVoxloop(
  home: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(join(ROOT, 'voxloop'), argv, {
    cwd: ROOT,
    env: { ...process.env, VOXLOOP_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return { child, ended: once(child, 'close').then(([exit]) => ({ exit: exit as number | null, out, err })) };
}

/** Runs a command to its end and reads the JSON line that it ends with. */
export async function voxloop(home: string, ...argv: readonly string[]): Promise<Record<string, unknown>> {
  return lastLine(await startVoxloop(home, argv).ended, argv);
}

export function lastLine({ exit, out, err }: Ended, argv: readonly string[]): Record<string, unknown> {
  if (exit !== 0) throw new Error(`voxloop ${argv.join(' ')} ended with ${exit}:\n${err}${out}`);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
}
