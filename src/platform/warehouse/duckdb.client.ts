import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { duckDbDialect } from './duckdb-dialect.ts';
import { appendChunks, bound, createTable, plainRow, sqlTypeOf } from './duckdb-values.client.ts';
import { connectionPool, type Pool } from './connection-pool.client.ts';
import { QueryTimeout, type Warehouse, type WarehouseRow, type WarehouseValue, type WarehouseWriter, type WideTable } from './warehouse.ts';

export interface DuckDbOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Made when missing; made anew, empty, when a newer version of the program declares other columns. */
  readonly tables: readonly WideTable[];
  readonly tempDir: string;
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly connections?: number;
  readonly log: Pick<Logger, 'warn'>;
}

export interface DuckDb extends Warehouse {
  /** The name that an unusable file was moved to; the warehouse began empty and refills by following. */
  readonly quarantined: string | null;
}

export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  const { instance, quarantined } = await openOrQuarantine(options);
  const writerConnection = await instance.connect();
  const readers = await connectionPool(instance, options.connections ?? 4);
  await prepareTables(writerConnection, options);
  let lastWrite: Promise<unknown> = Promise.resolve();
  return {
    dialect: duckDbDialect,
    quarantined,
    select: (sql, params, { timeoutMs = 30_000 } = {}) => selectWithin(readers, sql, params, timeoutMs),
    write: (work) => {
      const mine = lastWrite.then(() => inWriteTransaction(writerConnection, work));
      lastWrite = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await lastWrite;
      await readers.close();
      writerConnection.closeSync();
      instance.closeSync();
    },
  };
}

/** No file, network, extension or setting can be reached by any statement from here on (tried in the test beside). */
function settings(options: DuckDbOptions): Record<string, string> {
  return {
    memory_limit: options.memoryLimit ?? '512MB',
    threads: String(options.threads ?? 2),
    temp_directory: options.tempDir,
    // The newest page of voices: find its keys in narrow columns, then fetch the wide rows. DuckDB's own bound is 50.
    late_materialization_max_rows: '1001',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    enable_external_access: 'false',
    lock_configuration: 'true',
  };
}

/** The file is a projection: one that cannot be read is put aside for whoever wants to look, and refilled. */
async function openOrQuarantine(options: DuckDbOptions): Promise<{ instance: DuckDBInstance; quarantined: string | null }> {
  if (options.file !== ':memory:') mkdirSync(dirname(options.file), { recursive: true });
  try {
    return { instance: await DuckDBInstance.create(options.file, settings(options)), quarantined: null };
  } catch (error) {
    if (options.file === ':memory:' || !speaksOfDamage(String(error))) throw error;
    const aside = moveAside(options.file);
    options.log.warn({ file: options.file, aside, error: String(error) }, 'the warehouse file is unusable; it begins anew from Postgres');
    return { instance: await DuckDBInstance.create(options.file, settings(options)), quarantined: aside };
  }
}

/** A file locked by another process, a full disk or a missing right is not damage: moving it would only hide the cause. */
function speaksOfDamage(message: string): boolean {
  if (/set lock|no space left|permission denied/i.test(message)) return false;
  return /not a valid DuckDB|corrupt|checksum|replay|WAL|serializ|version number|newer version|INTERNAL|unexpected end|read enough bytes/i.test(
    message,
  );
}

function moveAside(file: string): string {
  let n = 1;
  while (existsSync(`${file}.unusable-${n}`)) n++;
  const aside = `${file}.unusable-${n}`;
  if (existsSync(file)) renameSync(file, aside);
  if (existsSync(`${file}.wal`)) renameSync(`${file}.wal`, `${aside}.wal`);
  return aside;
}

/** One table of another shape makes all of them begin anew, because the follower's mark covers them together. */
async function prepareTables(connection: DuckDBConnection, { tables, log }: DuckDbOptions): Promise<void> {
  const rows = await selectAll(
    connection,
    `select table_name, column_name, data_type from information_schema.columns order by ordinal_position`,
    [],
  );
  const shapeOf = (name: string): string =>
    rows
      .filter((r) => r['table_name'] === name)
      .map((r) => `${r['column_name']} ${r['data_type']}`)
      .join();
  const declared = (table: WideTable): string => table.columns.map((c) => `${c.name} ${sqlTypeOf(c.type)}`).join();
  const other = tables.filter((t) => shapeOf(t.name) !== declared(t));
  if (other.length === 0) return;
  if (rows.length > 0)
    log.warn({ tables: other.map((t) => t.name) }, 'the warehouse tables have another shape; they begin anew from Postgres');
  await inWriteTransaction(connection, async (writer) => {
    for (const table of tables) await writer.recreate(table);
  });
}

async function selectWithin(
  pool: Pool,
  sql: string,
  params: readonly WarehouseValue[],
  timeoutMs: number,
): Promise<readonly WarehouseRow[]> {
  return pool.use(async (connection) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      connection.interrupt();
    }, timeoutMs);
    try {
      return await selectAll(connection, sql, params);
    } catch (error) {
      throw late ? new QueryTimeout(timeoutMs) : error;
    } finally {
      clearTimeout(timer);
    }
  });
}

async function selectAll(connection: DuckDBConnection, sql: string, params: readonly WarehouseValue[]): Promise<readonly WarehouseRow[]> {
  const reader = await connection.runAndReadAll(sql, bound(params));
  return reader.getRowObjects().map(plainRow);
}

async function inWriteTransaction<T>(connection: DuckDBConnection, work: (writer: WarehouseWriter) => Promise<T>): Promise<T> {
  await connection.run('begin transaction');
  try {
    const result = await work(writerOn(connection));
    await connection.run('commit');
    return result;
  } catch (error) {
    await connection.run('rollback').catch(() => undefined);
    throw error;
  }
}

function writerOn(connection: DuckDBConnection): WarehouseWriter {
  return {
    run: async (sql, params = []) => {
      await connection.run(sql, bound(params));
    },
    select: (sql, params = []) => selectAll(connection, sql, params),
    recreate: async (table) => {
      await connection.run(createTable(table, 'create or replace table'));
    },
    remove: async (table, key, keys) => {
      const type = table.columns.find((c) => c.name === key)?.type;
      if (keys.length === 0 || type === undefined) return;
      // As one JSON text: binding 20,000 single values costs more than reading them back.
      const listed = `select unnest(from_json($1, '["${sqlTypeOf(type)}"]'))`;
      await connection.run(`delete from ${table.name} where ${key} in (${listed})`, [JSON.stringify(keys)]);
    },
    append: async (table, rows) => {
      if (rows.length === 0) return;
      const appender = await connection.createAppender(table.name);
      try {
        await appendChunks(appender, table, rows);
      } finally {
        appender.closeSync();
      }
    },
  };
}
