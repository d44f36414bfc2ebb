import type pg from 'pg';
import { inject } from 'vitest';
import { connect, type Connection } from '../../src/platform/postgres/connect.client.ts';
import type { Db } from '../../src/platform/postgres/db.ts';
import { createDatabase, databaseUrl, dropDatabase } from './postgres-setup.ts';

/** A whole migrated database of one test's own, for work that commits: jobs, watermarks, two sessions at once. */
export interface FreshDb extends AsyncDisposable {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

class RolledBack extends Error {}

/** One connection pool per worker process, on a clone of its own; it lives as long as the worker. */
const worker = globalThis as { voxloopWorkerDb?: Promise<Connection>; voxloopCloneCount?: number };

/** Runs `work` inside a transaction of a migrated database and rolls it back, whatever happened. Savepoints: none. */
export async function withDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const { db } = await (worker.voxloopWorkerDb ??= openClone().then((clone) => clone.connection));
  let result: { readonly value: T } | undefined;
  try {
    await db.transaction().execute(async (tx) => {
      result = { value: await work(tx) };
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  if (result === undefined) throw new Error('The work neither ended nor failed.');
  return result.value;
}

/** `await using fresh = await freshDb()`: dropped at the end of the block. */
export async function freshDb(options: { readonly max?: number } = {}): Promise<FreshDb> {
  const { connection, name, url } = await openClone(options.max ?? 5);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await connection.close();
    await dropDatabase(inject('testServer'), name);
  };
  return { db: connection.db, pool: connection.pool, url, close, [Symbol.asyncDispose]: close };
}

async function openClone(max = 2): Promise<{ connection: Connection; name: string; url: string }> {
  const server = inject('testServer');
  if (server === undefined)
    throw new Error('Tests that need Postgres live in files named *.sql.test.ts, *.job.test.ts or *.routes.test.ts.');
  worker.voxloopCloneCount = (worker.voxloopCloneCount ?? 0) + 1;
  const name = `${server.prefix}${process.pid}_${process.env.VITEST_POOL_ID ?? '0'}_${worker.voxloopCloneCount}`;
  await createDatabase(server, name, server.template);
  const url = databaseUrl(server.url, name);
  return { connection: await connect(url, { max }), name, url };
}
