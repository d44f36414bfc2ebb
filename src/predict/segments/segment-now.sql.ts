import { type RawBuilder, sql } from 'kysely';
import type { SchemeId } from '../../model/segment-views.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';

const COLUMN = { temperament: 'temperament', clusters: 'cluster', usage: 'usage_group' } as const;

/** The segment of a customer now: by rule it stands on the customer (`byRule`); of another scheme, where its newest run put them. */
export const segmentNow = (scheme: SchemeId, customer: RawBuilder<unknown>, byRule: RawBuilder<unknown>): RawBuilder<string | null> =>
  scheme === 'rules'
    ? sql<string | null>`${byRule}`
    : sql<string | null>`(select s.${sql.ref(COLUMN[scheme])} from customer_segments s where s.customer = ${customer})`;

/** What runs say of a customer now that handling may go by: the temperament, then the usage group; nothing where they tell none. */
export async function judgedSegments(db: Db, customer: string | null): Promise<readonly string[]> {
  if (customer === null) return [];
  const row = await rowOf(
    db,
    sql<{ told: readonly string[] }>`
      select array_remove(array[temperament, usage_group], null) as told from customer_segments where customer = ${customer}`,
  );
  return row?.told ?? [];
}
