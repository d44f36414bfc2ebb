import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDb } from '../../../test/kit/db.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { peakVersions } from './settings.sql.ts';
import { FIRST_PEAKS } from './settings.ts';

const AT = '2026-05-01T00:00:00.000Z';

async function house(db: Db): Promise<void> {
  await sql`insert into org_units (id, parent_id, level, name, name_en, path) values ('ou', null, 'province', '省', 'P', '/ou/')`.execute(
    db,
  );
  await sql`insert into members (id, login, name, unit_id, roles, scope) values ('me', 'me', '人', 'ou', '{analyst}', 'province')`.execute(
    db,
  );
}

test('settings that were stored for two tiers are read: low value is worth, and is given, what usual value is', () =>
  withDb(async (db) => {
    await house(db);
    const { effect, hold_out } = FIRST_PEAKS;
    const stored = (high: number, usual: number) => ({
      effect,
      hold_out,
      values: { high, usual },
      comfort: { high: { each: 9, month: 90 }, usual: { each: 3, month: 30 } },
    });
    await sql`insert into peak_settings (version, settings, reason, changed_at, changed_by) values
      (1, ${JSON.stringify(stored(500, 150))}::jsonb, '一', ${AT}, 'me'), (2, ${JSON.stringify(stored(900, 300))}::jsonb, '二', ${AT}, 'me')`.execute(
      db,
    );
    const versions = await peakVersions(db);
    expect(versions.map(({ version, settings }) => [version, settings.values])).toEqual([
      [2, { high: 900, usual: 300, low: 300 }],
      [1, { high: 500, usual: 150, low: 150 }],
      [0, FIRST_PEAKS.values],
    ]);
    expect(versions[0].settings.comfort).toEqual({
      high: { each: 9, month: 90 },
      usual: { each: 3, month: 30 },
      low: { each: 3, month: 30 },
    });
  }));

test('an experiment on usual value goes on with those whom it meant: of low value, too', () =>
  withDb(async (db) => {
    await house(db);
    const triedBy = {
      usual: [
        { level: 5, tier: 'usual' },
        { level: 4, tier: 'usual' },
      ],
      high: [{ level: 5, tier: 'high' }],
      none: [],
    };
    for (const [id, handling] of Object.entries(triedBy))
      await sql`insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, arms, metrics, window_days, handling, created_at)
        values (${id}, 'assigned', ${id}, '', 'running', 'ou', '/ou/', '[]', '[]', 30, ${JSON.stringify(handling)}::jsonb, ${AT})`.execute(
        db,
      );
    await sql.raw(readFileSync('migrations/0029_low_value.sql', 'utf8')).execute(db);
    const rows = await rowsOf(db, sql<{ id: string; handling: object[] }>`select id, handling from experiments order by id`);
    expect(rows).toEqual([
      { id: 'high', handling: triedBy.high },
      { id: 'none', handling: [] },
      { id: 'usual', handling: [...triedBy.usual, { level: 5, tier: 'low' }, { level: 4, tier: 'low' }] },
    ]);
  }));

test('comfort of before keeps what it was given as, and low value can be written down beside it', () =>
  withDb(async (db) => {
    await house(db);
    const give = (customer: string, tier: string) =>
      sql`insert into peak_comforts (customer, city, given_at, level, tier, each_yuan, given_by) values (${customer}, 'A', ${AT}, 2, ${tier}, 5, 'me')`.execute(
        db,
      );
    await give('c1', 'usual');
    await give('c2', 'low');
    await expect(rowOf(db, sql`select count(*)::int as n from peak_comforts where tier in ('usual', 'low')`)).resolves.toEqual({ n: 2 });
  }));
