import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import { lotOf, openUsage } from './usage-facts.client.ts';

const MOST = 50;

/**
 * What batches of customers counted as accepted is there: no batch owns more subscriptions than it accepted, and each that it brought
 * still stands, under it or under a later one. A batch of before the memory of imports is known by its count alone.
 */
export async function checkCustomerBatches(db: Db): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    sql<{ id: string; accepted: number; owned: number; missing: number }>`
      with brought as (
        select i.batch_id, i.kind, count(*) filter (where s.subscription is null and c.customer is null) as missing
        from import_before i
        left join subscriptions s on i.kind = 'subscription' and s.subscription = i.key
        left join customers c on i.kind = 'customer' and c.customer = i.key
        group by 1, 2)
      select b.id, b.accepted, (select count(*) from subscriptions s where s.batch_id = b.id) as owned,
        coalesce((select sum(missing) from brought where brought.batch_id = b.id), 0)::int as missing
      from import_batches b where b.carries = 'customers' and b.state in ('running', 'done', 'cancelled', 'failed')`,
  );
  return rows
    .flatMap(({ id, accepted, owned, missing }) => [
      ...(owned <= accepted ? [] : [`batch ${id} accepted ${accepted} rows of customers, ${owned} subscriptions stand under it`]),
      ...(missing === 0 ? [] : [`batch ${id} brought ${missing} customers or subscriptions that are not there`]),
    ])
    .slice(0, MOST);
}

/** Each batch of usage that accepted rows has them on the disk, no ended one more than it accepted, and an undone one none. */
export async function checkUsageLots(ctx: Pick<Context, 'db' | 'config'>): Promise<readonly string[]> {
  const batches = await rowsOf(
    ctx.db,
    sql<{ id: string; createdAt: string; state: string; accepted: number }>`
      select id, created_at as "createdAt", state, accepted from import_batches where carries = 'usage'`,
  );
  if (batches.length === 0) return [];
  const folder = await openUsage(ctx.config.home);
  try {
    const found = await folder.select('select lot, count(*) as n from usage group by lot');
    const landed = new Map(found.map((row) => [String(row['lot']), Number(row['n'])]));
    return batches
      .flatMap((batch) => {
        const there = landed.get(lotOf(batch)) ?? 0;
        if (batch.state === 'undone') return there === 0 ? [] : [`batch ${batch.id} was undone, ${there} of its rows of usage are there`];
        // A check counts what would be accepted; only these states have taken something.
        if (batch.accepted > 0 && there === 0 && (batch.state === 'done' || batch.state === 'running'))
          return [`batch ${batch.id} accepted ${batch.accepted} rows of usage, its file is not there`];
        return batch.state === 'done' && there > batch.accepted
          ? [`batch ${batch.id} accepted ${batch.accepted} rows of usage, ${there} are there`]
          : [];
      })
      .slice(0, MOST);
  } finally {
    folder.close();
  }
}
