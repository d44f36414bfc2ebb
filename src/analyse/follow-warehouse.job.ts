import type { Context } from '../platform/context.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import type { WarehouseWriter } from '../platform/warehouse/warehouse.ts';
import { changedSubscribers, changedVoices, hasMirrorMark, mirrorMark, settled, type Settled } from './changed.sql.ts';
import { type Follower, type Mark, markOf, setMark } from './marks.client.ts';
import { SUBSCRIBER_ROWS, VOICE_ROWS, WAREHOUSE_TABLES } from './wide-tables.ts';

export type FollowContext = Pick<Context, 'db' | 'warehouse' | 'clock' | 'config' | 'log'>;
export interface Followed {
  readonly rows: number;
  /** Until when the warehouse now holds everything that was committed. */
  readonly asOf: string;
}

/** Bounds the memory of a step, the time that other writers wait (about 0.1 s), and how long one answer of Postgres holds the event loop. */
const CHUNK = 1_000;
/** With nothing new, the mark is renewed so seldom, so that an idle system writes next to nothing. */
const RENEW_MS = 5_000;

/**
 * Brings the warehouse up to what Postgres has committed. Rows and mark change in one warehouse transaction per chunk, so a
 * crash leaves them agreeing and the next run goes on from there.
 */
export async function followWarehouse(ctx: FollowContext): Promise<Followed> {
  const before = { voices: await markOf(ctx.warehouse, 'voices'), subscribers: await markOf(ctx.warehouse, 'subscribers') };
  const startedMs = ctx.clock.nowMs();
  const horizon = await settled(ctx.db);
  const tx = Math.max(before.voices.tx, before.subscribers.tx);
  if (tx > horizon.next || (tx > 0 && !(await hasMirrorMark(ctx.db)))) {
    ctx.log.warn({ mark: tx, next: horizon.next }, 'the warehouse followed another database; it is rebuilt');
    return rebuildWarehouse(ctx);
  }
  let rows = 0;
  for (const follower of ['subscribers', 'voices'] as const) {
    const goal: Goal = { below: horizon.below, asOfMs: asOfMs(horizon, startedMs, before[follower].asOfMs), renew: rows > 0 };
    for (let done = false; !done;) {
      const step = await ctx.warehouse.write((writer) => takeChunk(ctx, writer, follower, goal));
      rows += step.rows;
      done = step.done;
    }
  }
  return { rows, asOf: await publish(ctx, before.voices) };
}

/** Makes all rows anew from Postgres. Questions see the old ones until it is done, then the new ones, never a part. */
export async function rebuildWarehouse(ctx: FollowContext): Promise<Followed> {
  const startedMs = ctx.clock.nowMs();
  const horizon = await settled(ctx.db);
  const rows = await ctx.warehouse.write(async (writer) => {
    for (const table of WAREHOUSE_TABLES) await writer.recreate(table);
    let count = 0;
    for (const follower of ['subscribers', 'voices'] as const) {
      for (let done = false; !done;) {
        const step = await takeChunk(ctx, writer, follower, { below: horizon.below, asOfMs: asOfMs(horizon, startedMs, 0), renew: true });
        count += step.rows;
        done = step.done;
      }
    }
    return count;
  });
  return { rows, asOf: await publish(ctx, null) };
}

/** Takes voices out that were deleted from Postgres (a batch undone): by id or by batch. Call it after that commit; safe to repeat. */
export async function forgetVoices(
  ctx: Pick<Context, 'warehouse'>,
  gone: { readonly ids?: readonly number[]; readonly batch?: string },
): Promise<void> {
  await ctx.warehouse.write(async (writer) => {
    if (gone.ids !== undefined) await writer.remove(VOICE_ROWS, 'id', gone.ids);
    if (gone.batch !== undefined) await writer.remove(VOICE_ROWS, 'batch', [gone.batch]);
  });
}

export const followJob: JobDefinition<object> = {
  queue: 'warehouse.follow',
  everySeconds: 1,
  run: async (ctx) => {
    await followWarehouse(ctx);
  },
};

/** Enqueued in the transaction that deletes the voices, so that the warehouse forgets them even after a crash. */
export const forgetJob: JobDefinition<{ readonly ids?: readonly number[]; readonly batch?: string }> = {
  queue: 'warehouse.forget',
  run: (ctx, gone) => forgetVoices(ctx, gone),
};

