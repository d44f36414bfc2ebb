import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { needs } from '../../../test/kit/needs.ts';
import { tempDir } from '../../../test/kit/temp-dir.ts';
import { connect } from './connect.client.ts';
import { rowOf } from './db.ts';
import { startEmbedded, type EmbeddedOptions } from './embedded.client.ts';
import { processesIn } from './leftovers.client.ts';
import { otherUser } from './server-user.client.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
afterAll(() => vi.resetConfig());

const HOLDER = join(import.meta.dirname, '../../../test/kit/embedded-holder.ts');
const ROOT_USER = process.getuid?.() === 0;
const log = { info: () => undefined, warn: () => undefined };
let base = '';
let dir = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  base = tempDir('embedded');
  dir = join(base, 'home', 'postgres');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await expect.poll(() => serverProcesses(), { timeout: 10_000 }).toEqual([]);
  rmSync(base, { recursive: true, force: true });
});

const serverProcesses = (): readonly number[] => (existsSync(join(dir, 'data')) ? processesIn(join(dir, 'data'), null) : []);

async function count(url: string, add = false): Promise<number> {
  const { db, close } = await connect(url, { max: 1 });
  try {
    await sql`create table if not exists marks (i int)`.execute(db);
    if (add) await sql`insert into marks values (1)`.execute(db);
    return (await rowOf(db, sql<{ n: number }>`select count(*) as n from marks`))?.n ?? -1;
  } finally {
    await close();
  }
}

/** Starts, does one thing, stops; says how long the start took. */
async function session(options: Partial<EmbeddedOptions> = {}, add = false): Promise<{ marks: number; ms: number }> {
  const began = performance.now();
  const embedded = await startEmbedded({ dir, log, durable: false, ...options });
  const ms = performance.now() - began;
  try {
    return { marks: await count(embedded.url, add), ms };
  } finally {
    await embedded.stop();
  }
}

/** The same in a process of its own, which can be killed. */
async function holder(as: { uid?: number; gid?: number } = {}): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const child = spawn(process.execPath, [HOLDER, dir], { stdio: ['pipe', 'pipe', 'inherit'], ...as });
  children.push(child);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { url: string; pid: number }) };
}

describe('the embedded server', () => {
  test('keeps what was written, starts again in moments and leaves no process', async () => {
    expect((await session({ durable: true }, true)).marks).toBe(1);
    const again = await session({ durable: true }, true);
    expect(again.marks).toBe(2);
    expect(again.ms).toBeLessThan(5_000);
    expect(serverProcesses()).toEqual([]);
    expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600);
  });

  test('lets nobody in without its password', async () => {
    const embedded = await startEmbedded({ dir, log, durable: false });
    await expect(connect(embedded.url.replace(/:[^:@]+@/, ':wrong@'))).rejects.toThrow(/password authentication failed/);
    await embedded.stop();
  });

  test('a first start that was killed half way is begun anew', async () => {
    mkdirSync(join(dir, 'data.new-1'), { recursive: true });
    writeFileSync(join(dir, 'data.new-1', 'PG_VERSION'), '18');
    writeFileSync(join(dir, 'password'), '');
    expect((await session()).marks).toBe(0);
    expect(readdirSync(dir).filter((name) => name.startsWith('data.new'))).toEqual([]);
  });

  test('ends by itself when its owner is killed, and nothing acknowledged is lost', async () => {
    const { child, url } = await holder();
    await count(url, true);
    child.kill('SIGKILL');
    await expect.poll(serverProcesses, { timeout: 5_000 }).toEqual([]);
    expect((await session()).marks).toBe(1);
  });

  test('is taken over at the next start when owner and watcher were killed and it runs on alone', async () => {
    const { child, url, pid } = await holder();
    await count(url, true);
    const watchers = readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && commandLine(name).includes(`voxloop-database-watch\0${pid}`),
    );
    expect(watchers).toHaveLength(1);
    process.kill(Number(watchers[0]), 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(serverProcesses()).toContain(pid);
    const next = await session();
    expect(next.marks).toBe(1);
    expect(next.ms).toBeLessThan(10_000);
  });

  test('comes back on the same port when only the server was killed', async () => {
    const embedded = await startEmbedded({ dir, log });
    await count(embedded.url, true);
    const first = embedded.pid;
    process.kill(first, 'SIGKILL');
    await expect.poll(() => count(embedded.url).catch(() => null), { timeout: 10_000 }).toBe(1);
    expect(embedded.pid).not.toBe(first);
    await embedded.stop();
  });

  test('is not kept from starting by the note of a process that has another life now', async () => {
    await session({}, true);
    writeFileSync(join(dir, 'data', 'postmaster.pid'), `${process.ppid}\n${join(dir, 'data')}\n1\n5432\n\n127.0.0.1\n\n`);
    expect((await session()).marks).toBe(1);
  });

  test('two first starts at different homes do not disturb each other', async () => {
    const other = join(base, 'other', 'postgres');
    const both = await Promise.all([session(), session({ dir: other })]);
    expect(both.map((one) => one.marks)).toEqual([0, 0]);
  });
});

describe('started by root', () => {
  needs(ROOT_USER, 'only root can start something as root');

  test('runs below a directory that only root may enter', async (ctx) => {
    chmodSync(base, 0o700);
    const { url, pid } = await holder();
    if (statusOf(pid, 'CapEff') === undefined) ctx.skip('no /proc here');
    expect(Number.parseInt(statusOf(pid, 'CapEff') ?? '1', 16)).toBe(0);
    expect(await count(url)).toBe(0);
  });

  test('gives the files to an unprivileged user where there are no user namespaces', async (ctx) => {
    chmodSync(base, 0o755);
    mkdirSync(join(base, 'home'), { mode: 0o700 });
    const embedded = await startEmbedded({ dir, log, durable: false, user: otherUser() }).catch((error: unknown) => String(error));
    if (typeof embedded === 'string') return ctx.skip(`the project itself lies where only root may enter: ${embedded}`);
    expect(statusOf(embedded.pid, 'Uid')).toMatch(/^65534/);
    expect(await count(embedded.url, true)).toBe(1);
    await embedded.stop();
    // And back again: a machine that allows namespaces later.
    expect((await session()).marks).toBe(1);
  });

  test('says what to do when that user cannot reach the home', async () => {
    chmodSync(base, 0o700);
    await expect(startEmbedded({ dir, log, durable: false, user: otherUser() })).rejects.toThrow(/cannot enter .*VOXLOOP_DATABASE_URL/s);
  });
});

test('an ordinary user runs it directly', async (ctx) => {
  if (!ROOT_USER) ctx.skip('the other tests ran as one');
  chmodSync(base, 0o711);
  mkdirSync(join(base, 'home'));
  chownSync(join(base, 'home'), 65534, 65534);
  const { url, pid } = await holder({ uid: 65534, gid: 65534 });
  expect(statusOf(pid, 'Uid')).toMatch(/^65534/);
  expect(await count(url)).toBe(0);
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function statusOf(pid: number, field: string): string | undefined {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return status
    .split('\n')
    .find((line) => line.startsWith(`${field}:`))
    ?.slice(field.length + 1)
    .trim();
}
