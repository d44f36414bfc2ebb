import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDb, freshDb } from '../../test/kit/db.ts';
import { SMALL_PACK } from '../../test/kit/loop.ts';
import { type RuleSegment, ruleSegmentOf } from '../model/segment.ts';
import { inTransaction, rowsOf } from '../platform/postgres/db.ts';
import { applyRules, ruleSegmentSql, rulesInUse, takeRules } from './rule-segments.sql.ts';

let fresh: FreshDb;
beforeAll(async () => {
  fresh = await freshDb();
});
afterAll(() => fresh.close());

const values = fc.constantFrom('商务', '校园', "o'x", '金卡');
const rules = fc.array(fc.record({ brands: fc.array(values, { maxLength: 2 }), tiers: fc.array(values, { maxLength: 2 }) }), {
  maxLength: 4,
});
const customers = fc.array(fc.record({ brand: fc.option(values), value_tier: fc.option(values) }), { minLength: 1, maxLength: 8 });

test('the rules say the same in SQL', async () => {
  await fc.assert(
    fc.asyncProperty(rules, customers, async (drafts, given) => {
      const all = drafts.map((draft, i): RuleSegment => ({ id: `s${i}`, names: { zh: '群', en: 'S' }, ...draft }));
      const rows = await rowsOf(
        fresh.db,
        sql<{ segment: string | null }>`
          select ${ruleSegmentSql(all)} as segment
          from json_to_recordset(${JSON.stringify(given)}::json) as c(brand text, value_tier text)`,
      );
      expect(rows.map((row) => row.segment)).toEqual(given.map((c) => ruleSegmentOf(all, { brand: c.brand, valueTier: c.value_tier })));
    }),
    { numRuns: 30 },
  );
});

test('customers move when the rules change, and only those who move are followed', async () => {
  await inTransaction(fresh.db, async (tx) => {
    await sql`insert into org_units (id, level, name, name_en, path) values ('u', 'province', '省', 'P', '/u/')`.execute(tx);
    await sql`insert into members (id, login, name, unit_id, roles, scope) values ('m', 'm', '甲', 'u', '{analyst}', 'province')`.execute(
      tx,
    );
    await sql`insert into sources (id, name, unit_id, carries, created_at) values ('s', 's', 'u', 'customers', now())`.execute(tx);
    await sql`insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, state, created_at)
      values ('b', 's', 'm', 'customers', 'f', 'h', 1, '/f', 'done', now())`.execute(tx);
    for (const [customer, brand, tier] of [
      ['c1', '商务', '金卡'],
      ['c2', '商务', '普通'],
      ['c3', '校园', '普通'],
    ] as const) {
      await sql`insert into customers (customer, source_id, brand, value_tier, segment, batch_id)
        values (${customer}, 's', ${brand}, ${tier}, 'business-high', 'b')`.execute(tx);
      await sql`insert into subscriptions (subscription, customer, source_id, body_hash, batch_id, changed_tx)
        values (${`s-${customer}`}, ${customer}, 's', '\\x00', 'b', '1')`.execute(tx);
    }
    await takeRules(tx, SMALL_PACK.segments, '2026-03-01T00:00:00Z');
    expect(await rulesInUse(tx)).toEqual(SMALL_PACK.segments);
    expect(await applyRules(tx, SMALL_PACK.segments, '', 2)).toBe('c2');
    expect(await applyRules(tx, SMALL_PACK.segments, 'c2', 2)).toBe('c3');
    expect(await applyRules(tx, SMALL_PACK.segments, 'c3', 2)).toBeNull();
  });
  const rows = await rowsOf(
    fresh.db,
    sql`select c.customer, c.segment, s.changed_tx::text <> '1' as followed
      from customers c join subscriptions s on s.customer = c.customer order by 1`,
  );
  expect(rows).toEqual([
    { customer: 'c1', segment: 'business-high', followed: false },
    { customer: 'c2', segment: 'business-usual', followed: true },
    { customer: 'c3', segment: null, followed: true },
  ]);
});