interface Goal {
  readonly below: number;
  readonly asOfMs: number;
  /** Set the mark even if nothing came. */
  readonly renew: boolean;
}

/** One chunk inside one warehouse transaction. The read of Postgres stands inside it too, so that `forgetVoices` cannot fall between. */
async function takeChunk(
  ctx: FollowContext,
  writer: WarehouseWriter,
  follower: Follower,
  goal: Goal,
): Promise<{ rows: number; done: boolean }> {
  const mark = await markOf(writer, follower);
  if (mark.tx > goal.below) return { rows: 0, done: true };
  const taken =
    follower === 'voices' ? await takeVoices(ctx, writer, mark, goal.below) : await takeSubscribers(ctx, writer, mark, goal.below);
  const done = taken.changed < CHUNK;
  if (!done && taken.last !== null) await setMark(writer, follower, { ...taken.last, asOfMs: mark.asOfMs });
  else if (taken.changed > 0 || goal.renew || mark.afterKey !== '' || mark.tx === 0 || goal.asOfMs - mark.asOfMs >= RENEW_MS) {
    await setMark(writer, follower, { tx: goal.below, afterKey: '', asOfMs: Math.max(goal.asOfMs, mark.asOfMs) });
  }
  return { rows: taken.rows, done };
}

interface Taken {
  readonly rows: number;
  readonly changed: number;
  readonly last: { readonly tx: number; readonly afterKey: string } | null;
}

async function takeVoices(ctx: FollowContext, writer: WarehouseWriter, mark: Mark, below: number): Promise<Taken> {
  const changed = await changedVoices(ctx.db, mark, below, ctx.config.timeZone, CHUNK);
  if (changed.changed === 0) return { rows: 0, changed: 0, last: null };
  // New voices have the highest ids: nothing to replace, and no scan to find that out.
  const [highest] = await writer.select('select coalesce(max(id), 0) as id from voice_rows');
  const known = changed.ids.filter((id) => id <= Number(highest?.['id'] ?? 0));
  await writer.remove(VOICE_ROWS, 'id', known);
  await writer.append(VOICE_ROWS, changed.rows);
  return { rows: changed.ids.length, changed: changed.changed, last: changed.last };
}

const OF_CUSTOMER = ['brand', 'age_band', 'value_tier', 'vpmn_group'] as const;

async function takeSubscribers(ctx: FollowContext, writer: WarehouseWriter, mark: Mark, below: number): Promise<Taken> {
  const changed = await changedSubscribers(ctx.db, mark, below, CHUNK);
  if (changed.changed === 0) return { rows: 0, changed: 0, last: null };
  await writer.remove(SUBSCRIBER_ROWS, 'customer', changed.customers);
  await writer.append(SUBSCRIBER_ROWS, changed.rows);
  // Voices that came before their customer was known take over the customer's values now.
  await writer.run(
    `update voice_rows set ${OF_CUSTOMER.map((c) => `${c} = s.${c}`).join(', ')}
     from (select customer, ${OF_CUSTOMER.map((c) => `any_value(${c}) as ${c}`).join(', ')} from subscriber_rows
           where customer in (select unnest(from_json($1, '["VARCHAR"]'))) group by customer) s
     where voice_rows.customer = s.customer and (${OF_CUSTOMER.map((c) => `voice_rows.${c} is distinct from s.${c}`).join(' or ')})`,
    [JSON.stringify(changed.customers)],
  );
  return { rows: changed.changed, changed: changed.changed, last: changed.last };
}

/** While something committed waits behind an older transaction, completeness ends where that transaction began. */
function asOfMs(horizon: Settled, startedMs: number, previousMs: number): number {
  if (!horizon.waiting) return startedMs;
  return horizon.waitingMs === null ? previousMs : startedMs - horizon.waitingMs;
}

/** Mirrors the mark into Postgres when it moved. Voices come last, so their mark speaks for both. */
async function publish(ctx: FollowContext, before: Mark | null): Promise<string> {
  const mark = await markOf(ctx.warehouse, 'voices');
  const asOf = new Date(mark.asOfMs).toISOString();
  if (before === null || before.tx !== mark.tx || before.asOfMs !== mark.asOfMs) await mirrorMark(ctx.db, mark.tx, asOf);
  return asOf;
}
