import type { DuckDBConnection } from '@duckdb/node-api';
import { duckDbDialect } from './duckdb-dialect.ts';
import { type DuckDbOptions, type OpenFile, healingStore, selectAll } from './duckdb-file.client.ts';
import { appendChunks, bound, createTable, deleteJoined, insertJoined, sqlTypeOf } from './duckdb-values.client.ts';
import type { Pool } from './connection-pool.client.ts';
import { QueryTimeout, type Warehouse, type WarehouseRow, type WarehouseValue, type WarehouseWriter } from './warehouse.ts';

export interface DuckDb extends Warehouse {
  /** The name that an unusable file was moved to at the start; the warehouse began empty and refills by following. */
  readonly quarantined: string | null;
}

/**
 * The warehouse in one file, in this process. A file that turns out damaged while we work (a bad sector, somebody's hand), and an
 * engine that stopped at a fatal error (a full disk), cost a write that met it; a question is asked again, once, of a store opened anew.
 */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  const store = healingStore(options);
  const { quarantined } = await store.use();
  let lastWrite: Promise<unknown> = Promise.resolve();
  let runningWrite: Promise<unknown> = Promise.resolve();
  /** A store that broke is closed only when no write is under way on it. */
  const tried = async <T>(work: (open: OpenFile) => Promise<T>): Promise<T> => {
    const open = await store.use();
    try {
      return await work(open);
    } catch (error) {
      store.failed(open, error, runningWrite);
      throw error;
    }
  };
  return {
    dialect: duckDbDialect,
    quarantined,
    select: async (sql, params, { timeoutMs = 30_000 } = {}) => {
      for (let isLast = false; ; isLast = true) {
        const open = await store.use();
        try {
          return await selectWithin(open.readers, sql, params, timeoutMs);
        } catch (error) {
          if (!store.failed(open, error, runningWrite) || isLast) throw error;
        }
      }
    },
    write: (work) => {
      const mine = lastWrite.then(() =>
        tried(({ writer }) => {
          const run = inWriteTransaction(writer, work);
          runningWrite = run.catch(() => undefined);
          return run;
        }),
      );
      lastWrite = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await lastWrite;
      await store.close();
    },
  };
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
    appendJoined: async (table, columns) => {
      await connection.run(insertJoined(table), [...columns]);
    },
    removeJoined: async (table, key, columns) => {
      const at = table.columns.findIndex((c) => c.name === key);
      const column = table.columns[at];
      if (column !== undefined) await connection.run(deleteJoined(table, column), [columns[at] ?? '']);
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
