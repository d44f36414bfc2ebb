import { sql } from 'kysely';
import type { Entity } from '../model/alarm.ts';
import type { Filter } from '../model/question.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';

/** What measuring an order's outcome needs to know of it. */
export interface ClosedOrder {
  readonly id: string;
  readonly where: readonly Filter[];
  readonly entity: Entity | null;
  readonly createdAt: string;
  readonly closedAt: string;
}

/** undefined: there is no such order, or it is not closed (any more). */
export function closedOrder(db: Db, id: string): Promise<ClosedOrder | undefined> {
  return rowOf(
    db,
    sql<ClosedOrder>`
    select id, conditions as "where", created_at as "createdAt", closed_at as "closedAt",
      case when dimension is not null and value is not null then jsonb_build_object('dimension', dimension, 'value', value) end as entity
    from work_orders where id = ${id} and state = 'closed'`,
  );
}
