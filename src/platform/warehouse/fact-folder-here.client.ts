import { existsSync, globSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { flush } from '../flush.client.ts';
import { selectAll } from './duckdb-file.client.ts';
import { createTable, insertJoined, sqlTypeOf } from './duckdb-values.client.ts';
import type { WarehouseRow, WarehouseValue, WideTable } from './warehouse.ts';

/**
 * Bulk facts whose truth is another system, landed as Parquet in a folder: parts `LOT/000….parquet` while a lot comes in, one file
 * `LOT.parquet` when it is whole. Statements see all of them as the table's name, with `lot`, `file` and `place` (in the file) of each row, and
 * reach nothing outside the folder. Within a lot what came later stands in a later file (`LOT.parquet` sorts before its parts) or place.
 */
export interface FactFolder {
  /** Lands rows, column by column as `BETWEEN`-joined texts, as a part of a lot; the same part again takes the place of the first. */
  land(lot: string, part: number, columns: readonly string[]): Promise<void>;
  /** Puts the parts of a lot into one file, with what was put there before. */
  seal(lot: string): Promise<void>;
  select(sql: string, params?: readonly WarehouseValue[]): Promise<readonly WarehouseRow[]>;
  close(): void;
}

const MEMORY = '512MB';
/** Lots are named by ids of ours; nothing else may become a path. */
const PLAIN = /^[\w-]+$/;

/** All of a lot, not yet in its place; and the mark that it is whole, so that its parts, which it holds, must go whoever ends it. */
const MERGED = '.merged';
const SEALING = '.sealing';

/** Safe to do again, and while another does it. */
async function finishSeal(parts: string): Promise<void> {
  await rename(parts + MERGED, `${parts}.parquet`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await flush(dirname(parts));
  await rm(parts, { recursive: true, force: true });
  await flush(dirname(parts));
  await rm(parts + SEALING, { force: true });
}

/** In this very thread: `openFactFolder` keeps it in one of its own. */
export async function openHere(dir: string, table: WideTable): Promise<FactFolder> {
  if (dir.includes("'")) throw new Error(`A folder of facts cannot be named ${dir}.`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const mark of globSync(`*${SEALING}`, { cwd: dir })) await finishSeal(join(dir, mark.slice(0, -SEALING.length)));
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY,
    threads: '1',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`set allowed_directories=['${dir}/']`);
  await connection.run('set enable_external_access=false');
  await connection.run('set lock_configuration=true');
  const arriving = { ...table, name: 'arriving' };
  const names = table.columns.map(({ name }) => name).join(', ');
  const copied = async (from: string, to: string): Promise<void> => {
    const draft = `${to}.part`;
    await connection.run(`copy (select ${names} from ${from}) to '${draft}' (format parquet, compression zstd)`);
    // On the disk before Postgres commits that these rows were taken.
    await flush(draft);
    await rename(draft, to);
    await flush(dirname(to));
  };
  return {
    land: async (lot, part, columns) => {
      if ((await mkdir(join(dir, plainLot(lot)), { recursive: true, mode: 0o700 })) !== undefined) await flush(dir);
      await connection.run(createTable(arriving, 'create or replace table'));
      await connection.run(insertJoined(arriving), [...columns]);
      await copied('arriving', join(dir, lot, `${String(part).padStart(12, '0')}.parquet`));
    },
    seal: async (lot) => {
      const parts = join(dir, plainLot(lot));
      if (!existsSync(parts)) return;
      // What an earlier end made whole stays in it, before what came since.
      const all = [...(existsSync(`${parts}.parquet`) ? [`${parts}.parquet`] : []), `${parts}/*.parquet`];
      await copied(`read_parquet([${all.map((path) => `'${path}'`).join(', ')}])`, parts + MERGED);
      await writeFile(parts + SEALING, '', { mode: 0o600, flush: true });
      await flush(dir);
      await finishSeal(parts);
    },
    select: async (sql, params = []) => {
      await connection.run(`create or replace temp view ${table.name} as ${viewOf(dir, table)}`);
      return selectAll(connection, sql, params);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function plainLot(lot: string): string {
  if (!PLAIN.test(lot)) throw new Error(`A lot of facts is kept under a plain name, not ${lot}.`);
  return lot;
}

/** Without a file there is nothing that could tell the columns. */
function viewOf(dir: string, table: WideTable): string {
  if (factFiles(dir).length === 0) {
    const columns = table.columns.map(({ name, type }) => `null::${sqlTypeOf(type)} as ${name}`).join(', ');
    return `select ${columns}, '' as lot, '' as file, 0 as place where false`;
  }
  const names = table.columns.map(({ name }) => name).join(', ');
  const below = `substr(filename, ${dir.length + 2})`;
  return `select ${names}, regexp_extract(${below}, '^[^/.]+') as lot, ${below} as file, file_row_number as place
    from read_parquet('${dir}/**/*.parquet', filename = true, file_row_number = true)`;
}

/** Files of a folder of facts, below it. */
export const factFiles = (dir: string): readonly string[] => globSync('**/*.parquet', { cwd: dir }).toSorted();

export async function dropLot(dir: string, lot: string): Promise<void> {
  const path = join(dir, plainLot(lot));
  await rm(path, { recursive: true, force: true });
  for (const end of ['.parquet', MERGED, SEALING]) await rm(path + end, { force: true });
}
