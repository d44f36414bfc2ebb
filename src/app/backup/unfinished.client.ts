import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Db, rowOf } from '../../platform/postgres/db.ts';

/** Lies in a home from the first moment of a restore to its last. */
const NOTE = 'RESTORE-UNFINISHED.txt';

/** Says what to do with a home, or a database, in which a restore was cut off: nothing in it may be taken for the truth. */
export class RestoreUnfinished extends Error {
  override readonly name = 'RestoreUnfinished';
}

export function noteUnfinished(home: string, archive: string): () => void {
  const path = join(home, NOTE);
  writeFileSync(
    path,
    `A restore of ${archive} into this home began and has not ended.\nIf it does not run any more: remove this directory, and restore again:\n  rm -r ${home}\n  voxloop restore ${archive} --into ${home}\n`,
    { mode: 0o600, flush: true },
  );
  return () => rmSync(path, { force: true });
}

export function refuseUnfinished(home: string): void {
  const path = join(home, NOTE);
  if (existsSync(path)) throw new RestoreUnfinished(readFileSync(path, 'utf8').trim());
}

/** The same note in the database, for one that lives elsewhere than in the home. */
export async function noteUnfinishedIn(db: Db, archive: string): Promise<() => Promise<void>> {
  await sql`create table restore_unfinished (archive text not null, at timestamptz not null default now())`.execute(db);
  await sql`insert into restore_unfinished (archive) values (${archive})`.execute(db);
  return async () => {
    await sql`drop table restore_unfinished`.execute(db);
  };
}

export async function refuseUnfinishedIn(db: Db): Promise<void> {
  const there = await rowOf(db, sql<{ there: boolean }>`select to_regclass('public.restore_unfinished') is not null as there`);
  if (there?.there === true)
    throw new RestoreUnfinished(
      'A restore into this database began and has not ended. If it does not run any more: drop the database, create it anew, empty, and restore again.',
    );
}

/** What may lie in a home into which one restores: traces of a try that was refused, and what can be learnt again. */
const HARMLESS = new Set(['lock', 'holder.json', 'cache']);

export function whatLiesIn(home: string): readonly string[] {
  return existsSync(home) ? readdirSync(home).filter((name) => !HARMLESS.has(name)) : [];
}
