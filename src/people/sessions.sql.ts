import { sql } from 'kysely';
import type { SessionRow } from '../model/account.ts';
import { verbsOf } from '../model/may.ts';
import type { Verb, Viewer } from '../model/people.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched } from '../platform/postgres/db.ts';
import { viewerOf } from './members.sql.ts';

const IDLE_MINUTES = 8 * 60;
const ABSOLUTE_MINUTES = 7 * 24 * 60;

export interface SessionMaker {
  /** What the browser says it is; or the name a member gave a token. */
  readonly name?: string;
  readonly kind?: 'browser' | 'token';
  readonly minutes?: number;
  /** Rights that a token is narrowed to; null: all of its member's. */
  readonly verbs?: readonly Verb[] | null;
}

export async function openSession(tx: Db, tokenHash: Buffer, member: string, now: string, by: SessionMaker = {}): Promise<void> {
  const { name = '', kind = 'browser', minutes = ABSOLUTE_MINUTES, verbs = null } = by;
  await sql`
    insert into sessions (token_hash, member_id, created_at, last_seen_at, expires_at, kind, name, verbs)
    values (${tokenHash}, ${member}, ${now}, ${now}, ${now}::timestamptz + make_interval(mins => ${minutes}), ${kind}, ${name.slice(0, 200)},
      ${verbs}::text[])`.execute(tx);
}

const LIVES = (now: string) => sql`
  s.expires_at > ${now} and (s.kind = 'token' or s.last_seen_at > ${now}::timestamptz - make_interval(mins => ${IDLE_MINUTES}))`;

/** Who a living session or token speaks for. Its last use is written at most once a minute; watching an open stream is no use. */
export async function viewerOfSession(db: Db, tokenHash: Buffer, now: string, { watching = false } = {}): Promise<Viewer | undefined> {
  const row = await rowOf(
    db,
    sql<{ member_id: string; stale: boolean; kind: string; verbs: readonly Verb[] | null }>`
      select s.member_id, s.last_seen_at < ${now}::timestamptz - interval '1 minute' as stale, s.kind, s.verbs from sessions s
      where s.token_hash = ${tokenHash} and ${LIVES(now)}`,
  );
  if (row === undefined) return undefined;
  if (row.stale && !watching) await sql`update sessions set last_seen_at = ${now} where token_hash = ${tokenHash}`.execute(db);
  const viewer = await viewerOf(db, row.member_id);
  return viewer === undefined || row.kind !== 'token' ? viewer : { ...viewer, only: row.verbs ?? verbsOf(viewer) };
}

/** A session is named by the start of its token's hash, which opens nothing. */
const ID = sql`left(encode(s.token_hash, 'hex'), 24)`;

export async function sessionsOf(db: Db, member: string, current: Buffer | null, now: string): Promise<readonly SessionRow[]> {
  return rowsOf(
    db,
    sql<SessionRow>`
      select ${ID} as id, s.kind, s.name, s.verbs, s.created_at, s.last_seen_at, s.expires_at,
        coalesce(s.token_hash = ${current}::bytea, false) as current
      from sessions s where s.member_id = ${member} and ${LIVES(now)} order by s.last_seen_at desc, s.created_at desc`,
  );
}

export async function closeSessionOf(tx: Db, member: string, id: string): Promise<{ kind: string; name: string } | undefined> {
  return rowOf(
    tx,
    sql<{ kind: string; name: string }>`
      delete from sessions s where s.member_id = ${member} and ${ID} = ${id} returning s.kind, s.name`,
  );
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

/** Sessions that expired and links that were used or expired. A member's last session stays: it says when he was last seen. */
export async function forgetEndedSessions(db: Db, now: string): Promise<void> {
  await sql`
    delete from sessions s where s.expires_at <= ${now} and exists (
      select from sessions o where o.member_id = s.member_id and (o.last_seen_at, o.token_hash) > (s.last_seen_at, s.token_hash))`.execute(
    db,
  );
  await sql`delete from sign_in_links where used_at is not null or expires_at <= ${now}`.execute(db);
}

const WINDOW = sql`interval '15 minutes'`;

/** At most `most` tries under a key in 15 minutes. */
export interface TryLimit {
  readonly key: string;
  readonly most: number;
}

/**
 * The limits of guessing at a login, the narrowest last. From one address come at most half of the tries, so that somebody who
 * keeps guessing from there does not lock out whoever signs in from elsewhere. There is no limit of an address alone: behind one
 * stand whole call centres, who could be locked out at once.
 */
export function limitsOf(login: string, address: string): readonly [TryLimit, ...TryLimit[]] {
  const key = `login:${login.toLowerCase()}`;
  return [
    { key, most: 10 },
    { key: `${key} from:${address}`, most: 5 },
  ];
}

/**
 * Counts a try under all of the keys, or says that one of their limits is reached: then it is not counted, or whoever keeps trying
 * would keep a login locked for ever. Counted before the password is looked at, so that parallel tries cannot slip through.
 */
export async function tryAllowed(db: Db, limits: readonly [TryLimit, ...TryLimit[]], now: string): Promise<boolean> {
  const [keys, most] = [limits.map((limit) => limit.key), limits.map((limit) => limit.most)];
  return inTransaction(db, async (tx) => {
    // Tries at one login queue up: side by side none would see the others' rows, and more than the limit would pass.
    await sql`select pg_advisory_xact_lock(hashtextextended(${limits[0].key}, 0))`.execute(tx);
    const row = await rowOf(
      tx,
      sql<{ allowed: boolean }>`
        with old as (select ctid from sign_in_attempts where at < ${now}::timestamptz - ${WINDOW} for update skip locked),
          forgotten as (delete from sign_in_attempts where ctid in (select ctid from old)),
          reached as (
            select from unnest(${keys}::text[], ${most}::int[]) as l (key, most)
            where (select count(*) from sign_in_attempts a where a.key = l.key and a.at > ${now}::timestamptz - ${WINDOW}) >= l.most
          ),
          counted as (
            insert into sign_in_attempts (key, at) select key, ${now}::timestamptz from unnest(${keys}::text[]) as l (key)
            where not exists (select from reached) returning 1
          )
        select exists (select from counted) as allowed`,
    );
    return row?.allowed === true;
  });
}

export async function forgetTries(db: Db, limits: readonly TryLimit[]): Promise<void> {
  await sql`delete from sign_in_attempts where key = any(${limits.map((limit) => limit.key)}::text[])`.execute(db);
}

/** A program with a token works with data; the member's own account is for the member in person. */
export function refuseToken(viewer: Pick<Viewer, 'only'>): void {
  if (viewer.only !== undefined) throw new Refusal('not-allowed', { right: 'in-person' });
}
