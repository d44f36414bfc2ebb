import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { failpoint } from '../failpoint.client.ts';
import { type Section, UnusableBackup } from './archive.ts';
import { copyIn } from './copy-streams.client.ts';
import { type CheckedArchive, partsOf } from './read-archive.client.ts';
import { listed, quoted, takeAwayIndexes } from './tables.sql.ts';

const isLate = (section: Section): boolean => section.name.endsWith('.late');

/**
 * Pours the rows into tables that migrations made at the archive's level. One transaction for all but the late rows, so that a
 * cut leaves the tables empty; the late rows come in a transaction of their own, after the others, as they did the first time.
 */
export async function loadTables(
  pool: pg.Pool,
  archive: CheckedArchive,
  afterLate: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  const ofTables = archive.manifest.sections.filter((section) => section.table !== '');
  const [late, early] = [ofTables.filter(isLate), ofTables.filter((section) => !isLate(section))];
  await inOne(pool, async (client) => {
    const putBack = await takeAwayIndexes(
      client,
      early.map((section) => section.table),
    );
    for (const section of early) {
      await emptied(client, quoted(section.table));
      await loadSection(client, archive, section);
    }
    await putBack();
    for (const { name, last } of archive.manifest.sequences) await client.query('select setval($1::regclass, $2)', [quoted(name), last]);
  });
  await inOne(pool, async (client) => {
    for (const section of late) await loadSection(client, archive, section);
    await afterLate(client);
  });
  // Fresh rows have no statistics, and nested loops over a million of them end next year.
  await pool.query('analyze');
}

/** Rows of a section into a table that holds the section's columns. */
export async function loadSection(
  client: pg.ClientBase,
  archive: CheckedArchive,
  section: Section,
  table = quoted(section.table),
): Promise<void> {
  failpoint('restore.section');
  const rows = await copyIn(client, `copy ${table} (${listed(section.columns)}) from stdin`, partsOf(archive.path, section.name));
  if (rows !== section.rows) throw new UnusableBackup(`${section.name} gave ${rows} rows, not ${section.rows}.`);
}

/** The kept files, at their places below the new home. */
export async function placeFiles(archive: CheckedArchive, home: string): Promise<void> {
  for (const file of archive.manifest.files) {
    const path = normalize(join(home, file.path));
    if (!path.startsWith(`${home}/`)) throw new UnusableBackup(`The backup names a file outside the home: ${file.path}`);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(Readable.from(partsOf(archive.path, file.name)), createWriteStream(path, { mode: 0o600, flush: true }));
  }
}

/** A migration may have put first rows there; the archive has them as they are now. Append-only tables refuse even an empty delete. */
async function emptied(client: pg.ClientBase, table: string): Promise<void> {
  const found = await client.query<{ some: boolean }>(`select exists (select 1 from ${table}) as some`);
  if (found.rows[0]?.some === true) await client.query(`delete from ${table}`);
}

async function inOne(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query(`set local statement_timeout = 0`);
    await client.query(`set local maintenance_work_mem = '256MB'`);
    await work(client);
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}
