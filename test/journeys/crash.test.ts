import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { type SeededRandom, seededRandom } from '../../src/maths/seeded-random.ts';
import { Ledger, storedKeys } from '../kit/crash-ledger.ts';
import { layDownEmptyHome } from '../kit/made-once.ts';
import { needs } from '../kit/needs.ts';
import { type ServerProcess, ask, killHard, runCli, startServer } from '../kit/server-process.ts';

/** More with VOXLOOP_CRASHES, others with VOXLOOP_CRASH_SEED; a failing seed shows the same moments again. */
const KILLS = Number(process.env['VOXLOOP_CRASHES'] ?? 12);
const SEED = Number(process.env['VOXLOOP_CRASH_SEED'] ?? 1);
const MOST_PUSHES = 150;
const SOURCE = 'files';

// On the disk, as in real life: what memory would keep through a kill anyway proves less.
const folder = mkdtempSync(join(tmpdir(), 'voxloop-crash-'));
const started: number[] = [];
afterAll(() => {
  for (const pid of started) killHard(pid, 'tree');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A file whose ids nobody else has. */
function writeRows(name: string, rows: number): string {
  const path = join(folder, `${name}.csv`);
  const lines = Array.from(
    { length: rows },
    (_, i) => `${name}-${i},2026-03-0${1 + (i % 9)} 10:00:00,投诉,热线,家里宽带又断了第${i}次，师傅没有来`,
  );
  writeFileSync(path, `工单编号,受理时间,工单类型,受理渠道,投诉内容\n${lines.join('\n')}\n`);
  return path;
}

interface Import {
  readonly name: string;
  readonly path: string;
  readonly rows: number;
  readonly how: 'command' | 'upload';
  /** The command ended well, or the upload's commit was acknowledged. */
  acknowledged: boolean;
}

interface Result {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

async function importByCommand(home: string, one: Import): Promise<Result | null> {
  const { exit, out } = await ask(home, ['import', one.path, '--source', SOURCE, '--json']);
  if (exit !== 0) return null;
  one.acknowledged = true;
  return JSON.parse(out.trim()) as Result;
}

/** Uploads and commits; what happens after the answer is the server's business. */
async function importByUpload(server: ServerProcess, token: string, one: Import): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  try {
    const uploaded = await fetch(`${server.base}/api/imports?name=${one.name}.csv&source=${SOURCE}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: readFileSync(one.path),
    });
    if (!uploaded.ok) throw new Error(`the upload was refused: ${await uploaded.text()}`);
    const { batch } = (await uploaded.json()) as { batch: { id: string; version: number } };
    const committed = await fetch(`${server.base}/api/imports/${batch.id}/commit`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ version: batch.version }),
    });
    if (!committed.ok) throw new Error(`the commit was refused: ${await committed.text()}`);
    one.acknowledged = true;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
}

/** Pushes as fast as four clients can until the server dies or it was enough. */
async function pushUntilDead(server: ServerProcess, token: string, ledger: Ledger, round: number): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < MOST_PUSHES) if (!(await ledger.push(server.base, token, `${round}-${next++}`))) return;
  };
  await Promise.all(Array.from({ length: 4 }, client));
}

async function begin(home: string): Promise<ServerProcess> {
  const server = await startServer(home, (child) => started.push(child.pid ?? 0));
  if (server === null) throw new Error('The server was killed by somebody else.');
  return server;
}

const ofFile = (stored: readonly string[], name: string): number => stored.filter((id) => id.startsWith(`${name}-`)).length;

/** What clients do once the server is back: they send again what they have no answer for. */
async function catchUp(server: ServerProcess, home: string, token: string, ledger: Ledger, last: Import | null): Promise<void> {
  for (const key of ledger.open) expect(await ledger.push(server.base, token, key)).toBe(true);
  if (last === null || last.acknowledged) return;
  if (last.how === 'upload') return importByUpload(server, token, last);
  const before = ofFile(await storedKeys(home, SOURCE), last.name);
  const result = await importByCommand(home, last);
  expect(result).toMatchObject({ rows: last.rows, accepted: last.rows - before, duplicates: before, rejected: 0 });
}

async function everythingHolds(home: string, ledger: Ledger, imports: readonly Import[]): Promise<void> {
  const { exit, out, err } = await ask(home, ['fsck', '--json']);
  expect(exit === 0 ? [] : [out, err]).toEqual([]);
  expect(await ledger.breaks(home)).toEqual([]);
  const stored = await storedKeys(home, SOURCE);
  expect(new Set(stored).size).toBe(stored.length);
  for (const one of imports) expect([one.name, one.how, ofFile(stored, one.name)]).toEqual([one.name, one.how, one.rows]);
}

function nextImport(round: number, random: SeededRandom): Import {
  const rows = 1_200 + random.int(1_600);
  const name = `f${round}`;
  return { name, rows, path: writeRows(name, rows), how: random.chance(0.5) ? 'command' : 'upload', acknowledged: false };
}

describe('a server that is killed', () => {
  needs(process.platform === 'linux', 'finding every process of a tree needs /proc');

  test(
    `loses nothing that it acknowledged and counts nothing twice, over ${KILLS} kills (seed ${SEED})`,
    { timeout: Math.max(1_800_000, KILLS * 40_000) },
    async () => {
      const home = join(folder, 'home');
      await layDownEmptyHome(home);
      const random = seededRandom(SEED, 'crash');
      const ledger = new Ledger('push');
      const imports: Import[] = [];
      let token = '';
      for (let round = 1; round <= KILLS; round++) {
        const server = await begin(home);
        if (token === '') token = (await ask(home, ['token', 'operator'])).out.trim();
        await catchUp(server, home, token, ledger, imports.at(-1) ?? null);
        await everythingHolds(home, ledger, imports);
        const one = nextImport(round, random);
        imports.push(one);
        const load = Promise.all([
          pushUntilDead(server, token, ledger, round),
          one.how === 'command' ? importByCommand(home, one) : importByUpload(server, token, one),
        ]);
        await sleep(20 + random.int(1200));
        killHard(server.pid, random.chance(0.5) ? 'tree' : 'program');
        await server.gone;
        await load;
      }
      const server = await begin(home);
      await catchUp(server, home, token, ledger, imports.at(-1) ?? null);
      await everythingHolds(home, ledger, imports);
      server.child.kill('SIGTERM');
      await server.gone;
      const alone = await runCli(home, ['fsck', '--json']);
      expect(alone.exit === 0 ? [] : [alone.out, alone.err]).toEqual([]);
    },
  );

  test('adds exactly the rest when the same command runs again', { timeout: 300_000 }, async () => {
    // Long enough that every kill comes while it runs: progress is said twice a second.
    const ROWS = 40_000;
    const home = join(folder, 'alone');
    await layDownEmptyHome(home);
    const path = writeRows('again', ROWS);
    const command = ['import', path, '--source', SOURCE, '--json'];
    const random = seededRandom(SEED, 'again');
    for (let kill = 1; kill <= 3; kill++) {
      const progress = 1_000 + random.int(2_000 * kill);
      const run = await runCli(home, command, (child, said) => {
        started.push(child.pid ?? 0);
        const timer = setInterval(() => {
          const read = Number(said().trim().split('\n').at(-1)?.split(' ')[0] ?? 0);
          if (read < progress || child.pid === undefined) return;
          clearInterval(timer);
          killHard(child.pid, kill % 2 === 0 ? 'program' : 'tree');
        }, 20);
        child.once('exit', () => clearInterval(timer));
      });
      expect(run.out).toBe('');
    }
    const server = await begin(home);
    const before = (await storedKeys(home, SOURCE)).length;
    expect(before).toBeGreaterThan(0);
    const rest = await ask(home, command);
    expect(JSON.parse(rest.out)).toMatchObject({ rows: ROWS, accepted: ROWS - before, duplicates: before, rejected: 0 });
    const again = await ask(home, command);
    expect(JSON.parse(again.out)).toMatchObject({ rows: ROWS, accepted: 0, duplicates: ROWS, rejected: 0 });
    expect((await ask(home, ['fsck', '--json'])).exit).toBe(0);
    server.child.kill('SIGTERM');
    await server.gone;
  });
});
