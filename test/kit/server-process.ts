import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askServer } from '../../src/app/control.client.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The product as its users run it: a process of its own, that can be killed. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly base: string;
  /** Resolves when the process has gone, however. */
  readonly gone: Promise<unknown>;
  /** What it wrote to standard output and standard error so far. */
  said(): string;
}

export type Settings = Readonly<Record<string, string>>;
const environment = (home: string, settings: Settings): NodeJS.ProcessEnv => ({
  ...process.env,
  VOXLOOP_HOME: home,
  VOXLOOP_PORT: '0',
  VOXLOOP_SAMPLE: 'none',
  VOXLOOP_LOG: 'error',
  ...settings,
});

/** Starts `npm start`'s program on a home. Null: it was killed before it was ready. */
export async function startServer(
  home: string,
  onSpawn: (child: ChildProcess) => void = () => undefined,
  settings: Settings = {},
): Promise<ServerProcess | null> {
  const child = spawn(join(ROOT, 'scripts/serve'), {
    cwd: ROOT,
    env: environment(home, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onSpawn(child);
  const gone = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const base = await new Promise<string | null>((resolve, reject) => {
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      const ready = /is ready after .*(http:\S+)/.exec(said);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    void gone.then(() =>
      child.signalCode === 'SIGKILL' ? resolve(null) : reject(new Error(`The server ended (${child.exitCode}):\n${said}`)),
    );
  });
  return base === null || child.pid === undefined ? null : { child, pid: child.pid, base, gone, said: () => said };
}

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a process of its own. */
export async function runCli(
  home: string,
  argv: readonly string[],
  onSpawn: (child: ChildProcess, said: () => string) => void = () => undefined,
  settings: Settings = {},
): Promise<Ran> {
  const child = spawn(join(ROOT, 'voxloop'), argv, { cwd: ROOT, env: environment(home, settings), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  onSpawn(child, () => err);
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, out, err };
}

/** A command in the server that holds the home, as the command line would send it; exit null when the server died meanwhile. */
export async function ask(home: string, argv: readonly string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  try {
    const exit = await askServer(home, { argv, cwd: ROOT }, (line) => {
      if (line.out !== undefined) out += `${line.out}\n`;
      if (line.err !== undefined) err += `${line.err}\n`;
    });
    return { exit, out, err };
  } catch (error) {
    return { exit: null, out, err: `${err}${String(error)}` };
  }
}

/** Process ids of a process and everything below it: PostgreSQL and its workers among them. Linux: it reads /proc. */
export function treeOf(root: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = parentOf(name);
      return parent === null ? [] : [[Number(name), parent] as const];
    });
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** Kills without warning: the program alone, or with everything that it started. */
export function killHard(pid: number, what: 'program' | 'tree'): void {
  for (const one of what === 'tree' ? treeOf(pid) : [pid]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}
