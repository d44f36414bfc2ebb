import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareBinaries, type Binaries } from './binaries.client.ts';
import { clearLeftovers, emptied, sendSignal } from './leftovers.client.ts';
import { serverSettings } from './server-settings.ts';
import { handOver, serverUser, type ServerUser } from './server-user.client.ts';

export interface Embedded {
  readonly url: string;
  /** Process id of the postmaster that runs now. */
  readonly pid: number;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Directory of our own; holds the cluster and its password. The caller makes sure that only one process uses it. */
  readonly dir: string;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** false: nothing is forced to disk; for tests only. */
  readonly durable?: boolean;
  /** How PostgreSQL is kept from running as root; found out by itself. */
  readonly user?: ServerUser;
}

interface Setup {
  readonly binaries: Binaries;
  readonly user: ServerUser;
  readonly cluster: string;
  readonly durable: boolean;
}

interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
}

/** A server that ran so long was well; one that keeps dying is started again after longer and longer rests. */
const STEADY_MS = 60_000;
const LONGEST_REST_MS = 5_000;

/** Starts the PostgreSQL that came with npm on its own directory: made when missing, recovered when it crashed. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dir, log } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const setup: Setup = {
    binaries: prepareBinaries(join(dir, 'lib')),
    user: options.user ?? serverUser(),
    cluster: join(dir, 'data'),
    durable: options.durable ?? true,
  };
  handOver(dir, setup.user, [setup.binaries.postgres, setup.binaries.initdb]);
  if (!existsSync(setup.cluster)) initialise(dir, setup);
  // PostgreSQL refuses a directory that others may enter, which is what a plain copy of a home makes of it.
  chmodSync(setup.cluster, 0o700);
  const password = readFileSync(join(dir, 'password'), 'utf8').trim();
  await clearLeftovers(setup.cluster, (text) => log.warn(text));
  const port = await freePort();
  let running = await launch(setup, port);
  let stopping = false;
  let restarting: Promise<void> | null = null;
  let died = 0;
  const watch = (now: Running): void => {
    const watcher = stopWithUs(now.pid);
    const since = performance.now();
    now.child.once('exit', () => {
      watcher.kill('SIGKILL');
      if (performance.now() - since > STEADY_MS) died = 0;
      if (!stopping) restarting = restart().finally(() => (restarting = null));
    });
  };
  // A postmaster that dies under us (out of memory, a full disk, an administrator) comes back on the same port and the pool
  // reconnects. We never give up: who makes room on the disk need not know that we must be started again.
  const restart = async (): Promise<void> => {
    log.warn('The database server died; starting it again.');
    while (!stopping) {
      if (died > 0) await sleep(Math.min(LONGEST_REST_MS, 100 * 2 ** died));
      died += 1;
      try {
        await clearLeftovers(setup.cluster, (text) => log.warn(text));
        running = await launch(setup, port);
        return watch(running);
      } catch (error) {
        log.warn(`The database server did not come back yet: ${String(error)}`);
      }
    }
  };
  watch(running);
  return {
    url: `postgres://voxloop:${password}@127.0.0.1:${port}/voxloop`,
    get pid() {
      return running.pid;
    },
    async stop() {
      stopping = true;
      await restarting;
      await stopServer(running);
      await emptied(setup.cluster, null, 2_000);
    },
  };
}

/** In a directory of another name, renamed when whole: a kill in between leaves nothing that looks like a cluster. */
function initialise(dir: string, setup: Setup): void {
  for (const name of readdirSync(dir)) if (name.startsWith('data.new')) rmSync(join(dir, name), { recursive: true, force: true });
  const draft = join(dir, `data.new-${process.pid}`);
  const pwfile = join(dir, 'password');
  writeFileSync(pwfile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (process.getuid?.() === 0) chownSync(pwfile, setup.user.owner.uid, setup.user.owner.gid);
  // C.UTF-8 orders by code point: the same on every machine and fast; where people read names, SQL says collate "zh-x-icu".
  const args = [
    '-D',
    draft,
    '-U',
    'voxloop',
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(setup.durable ? [] : ['--no-sync']),
  ];
  run(setup, setup.binaries.initdb, args, '');
  run(setup, setup.binaries.postgres, ['--single', '-D', draft, 'postgres'], 'create database voxloop;\n');
  renameSync(draft, setup.cluster);
}

function run(setup: Setup, program: string, args: readonly string[], input: string): void {
  const [command = program, ...rest] = [...setup.user.prefix, program, ...args];
  const done = spawnSync(command, rest, {
    ...setup.user.spawn,
    input,
    encoding: 'utf8',
    cwd: join(setup.cluster, '..'),
    env: childEnv(setup),
  });
  if (done.status !== 0)
    throw new Error(`PostgreSQL could not be prepared (${program}):\n${done.stderr || String(done.error ?? done.signal)}`);
}

async function launch(setup: Setup, port: number): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const started = await tryLaunch(setup, port);
    if (typeof started !== 'string') return started;
    // Workers of a postmaster that was killed need a moment to notice and let its memory go.
    const passing = /shared memory block|is still in use|Address already in use|postmaster\.pid/.test(started);
    if (!passing || attempt === 20) throw new Error(`PostgreSQL did not start on ${setup.cluster}:\n${started.slice(-2_000)}`);
    await sleep(250);
  }
}

async function tryLaunch(setup: Setup, port: number): Promise<Running | string> {
  const output = join(setup.cluster, '..', 'start.log');
  const sink = openSync(output, 'w', 0o600);
  const settings = serverSettings({ port, durable: setup.durable }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command = '', ...rest] = [...setup.user.prefix, setup.binaries.postgres, '-D', setup.cluster, ...settings];
  // Detached: an interrupt typed at the terminal reaches us only, and we stop the server when our own work is done.
  const child = spawn(command, rest, {
    ...setup.user.spawn,
    cwd: setup.cluster,
    env: childEnv(setup),
    detached: true,
    stdio: ['ignore', sink, sink],
  });
  closeSync(sink);
  child.unref();
  const ended = new Promise<true>((resolve) => {
    child.once('exit', () => resolve(true));
    child.once('error', () => resolve(true));
  });
  for (;;) {
    if (child.pid !== undefined && isReady(setup.cluster, child.pid)) return { child, pid: child.pid };
    if (await Promise.race([ended, sleep(20)])) return readFileSync(output, 'utf8');
  }
}

/** The eighth line of postmaster.pid is the server's state; pg_ctl waits for the same. */
function isReady(cluster: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/** A tiny process that holds the other end of a pipe: when we die, however we die, it sees the end and stops the server. */
function stopWithUs(pid: number): ChildProcess {
  const watcher = spawn('/bin/sh', ['-c', 'read -r line; kill -INT "$1"', 'voxloop-database-watch', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  watcher.unref();
  watcher.on('error', () => undefined);
  (watcher.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return watcher;
}

async function stopServer({ child, pid }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  // Fast, then immediate, then by force: the next start recovers from the latter two.
  const steps: readonly (readonly [NodeJS.Signals, number])[] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ];
  for (const [signal, patience] of steps) {
    sendSignal(pid, signal);
    const waited = new AbortController();
    const done = await Promise.race([gone, sleep(patience, false, { signal: waited.signal }).catch(() => false)]);
    waited.abort();
    if (done) return;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

/** Nothing of our environment changes how the server behaves (PGDATA, PGPORT …). */
function childEnv(setup: Setup): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...setup.binaries.env };
}
