import { sql } from 'kysely';
import type { Filter } from '../model/question.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { whichMeetBatch } from '../warn/read.sql.ts';

export interface OrderOver {
  readonly id: string;
  readonly title: string;
}

/** Work orders made since a batch came whose voices are also of it. */
export async function ordersOver(db: Db, batch: string, since: string, zone: string): Promise<readonly OrderOver[]> {
  const orders = await rowsOf(
    db,
    sql<OrderOver & { where: readonly Filter[] }>`
      select id, title, conditions as "where" from work_orders where created_at >= ${since}::timestamptz order by created_at, id`,
  );
  const met = await whichMeetBatch(db, batch, orders, zone);
  return orders.filter(({ id }) => met.has(id)).map(({ id, title }) => ({ id, title }));
}
