import { type RawBuilder, sql } from 'kysely';
import type { RuleSegment } from '../model/segment.ts';
import { type Tx, rowOf, rowsOf } from '../platform/postgres/db.ts';

/** `ruleSegmentOf` in SQL, over columns `brand` and `value_tier`. */
export function ruleSegmentSql(rules: readonly RuleSegment[]): RawBuilder<string | null> {
  if (rules.length === 0) return sql<string | null>`null::text`;
  const fits = (column: string, values: readonly string[]): RawBuilder<boolean> =>
    values.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.ref(column)} = any(${values}::text[])`;
  const cases = rules.map((rule) => sql`when ${fits('brand', rule.brands)} and ${fits('value_tier', rule.tiers)} then ${rule.id}::text`);
  return sql<string | null>`case ${sql.join(cases, sql` `)} end`;
}

/** The rules by which customers were last put into segments; null: never. */
export async function rulesInUse(tx: Tx): Promise<readonly RuleSegment[] | null> {
  const row = await rowOf(tx, sql<{ definition: readonly RuleSegment[] }>`select definition from segment_schemes where id = 'rules'`);
  return row?.definition ?? null;
}

export async function takeRules(tx: Tx, rules: readonly RuleSegment[], at: string): Promise<void> {
  await sql`
    insert into segment_schemes (id, definition, updated_at) values ('rules', ${JSON.stringify(rules)}::jsonb, ${at})
    on conflict (id) do update set definition = excluded.definition, version = segment_schemes.version + 1, updated_at = excluded.updated_at`.execute(
    tx,
  );
  await sql`
    insert into segments (scheme, segment, name_zh, name_en)
    select 'rules', r.id, r.names ->> 'zh', r.names ->> 'en' from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) r (id text, names jsonb)
    on conflict (scheme, segment) do update set name_zh = excluded.name_zh, name_en = excluded.name_en`.execute(tx);
}

/**
 * Puts the next customers after `after` where the rules say; those who change are followed by the warehouse, through their
 * subscriptions. Answers the last customer that was looked at, null at the end.
 */
export async function applyRules(tx: Tx, rules: readonly RuleSegment[], after: string, limit: number): Promise<string | null> {
  const looked = await rowsOf(
    tx,
    sql<{ customer: string }>`select customer from customers where customer > ${after} order by customer limit ${limit}`,
  );
  const last = looked.at(-1)?.customer;
  if (last === undefined) return null;
  await sql`
    with moved as (
      update customers set segment = ${ruleSegmentSql(rules)}
      where customer > ${after} and customer <= ${last} and segment is distinct from ${ruleSegmentSql(rules)} returning customer
    )
    update subscriptions s set changed_tx = pg_current_xact_id() from moved where s.customer = moved.customer`.execute(tx);
  return last;
}
