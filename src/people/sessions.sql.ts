import { sql } from 'kysely';
import { type Db, rowOf, touched } from '../platform/postgres/db.ts';

const IDLE_MINUTES = 8 * 60;
const ABSOLUTE_MINUTES = 7 * 24 * 60;

export async function openSession(tx: Db, tokenHash: Buffer, member: string, now: string): Promise<void> {
  await sql`
    insert into sessions (token_hash, member_id, created_at, last_seen_at, expires_at)
    values (${tokenHash}, ${member}, ${now}, ${now}, ${now}::timestamptz + make_interval(mins => ${ABSOLUTE_MINUTES}))`.execute(tx);
}

/** The member of a living session. Its last use is written at most once a minute. */
export async function memberOfSession(db: Db, tokenHash: Buffer, now: string): Promise<string | undefined> {
  const row = await rowOf(
    db,
    sql<{ member_id: string; stale: boolean }>`
      select member_id, last_seen_at < ${now}::timestamptz - interval '1 minute' as stale from sessions
      where token_hash = ${tokenHash} and expires_at > ${now}
        and last_seen_at > ${now}::timestamptz - make_interval(mins => ${IDLE_MINUTES})`,
  );
  if (row?.stale) await sql`update sessions set last_seen_at = ${now} where token_hash = ${tokenHash}`.execute(db);
  return row?.member_id;
}

export const closeSession = (db: Db, tokenHash: Buffer): Promise<number> =>
  touched(db, sql`delete from sessions where token_hash = ${tokenHash}`);

export async function addSignInLink(tx: Db, tokenHash: Buffer, member: string, now: string, minutes: number): Promise<void> {
  await sql`
    insert into sign_in_links (token_hash, member_id, expires_at)
    values (${tokenHash}, ${member}, ${now}::timestamptz + make_interval(mins => ${minutes}))`.execute(tx);
}

/** Uses a link up; undefined when it is unknown, used or expired. */
export async function takeSignInLink(tx: Db, tokenHash: Buffer, now: string): Promise<string | undefined> {
  const row = await rowOf(
    tx,
    sql<{ member_id: string }>`
      update sign_in_links set used_at = ${now} where token_hash = ${tokenHash} and used_at is null and expires_at > ${now}
      returning member_id`,
  );
  return row?.member_id;
}

const WINDOW = sql`interval '15 minutes'`;

/**
 * Counts a try under a key ("login:…", "ip:…") and says whether it is still within the limit: at most `limit` in 15 minutes.
 * Counted before the password is looked at, so that parallel tries cannot slip through.
 */
export async function signInAllowed(db: Db, key: string, limit: number, now: string): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ tries: number }>`
      with forgotten as (delete from sign_in_attempts where at < ${now}::timestamptz - ${WINDOW}),
        counted as (insert into sign_in_attempts (key, at) values (${key}, ${now}) returning 1)
      select (select count(*) from sign_in_attempts where key = ${key} and at > ${now}::timestamptz - ${WINDOW})::int
        + (select count(*) from counted)::int as tries`,
  );
  return (row?.tries ?? 0) <= limit;
}

export async function forgetAttempts(db: Db, key: string): Promise<void> {
  await sql`delete from sign_in_attempts where key = ${key}`.execute(db);
}
