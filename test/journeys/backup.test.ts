import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, expect, inject, test } from 'vitest';
import { backupPlan } from '../../src/app/backup/backup-plan.sql.ts';
import { pour } from '../../src/app/backup/restore.client.ts';
import { jobDefinitions } from '../../src/app/jobs.ts';
import { FORMAT } from '../../src/platform/backup/archive.ts';
import { dumpDatabase } from '../../src/platform/backup/dump.client.ts';
import { checkArchive } from '../../src/platform/backup/read-archive.client.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openJobs } from '../../src/platform/jobs/pg-boss.client.ts';
import { connect } from '../../src/platform/postgres/connect.client.ts';
import { inTransaction, rowsOf, type Db } from '../../src/platform/postgres/db.ts';
import { Ledger, storedKeys } from '../kit/crash-ledger.ts';
import { freshDb } from '../kit/db.ts';
import { layDownEmptyHome, layDownModel, layDownRestoredHome } from '../kit/made-once.ts';
import { OLD_HOME } from '../kit/old-home.ts';
import { createDatabase, databaseUrl, dropDatabase } from '../kit/postgres-setup.ts';
import { ask, killHard, runCli, startServer } from '../kit/server-process.ts';
import { tempDir } from '../kit/temp-dir.ts';

const EVERY = process.env['VOXLOOP_CRASHES'] !== undefined;
const folder = tempDir('backup');
const started: number[] = [];
const noted = (child: { pid?: number | undefined }): void => void started.push(child.pid ?? 0);
afterAll(() => {
  for (const pid of started) killHard(pid, 'tree');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('a backup made under load is restored into a home that holds everything acknowledged before it', { timeout: 300_000 }, async () => {
  const home = join(folder, 'busy');
  await layDownEmptyHome(home);
  const server = await startServer(home, noted);
  if (server === null) throw new Error('The server was killed.');
  const token = (await ask(home, ['token', 'operator'])).out.trim();
  const ledger = new Ledger('push');
  let pushing = true;
  let n = 0;
  const clients = Array.from({ length: 3 }, async () => {
    // With a breath in between: the trial restore stands behind everybody who works.
    for (; pushing; await sleep(100)) expect(await ledger.push(server.base, token, `b-${n++}`)).toBe(true);
  });
  await expect.poll(() => ledger.acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(50);
  const before = [...ledger.acknowledged];
  const file = join(folder, 'busy.tar');
  const made = await ask(home, ['backup', '--to', file, '--json']);
  pushing = false;
  await Promise.all(clients);
  expect([made.exit, made.err]).toEqual([0, '']);
  const row = JSON.parse(made.out) as { voices: number; verified: string };
  expect(row.verified).toBe('restored');
  expect(row.voices).toBeGreaterThanOrEqual(before.length);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await ask(home, ['backup', '--to', file])).err).toContain('exists already');
  expect((await runCli(home, ['restore', file], noted)).err).toContain('is not empty');
  server.child.kill('SIGTERM');
  await server.gone;

  const other = join(folder, 'restored');
  await layDownModel(other);
  const restored = await runCli(other, ['restore', file, '--json'], noted);
  expect([restored.exit, restored.err]).toEqual([0, '']);
  expect(JSON.parse(restored.out)).toMatchObject({ ok: true, voices: row.voices });
  const again = await startServer(other, noted);
  if (again === null) throw new Error('The server was killed.');
  const there = new Set(await storedKeys(other, 'push'));
  expect(before.filter((key) => !there.has(`voice-${key}`))).toEqual([]);
  expect([...there].filter((id) => ![...ledger.attempted.values()].includes(id))).toEqual([]);
  // The same key is answered as before, without a second voice.
  const newToken = (await ask(other, ['token', 'operator'])).out.trim();
  expect(await ledger.push(again.base, newToken, before[0] ?? '')).toBe(true);
  expect((await storedKeys(other, 'push')).length).toBe(there.size);
  // Sessions and tokens stay behind.
  const old = await fetch(`${again.base}/api/me`, { headers: { authorization: `Bearer ${token}` } });
  expect(old.status).toBe(401);
  const checked = await ask(other, ['fsck', '--json']);
  expect(checked.exit === 0 ? [] : [checked.out]).toEqual([]);
  again.child.kill('SIGTERM');
  await again.gone;
});

test('a kill during a backup or a restore leaves nothing that could be taken for either', { timeout: 600_000 }, async () => {
  const home = join(folder, 'cut');
  await layDownRestoredHome(home);
  const file = join(folder, 'cut.tar');
  for (let n = 1; ; n += EVERY ? 1 : 14) {
    const run = await runCli(home, ['backup', '--to', file], noted, { VOXLOOP_FAILPOINT: `backup.section:${n}` });
    if (run.exit === 0) break;
    await expect(checkArchive(file)).rejects.toThrow('There is no file');
  }
  const listed = JSON.parse((await runCli(home, ['backups', '--json'], noted)).out) as { state: string; error: string | null }[];
  expect(listed[0]).toMatchObject({ state: 'done' });
  expect(listed.slice(1).map(({ state }) => state)).toEqual(listed.slice(1).map(() => 'failed'));

  for (let n = 2; ; n += EVERY ? 1 : 18) {
    const into = join(folder, `into-${n}`);
    await layDownModel(into);
    const run = await runCli(into, ['restore', file], noted, { VOXLOOP_FAILPOINT: `restore.section:${n}` });
    if (run.exit === 0) break;
    const opened = await runCli(into, ['fsck'], noted);
    expect(opened.exit).toBe(1);
    expect(opened.err).toContain(`rm -r ${into}`);
    expect((await runCli(into, ['restore', file], noted)).err).toContain('is not empty');
    rmSync(into, { recursive: true, force: true });
  }
});

test('a damaged, cut-off or foreign file is refused before anything is touched', async () => {
  const good = readFileSync(OLD_HOME);
  const flipped = Buffer.from(good);
  flipped[good.length >> 1] = (flipped[good.length >> 1] ?? 0) ^ 1;
  for (const [bytes, words] of [
    [flipped, 'is damaged'],
    [good.subarray(0, good.length >> 1), 'was cut off'],
    [Buffer.from('PGDMP'), 'is not a backup of Voxloop'],
  ] as const) {
    const file = join(folder, 'bad.tar');
    const into = join(folder, 'untouched');
    writeFileSync(file, bytes);
    const run = await runCli(into, ['restore', file], noted);
    expect([run.exit, run.out]).toEqual([1, '']);
    expect(run.err).toContain(words);
    expect(() => statSync(into)).toThrow('ENOENT');
  }
});

test('a home that breaks a promise is copied all the same, and the copy says so', { timeout: 300_000 }, async () => {
  const home = join(folder, 'broken');
  await layDownRestoredHome(home);
  const server = await startServer(home, noted);
  if (server === null) throw new Error('The server was killed.');
  const password = readFileSync(join(home, 'postgres/password'), 'utf8').trim();
  const port = readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[3];
  const connection = await connect(`postgres://voxloop:${password}@127.0.0.1:${port}/voxloop`, { max: 1 });
  await sql`update import_batches set accepted = accepted + 1 where id = (select min(id) from import_batches where carries = 'voices')`.execute(
    connection.db,
  );
  await connection.close();
  const file = join(folder, 'broken.tar');
  const made = await ask(home, ['backup', '--to', file, '--json']);
  expect(made.exit).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({
    state: 'done',
    verified: 'restored',
    error: expect.stringMatching(/breaks promises: I1 batch .*; I13 /),
  });
  expect((await checkArchive(file)).bytes).toBe(statSync(file).size);
  server.child.kill('SIGTERM');
  await server.gone;
});

const silent = pino({ level: 'silent' });

async function emptyDatabase(name: string): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('testServer');
  const full = `${server.prefix}${name}`;
  await createDatabase(server, full, null);
  return { url: databaseUrl(server.url, full), drop: () => dropDatabase(server, full) };
}

