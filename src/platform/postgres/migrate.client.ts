import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { failpoint } from '../failpoint.client.ts';
import { inTransaction, rowsOf, type Db } from './db.ts';
import { planMigrations, type AppliedMigration, type Migration } from './migration-plan.ts';

/** Any number will do, as long as every Voxloop asks for the same. */
const LOCK = 7_305_221;

/** Brings the tables forward, one transaction per file; two processes at once wait for each other. Returns the names applied now. */
export async function migrate(db: Db, dir: string, { upTo = Infinity }: { readonly upTo?: number } = {}): Promise<readonly string[]> {
  const files = readMigrations(dir).filter((file) => file.number <= upTo);
  return db.connection().execute(async (session) => {
    await sql`select set_config('statement_timeout', '0', false)`.execute(session);
    await sql`select pg_advisory_lock(${LOCK})`.execute(session);
    try {
      return await applyMissing(session, files);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(session);
      await sql`reset statement_timeout`.execute(session);
    }
  });
}

/** What `migrate` would do: how far the tables are (0: there are none yet), and the names that are missing. Changes nothing. */
export async function pendingMigrations(db: Db, dir: string): Promise<{ readonly level: number; readonly missing: readonly string[] }> {
  const [there] = await rowsOf<{ there: boolean }>(db, sql`select to_regclass('public.schema_migrations') is not null as there`);
  if (there?.there !== true) return { level: 0, missing: readMigrations(dir).map((file) => file.name) };
  const applied = await rowsOf<AppliedMigration>(db, sql`select number, name, checksum from schema_migrations order by number`);
  const plan = planMigrations(readMigrations(dir), applied);
  return { level: applied.at(-1)?.number ?? 0, missing: plan.kind === 'go' ? plan.missing.map((file) => file.name) : [] };
}

export function readMigrations(dir: string): readonly Migration[] {
  const names = readdirSync(dir)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
  return names.map((file) => {
    const text = readFileSync(join(dir, file), 'utf8');
    const checksum = createHash('sha256').update(text).digest('hex').slice(0, 32);
    return { number: Number(file.slice(0, 4)), name: file.slice(0, -4), text, checksum };
  });
}

async function applyMissing(db: Db, files: readonly Migration[]): Promise<readonly string[]> {
  await sql`create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`.execute(db);
  const applied = await rowsOf<AppliedMigration>(db, sql`select number, name, checksum from schema_migrations order by number`);
  const plan = planMigrations(files, applied);
  if (plan.kind === 'refused')
    throw new Error(`The database cannot be brought up to date:\n${plan.reasons.map((r) => `  ${r}`).join('\n')}`);
  for (const file of plan.missing) {
    await inTransaction(db, async (tx) => {
      failpoint('migration.file');
      await sql.raw(file.text).execute(tx);
      await sql`insert into schema_migrations (number, name, checksum) values (${file.number}, ${file.name}, ${file.checksum})`.execute(tx);
    }).catch((error: unknown) => {
      throw new Error(`Migration ${file.name} failed and left nothing behind: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    });
  }
  return plan.missing.map((file) => file.name);
}
