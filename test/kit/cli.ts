import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Filter, Question } from '../../src/model/question.ts';
import { serverUser } from '../../src/platform/postgres/server-user.client.ts';
import { layDownEmptyHome, layDownModel } from './made-once.ts';
import { tempDir } from './temp-dir.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export type Row = Readonly<Record<string, string | number | null>>;

/** What `import --json` says in its last line. */
export interface Imported {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly {
    readonly code: string;
    readonly column: string | null;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
  readonly batch: string;
}

export interface RunningServer {
  readonly pid: number;
  readonly address: string;
  /** Everything said on standard output so far. */
  said(): string;
  readonly readyAfterMs: number;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** An HTTP request as a member (by a token that the command line made), with what a program sends. */
  as(member: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>;
}

export interface CliHomeOptions {
  /** Really nothing is there, as on a machine that has never run Voxloop. */
  readonly fresh?: boolean;
  /** Somebody else than the one who tests; then nothing is there either. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A home of one's own below a directory that only its owner may enter, and `./voxloop` as a child process on it. */
export class CliHome implements AsyncDisposable {
  readonly dir: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  private readonly user: { readonly uid?: number; readonly gid?: number };
  private readonly servers: RunningServer[] = [];
  private readonly layDown: () => Promise<void>;
  private laidDown: Promise<void> | null = null;

  constructor(name: string, env: Readonly<Record<string, string>> = {}, options: CliHomeOptions = {}) {
    this.dir = tempDir(`journey-${name}`);
    this.home = join(this.dir, 'home');
    this.user = options.user ?? {};
    if (options.user !== undefined) chownSync(this.dir, options.user.uid, options.user.gid);
    // Where root may not make user namespaces, PostgreSQL runs as somebody else, who must be let through.
    if (serverUser().kind === 'other-user') chmodSync(this.dir, 0o711);
    const pack = env['VOXLOOP_PACK'];
    const isFresh = options.fresh === true || options.user !== undefined;
    if (isFresh) this.layDown = async () => {};
    else this.layDown = () => (pack === undefined ? layDownEmptyHome(this.home) : layDownModel(this.home, pack));
    this.env = { VOXLOOP_HOME: this.home, VOXLOOP_SAMPLE: 'none', VOXLOOP_LOG: 'warn', ...env };
  }

  /** Runs `./voxloop WORDS…` to its end. */
  async run(...words: string[]): Promise<Ran> {
    await this.begun();
    return finished(this.spawn([join(ROOT, 'voxloop'), ...words]));
  }

  /** The last line that a command printed, as JSON. Fails, with everything said, when it did not end well. */
  async json<T>(...words: string[]): Promise<T> {
    const ran = await this.run(...words);
    const last = ran.out.trimEnd().split('\n').at(-1) ?? '';
    if (ran.code !== 0) throw new Error(`voxloop ${words.join(' ')} ended with ${ran.code}:\n${last}\n${ran.err.slice(-4000)}`);
    return JSON.parse(last) as T;
  }

  async ask(question: Partial<Question> & Pick<Question, 'measures'>): Promise<readonly Row[]> {
    return (await this.json<{ rows: readonly Row[] }>('ask', JSON.stringify(question), '--json')).rows;
  }

  /** How many voices filters open. */
  async count(where: readonly Filter[]): Promise<number> {
    return (await this.json<{ count: number }>('voices', JSON.stringify(where), '--limit', '0', '--json')).count;
  }

  import(file: string, source: string, ...more: string[]): Promise<Imported> {
    return this.json<Imported>('import', file, '--source', source, ...more, '--json');
  }

  fsck(): Promise<{ ok: boolean; voices: number; checks: readonly { id: string; ok: boolean; problems: readonly string[] }[] }> {
    return this.json('fsck', '--json');
  }

  /** Starts the server, by its script or with the whole `npm start`, and waits until it printed its sign-ins. */
  async start(how: 'script' | 'npm' = 'script'): Promise<RunningServer> {
    await this.begun();
    const port = await freePort();
    const began = performance.now();
    const child = this.spawnServer({ VOXLOOP_PORT: String(port) }, how);
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const ended = finished(child);
    const ready = new Promise<void>((resolve) => child.stdout?.on('data', () => said.includes('/signin?token=') && resolve()));
    const early = await Promise.race([ready, ended]);
    if (early !== undefined) throw new Error(`The server ended with ${early.code} before it was ready:\n${early.out}\n${early.err}`);
    const readyAfterMs = performance.now() - began;
    const address = /http:\/\/[\w.:]+/.exec(said)?.[0] ?? '';
    const tokens = new Map<string, string>();
    const server: RunningServer = {
      pid: child.pid ?? 0,
      address,
      readyAfterMs,
      said: () => said,
      stop: async () => {
        if (child.exitCode === null) child.kill('SIGTERM');
        return (await ended).code;
      },
      as: async (member, method, path, body) => {
        const token = tokens.get(member) ?? (await this.run('token', member)).out.trim();
        tokens.set(member, token);
        const headers = {
          authorization: `Bearer ${token}`,
          'x-voxloop': '1',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        };
        const answer = await fetch(`${address}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        return { status: answer.status, body: (await answer.json()) as never };
      },
    };
    this.servers.push(server);
    return server;
  }

  /** What others of this run made is laid down before the first command. */
  private begun(): Promise<void> {
    return (this.laidDown ??= this.layDown());
  }

  /** The server's process alone, whatever becomes of it. */
  spawnServer(env: Readonly<Record<string, string>> = {}, how: 'script' | 'npm' = 'script'): ChildProcess {
    const script = [join(ROOT, 'scripts/serve')];
    return this.spawn(how === 'npm' ? ['npm', '--prefix', ROOT, 'start'] : script, env);
  }

  private spawn([command = '', ...words]: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(command, words, {
      cwd: this.dir,
      env: environment({ ...this.env, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...this.user,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.servers) await server.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** What the machine says, without settings of somebody's own Voxloop. */
function environment(own: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const rest = Object.entries(process.env).filter(([name]) => !/^(VOXLOOP_|VITEST|NODE_OPTIONS$|NODE_ENV$)/.test(name));
  return { ...Object.fromEntries(rest), ...own };
}

export function finished(child: ChildProcess): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
