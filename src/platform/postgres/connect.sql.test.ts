import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDb, withDb } from '../../../test/kit/db.ts';
import { connect, instantOf, safeInteger } from './connect.client.ts';
import { rowOf } from './db.ts';

test('times arrive as instants, big and decimal numbers as numbers, transaction numbers and dates as texts', async () => {
  const row = await withDb((db) =>
    rowOf<Record<string, unknown>>(
      db,
      sql`select timestamptz '2026-03-01 16:00:00.123456+08' as at, timestamptz '1999-12-31 23:59:59+00' as whole,
        array[timestamptz '2026-03-01 00:00+00', null] as ats, 9007199254740991::bigint as big, array[1::bigint, 2] as bigs,
        1.25::numeric as decimal, '12'::xid8 as tx, date '2026-03-01' as day, '{"a": [1]}'::jsonb as json, count(*) as n`,
    ),
  );
  expect(row).toEqual({
    at: '2026-03-01T08:00:00.123Z',
    whole: '1999-12-31T23:59:59.000Z',
    ats: ['2026-03-01T00:00:00.000Z', null],
    big: 9_007_199_254_740_991,
    bigs: [1, 2],
    decimal: 1.25,
    tx: '12',
    day: '2026-03-01',
    json: { a: [1] },
    n: 1,
  });
});

test('a number that would lose a digit is an error, not another number', () => {
  expect(() => safeInteger('9007199254740993')).toThrow(/9007199254740993/);
});

test.each([
  ['2026-03-01 08:00:00+00', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01 08:00:00.5+00', '2026-03-01T08:00:00.500Z'],
  ['2026-03-01 08:00:00.123999+00', '2026-03-01T08:00:00.123Z'],
  ['infinity', 'infinity'],
])('%s is the instant %s', (text, instant) => expect(instantOf(text)).toBe(instant));

test('connections that the server closes are replaced; only the statement that ran is lost', async () => {
  await using fresh = await freshDb({ max: 2 });
  const errors: Error[] = [];
  const mine = await connect(fresh.url, { max: 2, onError: (error) => errors.push(error) });
  const running = sql`select pg_sleep(30)`.execute(mine.db);
  const lost = expect(running).rejects.toThrow();
  await sql`select 1`.execute(mine.db);
  const others = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await others.execute(fresh.db);
  await lost;
  // A connection whose end has not been noticed yet may cost one more statement.
  await expect.poll(() => rowOf(mine.db, sql`select 1 as one`).catch(() => null)).toEqual({ one: 1 });
  expect(errors.length).toBeGreaterThan(0);
  await mine.close();
});

test('a statement that takes too long is ended', async () => {
  await using fresh = await freshDb({ max: 1 });
  const mine = await connect(fresh.url, { max: 1, statementTimeoutMs: 50 });
  await expect(sql`select pg_sleep(10)`.execute(mine.db)).rejects.toThrow(/statement timeout/);
  await mine.close();
});

test('silence is borne as long as the longest statement that the connection may run', async () => {
  await using fresh = await freshDb({ max: 1 });
  for (const [asked, borne] of [
    [undefined, 75_000],
    [900_000, 915_000],
  ] as const) {
    const mine = await connect(fresh.url, { max: 1, ...(asked === undefined ? {} : { statementTimeoutMs: asked }) });
    const client = (await mine.pool.connect()) as unknown as { connection: { stream: { timeout: number } }; release(): void };
    expect(client.connection.stream.timeout).toBe(borne);
    client.release();
    await mine.close();
  }
});
