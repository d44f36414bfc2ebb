import { type RawBuilder, sql } from 'kysely';
import type { Viewer } from '../model/people.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';
import type { FoundCustomer } from './recording-draft.ts';

/**
 * Whom a member may serve: the customers of the unit's city; a unit of the province (a hotline's team) and province scope serve everybody.
 * Wider than the voices that an agent may read, because the customer is on the line and has said who he is.
 */
export function servedBy(viewer: Pick<Viewer, 'scope' | 'city'>, column: string): RawBuilder<boolean> {
  if (viewer.scope === 'province' || viewer.city === null) return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(column)} = ${viewer.city}`;
}

/** The customer of a number: the customer's own, a phone's, or a subscription's, in this order. */
export function customerOfNumber(db: Db, viewer: Pick<Viewer, 'scope' | 'city'>, key: string): Promise<FoundCustomer | undefined> {
  return rowOf(
    db,
    sql<FoundCustomer>`
      select c.customer, c.phone, c.city from (
        select customer, 1 as rank from customers where customer = ${key}
        union all (select customer, 2 from customers where phone = ${key} order by customer limit 1)
        union all select customer, 3 from subscriptions where subscription = ${key}
      ) found join customers c using (customer)
      where ${servedBy(viewer, 'c.city')}
      order by found.rank limit 1`,
  );
}
