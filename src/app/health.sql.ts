import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { rowOf } from '../platform/postgres/db.ts';

export interface Health {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'postgres' | 'warehouse' | 'queue', { readonly ok: boolean; readonly detail: string }>>;
  /** Until when the warehouse holds everything committed; null before it first followed. */
  readonly warehouse_as_of: string | null;
}

/** Looks at each store; never throws. */
export async function healthOf(ctx: Context): Promise<Health> {
  const look = async (work: () => Promise<string>): Promise<{ ok: boolean; detail: string }> => {
    try {
      return { ok: true, detail: await work() };
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
  const [postgres, warehouse, queue] = await Promise.all([
    look(async () => (await rowOf(ctx.db, sql<{ v: string }>`select current_setting('server_version') as v`))?.v ?? ''),
    look(async () => {
      await ctx.warehouse.select('select 1 as one', []);
      return 'ok';
    }),
    look(async () => `${Object.values(await ctx.jobs.depth()).reduce((a, b) => a + b, 0)} waiting`),
  ]);
  const mark = postgres.ok
    ? await rowOf(ctx.db, sql<{ as_of: string | null }>`select as_of from watermarks where follower = 'warehouse'`).catch(() => undefined)
    : undefined;
  return { ready: postgres.ok && warehouse.ok && queue.ok, checks: { postgres, warehouse, queue }, warehouse_as_of: mark?.as_of ?? null };
}
