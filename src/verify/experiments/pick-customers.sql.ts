import { type RawBuilder, sql } from 'kysely';
import { type CustomerPick, PICK_FIELDS, type PickChoices, type PickField } from '../../model/experiment.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { placeScope, scopeSql } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf, rowsOf } from '../../platform/postgres/db.ts';

export const CUSTOMER_SCOPE = placeScope('c');

const DAY_MS = 86_400_000;
const LEVEL_DAYS = 30;

const COLUMNS: Readonly<Record<PickField, RawBuilder<string>>> = {
  segment: sql`c.segment`,
  temperament: sql`g.temperament`,
  cluster: sql`g.cluster`,
  usage_group: sql`g.usage_group`,
  value_tier: sql`c.value_tier`,
  brand: sql`c.brand`,
  city: sql`c.city`,
  level: sql`l.level`,
};

/** The customers within the viewer's data scope, with all that they can be picked by. */
function customersFrom(viewer: Viewer, nowMs: number): RawBuilder<unknown> {
  const since = new Date(nowMs - LEVEL_DAYS * DAY_MS).toISOString();
  return sql`customers c left join customer_segments g on g.customer = c.customer
    left join (select v.customer, max(n.level)::text as level from grievance_levels n join voices v on v.id = n.voice_id
      where v.said_at >= ${since}::timestamptz and v.customer is not null group by v.customer) l on l.customer = c.customer
    where ${scopeSql(scopeOf(viewer), CUSTOMER_SCOPE)}`;
}

const fits = (pick: CustomerPick): RawBuilder<boolean> =>
  sql`(${sql.join([sql`true`, ...PICK_FIELDS.flatMap((field) => (pick[field] === undefined ? [] : [sql`${COLUMNS[field]} = any(${[...pick[field]]}::text[])`]))], sql` and `)})`;

export const pickedCustomers = (viewer: Viewer, pick: CustomerPick, nowMs: number): RawBuilder<unknown> =>
  sql`select c.customer from ${customersFrom(viewer, nowMs)} and ${fits(pick)}`;

/** Of each field, so that one with very many values hides no other. */
const MOST_VALUES = 100;

export async function pickChoices(ctx: Context, viewer: Viewer, pick: CustomerPick): Promise<PickChoices> {
  const nowMs = ctx.clock.nowMs();
  const columns = sql.join(PICK_FIELDS.map((field) => sql`${COLUMNS[field]} as ${sql.ref(field)}`));
  const each = sql.join(PICK_FIELDS.map((field) => sql`(${field}::text, k.${sql.ref(field)})`));
  const [picked, choices] = await Promise.all([
    rowOf(ctx.db, sql<{ n: number }>`select count(*)::integer as n from (${pickedCustomers(viewer, pick, nowMs)}) as picked`),
    rowsOf(
      ctx.db,
      sql<PickChoices['choices'][number]>`
        select field, value, customers from (
          select f.field, f.value, count(*)::integer as customers, row_number() over (partition by f.field order by count(*) desc, f.value) as place
          from (select ${columns} from ${customersFrom(viewer, nowMs)}) k cross join lateral (values ${each}) as f (field, value)
          where f.value is not null group by f.field, f.value) counted
        where place <= ${MOST_VALUES} order by field, place`,
    ),
  ]);
  return { customers: picked?.n ?? 0, choices };
}
