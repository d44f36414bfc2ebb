import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshDb } from '../../../test/kit/db.ts';
import { rowsOf, type Db } from './db.ts';
import { migrate } from './migrate.client.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'voxloop-migrations-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (file: string, text: string): void => writeFileSync(join(dir, file), text);
const tables = async (db: Db): Promise<readonly string[]> =>
  (await rowsOf<{ name: string }>(db, sql`select relname as name from pg_class where relname like 'm\\_%' order by 1`)).map(
    (row) => row.name,
  );

/** The clone is migrated already; these tests bring migrations of their own. */
async function forgetMigrations(db: Db): Promise<void> {
  await sql`drop table schema_migrations`.execute(db);
}

test('a migration that fails leaves nothing of itself behind, and those before it stand', async () => {
  await using fresh = await freshDb();
  await forgetMigrations(fresh.db);
  write('0001_good.sql', 'create table m_good (i int); create table m_too (i int);');
  write('0002_bad.sql', 'create table m_bad (i int); select 1/0;');
  await expect(migrate(fresh.db, dir)).rejects.toThrow(/0002_bad failed and left nothing behind: division by zero/);
  expect(await tables(fresh.db)).toEqual(['m_good', 'm_too']);
  write('0002_bad.sql', 'create table m_bad (i int);');
  expect(await migrate(fresh.db, dir)).toEqual(['0002_bad']);
});

test('two processes that migrate at once do the work once', async () => {
  await using fresh = await freshDb();
  await forgetMigrations(fresh.db);
  write('0001_good.sql', 'create table m_good (i int); select pg_sleep(0.1);');
  const applied = await Promise.all([migrate(fresh.db, dir), migrate(fresh.db, dir), migrate(fresh.db, dir)]);
  expect(applied.flat()).toEqual(['0001_good']);
});

test('an edited migration is refused before anything is touched', async () => {
  await using fresh = await freshDb();
  await forgetMigrations(fresh.db);
  write('0001_good.sql', 'create table m_good (i int);');
  await migrate(fresh.db, dir);
  write('0001_good.sql', 'create table m_good (i int, j int);');
  write('0002_next.sql', 'create table m_next (i int);');
  await expect(migrate(fresh.db, dir)).rejects.toThrow(/0001_good was edited after it was applied/);
  expect(await tables(fresh.db)).toEqual(['m_good']);
});
