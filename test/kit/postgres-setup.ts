import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { sql } from 'kysely';
import { connect } from '../../src/platform/postgres/connect.client.ts';
import { startEmbedded } from '../../src/platform/postgres/embedded.client.ts';
import { migrate } from '../../src/platform/postgres/migrate.client.ts';
import { tempDir } from './temp-dir.ts';

/** Where the tests' server listens and which migrated database is cloned from. */
export interface TestServer {
  readonly url: string;
  readonly template: string;
  /** Names of this run's databases begin so. */
  readonly prefix: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

interface Started {
  readonly server: TestServer;
  stop(): Promise<void>;
}

/** One server per run although several projects ask for it; vitest loads this file once for each. */
const shared = globalThis as { voxloopTestServer?: { users: number; started: Promise<Started> } };

/** Runs only when at least one test of its project was chosen: plain tests start no database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const use = (shared.voxloopTestServer ??= { users: 0, started: startServer() });
  use.users += 1;
  const started = await use.started;
  project.provide('testServer', started.server);
  return async () => {
    use.users -= 1;
    if (use.users > 0) return;
    delete shared.voxloopTestServer;
    await started.stop();
  };
}

async function startServer(): Promise<Started> {
  const given = process.env.VOXLOOP_TEST_DATABASE_URL;
  const own = given === undefined || given === '' ? await startOwn() : null;
  const url = own?.url ?? given ?? '';
  const prefix = `voxloop_test_${process.pid}_`;
  const server: TestServer = { url, prefix, template: `${prefix}template` };
  await createDatabase(server, server.template, null);
  const template = await connect(databaseUrl(url, server.template), { max: 2 });
  try {
    await migrate(template.db, join(import.meta.dirname, '../../migrations'));
  } finally {
    await template.close();
  }
  return { server, stop: () => (own === null ? dropAll(server) : own.stop()) };
}

async function startOwn(): Promise<{ url: string; stop(): Promise<void> }> {
  const dir = tempDir('test');
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  try {
    const log = { info: () => undefined, warn: (text: string) => console.warn(text) };
    const embedded = await startEmbedded({ dir, durable: false, log });
    return { url: embedded.url, stop: () => embedded.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function dropAll(server: TestServer): Promise<void> {
  const admin = await connect(server.url, { max: 1 });
  const names = await sql<{ name: string }>`select datname as name from pg_database where starts_with(datname, ${server.prefix})`.execute(
    admin.db,
  );
  for (const { name } of names.rows) await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin.db);
  await admin.close();
}

/** null: an empty one in code-point order, as the embedded server makes them. */
export async function createDatabase(server: TestServer, name: string, template: string | null): Promise<void> {
  const admin = await connect(server.url, { max: 1, statementTimeoutMs: 120_000 });
  try {
    if (template === null) {
      await sql`create database ${sql.id(name)} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`.execute(admin.db);
    } else {
      // Files, not pages through the log, as is usual: a tenth of the work where nothing is forced to disk.
      await sql`create database ${sql.id(name)} template ${sql.id(template)} strategy file_copy`.execute(admin.db);
    }
  } finally {
    await admin.close();
  }
}

export async function dropDatabase(server: TestServer, name: string): Promise<void> {
  const admin = await connect(server.url, { max: 1, statementTimeoutMs: 120_000 });
  await sql`drop database if exists ${sql.id(name)} with (force)`.execute(admin.db);
  await admin.close();
}

export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
