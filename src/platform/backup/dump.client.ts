import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type pg from 'pg';
import { failpoint } from '../failpoint.client.ts';
import { type Head, type KeptFile, type Manifest, type Section } from './archive.ts';
import { copyOut } from './copy-streams.client.ts';
import { listed, quoted, sequencesOf, tablesOf } from './tables.sql.ts';
import { type ArchiveWriter, writeArchive } from './write-archive.client.ts';

/** What a backup of this product means, told by those who know its tables. */
export interface DumpPlan {
  /** Tables whose rows belong to this machine or this moment. */
  readonly leftOut: readonly string[];
  /** Rows of a table that come back in a later transaction than the rest, so that followers find them new. */
  readonly late: Readonly<Record<string, string>>;
  /** Rows that do not come from a table of their own: a name, their columns and the question that gives them. */
  readonly extra: readonly { readonly name: string; readonly columns: readonly string[]; readonly query: string }[];
  readonly notes: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name: string; readonly path: string }[];
}

export interface Dumped {
  readonly bytes: number;
  readonly manifest: Manifest;
}

/**
 * Writes all that one snapshot of the database sees. `planOf` asks inside that snapshot. Work goes on meanwhile: a
 * transaction that only reads holds nobody up, and followers do not wait for it because it has no number.
 */
export async function dumpDatabase(
  pool: pg.Pool,
  path: string,
  head: Omit<Head, 'migrations'>,
  planOf: (client: pg.ClientBase) => Promise<DumpPlan>,
  signal?: AbortSignal,
): Promise<Dumped> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let writer: ArchiveWriter | undefined;
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query(`set local statement_timeout = 0`);
    const migrations = await client.query<Head['migrations'][number]>(
      'select number, name, checksum from schema_migrations order by number',
    );
    const plan = await planOf(client);
    writer = await writeArchive(path, { ...head, migrations: migrations.rows });
    const { sections, sequences } = await writeSections(client, writer, plan, signal);
    // Files are no part of the snapshot, and copying them takes long: nothing in the database is held meanwhile.
    await client.query('commit');
    const files: KeptFile[] = [];
    for (const file of plan.files) files.push(await keepFile(writer, file));
    const manifest: Manifest = { sections, files, sequences, notes: { ...plan.notes } };
    const { bytes } = await writer.finish(manifest);
    return { bytes, manifest };
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    await writer?.drop();
    throw error;
  } finally {
    // A connection in the middle of a COPY is of no use to the next.
    client.release(broken);
  }
}

/** The rows, and the sequences as they stand after them: no number that a copied row carries is given again. */
async function writeSections(
  client: pg.ClientBase,
  writer: ArchiveWriter,
  plan: DumpPlan,
  signal?: AbortSignal,
): Promise<Pick<Manifest, 'sections' | 'sequences'>> {
  const sections: Section[] = [];
  const section = async (name: string, table: string, columns: readonly string[], query: string): Promise<void> => {
    signal?.throwIfAborted();
    failpoint('backup.section');
    const sink = writer.sink(`tables/${name}`);
    const rows = await copyOut(client, `copy (${query}) to stdout`, (bytes) => {
      signal?.throwIfAborted();
      return sink.write(bytes);
    });
    sections.push({ name: `tables/${name}`, table, columns: [...columns], rows, ...(await sink.end()) });
  };
  for (const { name, columns } of await tablesOf(client, plan.leftOut)) {
    const all = `select ${listed(columns)} from ${quoted(name)}`;
    const late = plan.late[name];
    await section(name, name, columns, late === undefined ? all : `${all} where not (${late})`);
    if (late !== undefined) await section(`${name}.late`, name, columns, `${all} where ${late}`);
  }
  for (const { name, columns, query } of plan.extra) await section(name, '', columns, query);
  return { sections, sequences: [...(await sequencesOf(client))] };
}

async function keepFile(writer: ArchiveWriter, { name, path }: { name: string; path: string }): Promise<KeptFile> {
  const folder = `files/${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
  const sink = writer.sink(folder);
  for await (const bytes of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) await sink.write(bytes);
  return { name: folder, path: name, ...(await sink.end()) };
}