/** Work in every state, and mails in every state. */
async function fill(db: Db, url: string): Promise<void> {
  const jobs = await openJobs(url, db, jobDefinitions, silent);
  for (const [i, queue] of ['ingest.import', 'understand.read', 'verify.measure'].entries())
    await inTransaction(db, (tx) => jobs.enqueue(tx, queue, { n: i }, { key: `k${i}` }));
  await jobs.stop();
  await sql`update pgboss.job set state = 'active', started_on = now() where name = 'understand.read'`.execute(db);
  await sql`update pgboss.job set state = 'failed', completed_on = now(), output = '{"message":"no file"}' where name = 'ingest.import'`.execute(
    db,
  );
  await sql`insert into rules (id, name_zh, name_en, dimension, conditions, window_minutes, threshold, department, severity, updated_at)
    values ('r', '规则', 'Rule', 'city', '[]', 60, 3, 'network', 'serious', now())`.execute(db);
  await sql`insert into alarms (id, rule_id, rule_version, conditions, window_minutes, threshold, dimension, value, state, began_at, ends_at, window_from, last_said_at, voices, historical, known_at)
    values ('al', 'r', 1, '[]', 60, 3, 'city', 'A', 'firing', now(), now(), now(), now(), 3, false, now())`.execute(db);
  await sql`insert into announcements (id, alarm_id, stage, recipient, locale, channel, state, due_at, sent_at) values
    ('n1', 'al', 'firing', 'a@example.test', 'zh', 'email', 'delivered', now(), now()),
    ('n2', 'al', 'firing', 'b@example.test', 'zh', 'email', 'waiting', now(), null),
    ('n3', 'al', 'firing', 'c@example.test', 'zh', 'email', 'failed', now(), null)`.execute(db);
  await sql`insert into org_units (id, level, name, name_en, path) values ('ou', 'province', '省', 'P', '/ou/')`.execute(db);
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me', 'm', 'M', 'ou', '{analyst}', 'province')`.execute(
    db,
  );
  await sql`insert into sources (id, name, unit_id, carries, created_at) values ('s', 's', 'ou', 'voices', now())`.execute(db);
  await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
    values ('ba', 's', 'me', 'voices', 'f', '', 1, '/old/home/spool/ba', 'done', now())`.execute(db);
  for (const id of [1, 2])
    await sql`insert into voices (id, source_id, outside_key, body_hash, said_at, said_at_known, arrived_at, kind, channel, text, text_masked, batch_id)
      values (${id}, 's', ${`k${id}`}, '\\x00', now(), true, now(), 'complaint', 'hotline', ${'制表\t换行\n反斜杠\\'}, '', 'ba')`.execute(
      db,
    );
  const read = (id: number) => sql`insert into readings (voice_id, reader_version, feeling, language, confidence, because, read_at)
    values (${id}, 'v', 'calm', 'zh', 0.5, '[]', now())`;
  await read(1).execute(db);
  await sql`insert into watermarks (follower, tx, as_of) values ('warn', pg_current_xact_id(), now())`.execute(db);
  await read(2).execute(db);
}

test(
  'what waited waits again, what was sent stays sent, and what the rules had not seen is new to them',
  { timeout: 120_000 },
  async () => {
    await using from = await freshDb();
    await fill(from.db, from.url);
    const file = join(folder, 'states.tar');
    const head = {
      product: 'voxloop' as const,
      format: FORMAT,
      version: '0',
      created_at: '2026-03-01T00:00:00.000Z',
      home: '/old/home',
      pack: 'p',
    };
    await dumpDatabase(from.pool, file, head, (client) => backupPlan(client, '/old/home', () => false));
    const target = await emptyDatabase('restored');
    const connection = await connect(target.url, { max: 3 });
    try {
      const { db } = connection;
      const jobs = await pour(readConfig({ VOXLOOP_HOME: '/new/home' }), await checkArchive(file), connection, target.url);
      expect(jobs).toEqual({ waiting: 2, dead: 1, unknown: 0 });
      expect(await rowsOf(db, sql`select name, state::text, data from pgboss.job where name not like '\\_\\_%' order by name`)).toEqual([
        { name: 'ingest.import', state: 'failed', data: { n: 0 } },
        { name: 'understand.read', state: 'created', data: { n: 1 } },
        { name: 'verify.measure', state: 'created', data: { n: 2 } },
      ]);
      expect(await rowsOf(db, sql`select id, state, sent_at is not null as sent from announcements order by id`)).toEqual([
        { id: 'n1', state: 'delivered', sent: true },
        { id: 'n2', state: 'waiting', sent: false },
        { id: 'n3', state: 'failed', sent: false },
      ]);
      const seen = await rowsOf(
        db,
        sql`select r.voice_id as id, r.changed_tx >= w.tx as new from readings r, watermarks w where w.follower = 'warn' order by 1`,
      );
      expect(seen).toEqual([
        { id: 1, new: false },
        { id: 2, new: true },
      ]);
      expect(await rowsOf(db, sql`select file_path from import_batches`)).toEqual([{ file_path: '/new/home/spool/ba' }]);
      expect(await rowsOf(db, sql`select distinct text from voices`)).toEqual([{ text: '制表\t换行\n反斜杠\\' }]);
      const shape = (one: Db): Promise<unknown> =>
        rowsOf(
          one,
          sql`select conrelid::regclass::text as t, conname, pg_get_constraintdef(oid) as d, convalidated
      from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f' order by 1, 2`,
        );
      expect(await shape(db)).toEqual(await shape(from.db));
      const indexes = (one: Db): Promise<unknown> =>
        rowsOf(one, sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`);
      expect(await indexes(db)).toEqual(await indexes(from.db));
    } finally {
      await connection.close();
      await target.drop();
    }
  },
);

test('a home on a server of somebody else is copied and comes back into another database of it', { timeout: 240_000 }, async () => {
  const [first, second] = [await emptyDatabase('outside_1'), await emptyDatabase('outside_2')];
  const homes = [join(folder, 'outside-1'), join(folder, 'outside-2')] as const;
  for (const home of homes) await layDownModel(home);
  try {
    const into = await runCli(homes[0], ['restore', OLD_HOME], noted, { VOXLOOP_DATABASE_URL: first.url });
    expect([into.exit, into.err]).toEqual([0, '']);
    const file = join(folder, 'outside.tar');
    const made = await runCli(homes[0], ['backup', '--to', file, '--json'], noted, { VOXLOOP_DATABASE_URL: first.url });
    expect(JSON.parse(made.out)).toMatchObject({ verified: 'restored', voices: 1739 });
    const full = await runCli(homes[1], ['restore', file], noted, { VOXLOOP_DATABASE_URL: first.url });
    expect([full.exit, full.err]).toEqual([1, expect.stringContaining('is not empty')]);
    const moved = await runCli(homes[1], ['restore', file, '--json'], noted, { VOXLOOP_DATABASE_URL: second.url });
    expect(JSON.parse(moved.out)).toMatchObject({ ok: true, voices: 1739 });
  } finally {
    await first.drop();
    await second.drop();
  }
});
