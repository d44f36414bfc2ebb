import { cpSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchive } from '../../src/platform/backup/read-archive.client.ts';
import { ask, killHard, runCli, startServer } from '../kit/server-process.ts';
import { layDownModel } from '../kit/made-once.ts';
import { OLD_HOME, layDownOldHome } from '../kit/old-home.ts';
import { tempDir } from '../kit/temp-dir.ts';

const folder = tempDir('upgrade');
const old = join(folder, 'old');
const started: number[] = [];
beforeAll(async () => {
  await layDownOldHome(old);
  await layDownModel(old);
});
afterAll(() => {
  for (const pid of started) killHard(pid, 'tree');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** As that version counted it, on the day when it was put aside. */
const THEN = { voices: 1739, orders: 4, members: 18 };

test('a home of the version before is copied, brought up to date, and holds what it held', { timeout: 240_000 }, async () => {
  const home = join(folder, 'upgraded');
  cpSync(old, home, { recursive: true });
  const server = await startServer(home, (child) => started.push(child.pid ?? 0));
  if (server === null) throw new Error('The server was killed.');

  const backups = JSON.parse((await ask(home, ['backups', '--json'])).out) as {
    reason: string;
    state: string;
    file: string;
    level: number;
  }[];
  expect(backups).toMatchObject([{ reason: 'before-upgrade', state: 'done', level: 4, verified: 'read', voices: THEN.voices }]);
  const copy = await checkArchive(backups[0]?.file ?? '');
  expect(statSync(copy.path).mode & 0o777).toBe(0o600);
  const rowsOf = (archive: typeof copy): object =>
    Object.fromEntries(
      archive.manifest.sections.filter(({ table }) => table !== '').map(({ name, rows, sha256 }) => [name, [rows, sha256]]),
    );
  // Byte for byte what was laid down, so nothing was changed before it was copied; the files have moved.
  const { 'tables/import_batches': _, ...before } = rowsOf(await checkArchive(OLD_HOME)) as Record<string, unknown>;
  expect(rowsOf(copy)).toMatchObject(before);

  const checked = await ask(home, ['fsck', '--json']);
  expect(checked.exit === 0 ? [] : [checked.out, checked.err]).toEqual([]);
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true, voices: THEN.voices });
  const answer = await ask(home, ['ask', '{"measures":["voices"],"by":[],"where":[]}', '--json']);
  expect(JSON.parse(answer.out)).toMatchObject({ rows: [{ voices: THEN.voices }] });

  const signedIn = await fetch(`${server.base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-voxloop': '1' },
    body: JSON.stringify({ login: 'analyst', password: 'another-password-8' }),
  });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = async (path: string): Promise<never> =>
    (await (await fetch(`${server.base}${path}`, { headers: { cookie } })).json()) as never;
  const orders: { count: number; rows: { state: string }[] } = await get('/api/orders');
  expect(orders.count).toBe(THEN.orders);
  expect(orders.rows.map(({ state }) => state).toSorted()).toEqual(['accepted', 'closed', 'done', 'in-progress']);

  // The upload that nobody had committed yet is still there, and goes in.
  const imports: { rows: { id: string; file_name: string; state: string; version: number }[] } = await get('/api/imports');
  const draft = imports.rows.find(({ file_name }) => file_name === 'unfinished.csv');
  expect(draft?.state).toBe('draft');
  const committed = await fetch(`${server.base}/api/imports/${draft?.id}/commit`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-voxloop': '1' },
    body: JSON.stringify({ version: draft?.version }),
  });
  expect(committed.status).toBeLessThan(300);
  expect(JSON.parse((await ask(home, ['fsck', '--json'])).out)).toMatchObject({ ok: true, voices: THEN.voices + 2 });
  expect(JSON.parse((await ask(home, ['warehouse', 'parity'])).out)).toMatchObject({ ok: true });
  server.child.kill('SIGTERM');
  await server.gone;
});

test('a kill in the middle of the upgrade leaves a home that is upgraded by the next start', { timeout: 240_000 }, async () => {
  const home = join(folder, 'killed');
  cpSync(old, home, { recursive: true });
  const most = process.env['VOXLOOP_CRASHES'] === undefined ? 3 : Infinity;
  let kills = 0;
  for (let n = 1; n <= most; n++) {
    // Each migration is a transaction: one more goes through each time.
    const run = await runCli(home, ['backups'], (child) => started.push(child.pid ?? 0), { VOXLOOP_FAILPOINT: 'migration.file:2' });
    if (run.exit === 0) break;
    expect([run.exit, run.err]).toEqual([null, '']);
    kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(3);
  const checked = await runCli(home, ['fsck', '--json']);
  expect(checked.exit === 0 ? [] : [checked.out, checked.err]).toEqual([]);
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true, voices: THEN.voices });
});

test('an upgrade that cannot be copied first changes nothing and says why', { timeout: 120_000 }, async () => {
  const home = join(folder, 'no-room');
  cpSync(old, home, { recursive: true });
  const refused = await runCli(home, ['backups'], undefined, { VOXLOOP_BACKUP_DIR: join(home, 'lock/none') });
  expect(refused.exit).toBe(1);
  expect(refused.err).toMatch(/the backup before that failed, so nothing was changed:[^]*VOXLOOP_BACKUP_DIR/);
  expect((await runCli(home, ['fsck'])).exit).toBe(0);
});
