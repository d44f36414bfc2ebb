import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../src/platform/postgres/db.ts';
import { freshDb, withDb } from './db.ts';

const regions = sql<{ count: number }>`select count(*) as count from regions`;

describe('the test databases', () => {
  test('what a test writes is gone afterwards', async () => {
    await withDb(async (db) => {
      await sql`insert into regions (code, level, name, name_en) values ('p', 'province', '省', 'Province')`.execute(db);
      expect(await rowOf(db, regions)).toEqual({ count: 1 });
    });
    await withDb(async (db) => expect(await rowOf(db, regions)).toEqual({ count: 0 }));
  });

  test('a failure in the work comes out as it is', async () => {
    await expect(withDb(() => Promise.reject(new Error('on purpose')))).rejects.toThrow('on purpose');
  });

  test('a fresh database is migrated, commits, and is gone afterwards', async () => {
    await using fresh = await freshDb();
    await sql`insert into regions (code, level, name, name_en) values ('p', 'province', '省', 'Province')`.execute(fresh.db);
    expect(await rowOf(fresh.db, regions)).toEqual({ count: 1 });
  });
});
