import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDb } from '../../../test/kit/db.ts';
import { tierOf } from '../../model/handling.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { tierSql } from './tier.sql.ts';

test.each([
  { high_tiers: ['金卡', '钻石'], low_tiers: ['普通'] },
  { high_tiers: ['钻石'], low_tiers: [] },
  { high_tiers: [], low_tiers: [] },
])('a value counts as the same in SQL: %j', (tiers) =>
  withDb(async (db) => {
    const values = ['钻石', '金卡', '银卡', '普通', '', null];
    const rows = await rowsOf(
      db,
      sql<{
        tier: string;
      }>`select ${tierSql(sql`x.value`, tiers)} as tier from unnest(${values}::text[]) with ordinality x (value, place) order by x.place`,
    );
    expect(rows.map((row) => row.tier)).toEqual(values.map((value) => tierOf(tiers, value)));
  }),
);
