import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testClock } from '../../test/kit/clock.ts';
import { freshDb } from '../../test/kit/db.ts';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { housekeepingJob } from './housekeeping.job.ts';

test('what was kept for a while only goes, and nothing else', async () => {
  await using fresh = await freshDb();
  const { db } = fresh;
  const clock = testClock();
  const now = clock.now();
  await sql`insert into org_units (id, level, name, name_en, path) values ('ou', 'province', '省', 'P', '/ou/')`.execute(db);
  await sql`
    insert into members (id, login, name, unit_id, roles, scope) values ('me', 'me', '我', 'ou', '{analyst}', 'province'), ('you', 'you', '你', 'ou', '{analyst}', 'province')`.execute(
    db,
  );
  await sql`
    insert into idempotency_keys (member_id, key, request_hash, status, answer, created_at)
    select 'me', d::text, '', 200, '{}', ${now}::timestamptz - make_interval(days => d) from generate_series(6, 8) d`.execute(db);
  await sql`
    insert into live_events (id, at, topic, payload)
    select h::text, ${now}::timestamptz - make_interval(hours => h), 'voices', '{}' from unnest(array[23, 25]) h`.execute(db);
  await sql`
    insert into sessions (token_hash, member_id, created_at, last_seen_at, expires_at)
    select decode(hash, 'hex'), member, ${now}::timestamptz - interval '9 days', ${now}::timestamptz - make_interval(days => seen),
      ${now}::timestamptz + make_interval(days => ends)
    from (values ('01', 'me', 9, -2), ('02', 'me', 8, -1), ('03', 'me', 1, 6), ('04', 'you', 8, -1)) s (hash, member, seen, ends)`.execute(
    db,
  );
  await sql`
    insert into sign_in_links (token_hash, member_id, expires_at, used_at)
    values ('\\x01', 'me', ${now}::timestamptz - interval '1 hour', null), ('\\x02', 'me', ${now}::timestamptz + interval '1 hour', ${now}),
      ('\\x03', 'me', ${now}::timestamptz + interval '1 hour', null)`.execute(db);
  await housekeepingJob.run({ bulk: db, clock } as unknown as Context, {} as never, new AbortController().signal);
  const left = async (statement: ReturnType<typeof sql<{ id: string }>>): Promise<string> =>
    (await rowsOf(db, statement)).map(({ id }) => id).join(' ');
  expect({
    keys: await left(sql`select key as id from idempotency_keys order by 1`),
    events: await left(sql`select id from live_events order by 1`),
    // The last session of somebody who was not here since says when he was.
    sessions: await left(sql`select encode(token_hash, 'hex') as id from sessions order by 1`),
    links: await left(sql`select encode(token_hash, 'hex') as id from sign_in_links order by 1`),
  }).toEqual({ keys: '6 7', events: '23', sessions: '03 04', links: '03' });
});
