import { sql } from 'kysely';
import type { OrderOfVoice } from '../model/order-views.ts';
import type { Viewer } from '../model/people.ts';
import type { Filter } from '../model/question.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { VOICES_READ, whereSql } from '../warn/read.sql.ts';
import { isSeenBy } from './order-filter.sql.ts';

/** An order says by filters which voices it is about; so many of the newest are asked whether this voice is one of theirs. */
const NEWEST = 200;

/** The orders about this voice that the viewer may see, newest first. Ask only for a voice that the viewer may see. */
export async function ordersOfVoice(db: Db, viewer: Viewer, voice: number, zone: string): Promise<readonly OrderOfVoice[]> {
  const orders = await rowsOf(
    db,
    sql<OrderOfVoice & { conditions: readonly Filter[] }>`
    select w.id, w.title, w.state, w.conditions from work_orders w where ${isSeenBy(viewer)} order by w.created_at desc, w.id desc limit ${NEWEST}`,
  );
  if (orders.length === 0) return [];
  const answers = sql.join(orders.map((order) => sql`coalesce(${whereSql(order.conditions, zone)}, false)`));
  const row = await rowOf(
    db,
    sql<{ about: readonly boolean[] }>`select array[${answers}] as about from ${VOICES_READ} where v.id = ${voice}`,
  );
  return orders.filter((_, i) => row?.about[i] === true).map(({ id, title, state }) => ({ id, title, state }));
}
