import { sql } from 'kysely';
import { closedOrder } from '../act/read.sql.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { whichMeetBatch } from '../warn/read.sql.ts';
import { causeOf, HORIZON_DAYS, spansOf } from './outcome.ts';

/** Orders whose outcome, measured since a batch came, counts voices of it, before or after the work. */
export async function outcomesOver(db: Db, batch: string, since: string, nowMs: number, zone: string): Promise<readonly string[]> {
  const measured = await rowsOf(
    db,
    sql<{
      id: string;
    }>`select order_id as id from outcomes where horizon_days = ${HORIZON_DAYS} and measured_at >= ${since}::timestamptz order by order_id`,
  );
  const asked = [];
  for (const { id } of measured) {
    const order = await closedOrder(db, id);
    if (order === undefined) continue;
    const spans = spansOf({ createdMs: Date.parse(order.createdAt), closedMs: Date.parse(order.closedAt) }, null, nowMs);
    const cause = causeOf(order.where, order.entity);
    for (const { fromMs, beforeMs } of [spans.before, spans.after]) {
      if (fromMs >= beforeMs) continue;
      const when = { field: 'said_at', from: new Date(fromMs).toISOString(), before: new Date(beforeMs).toISOString() };
      asked.push({ id, where: [...cause, when] });
    }
  }
  return [...(await whichMeetBatch(db, batch, asked, zone))];
}
