import { publishVoices } from '../people/live.sql.ts';
import type { Context } from '../platform/context.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import type { WarehouseWriter } from '../platform/warehouse/warehouse.ts';
import { changedSubscribers, changedVoices, hasMirrorMark, mirrorMark, settled, type Settled, withoutSubscription } from './changed.sql.ts';
import { changedSegments } from './changed-segments.sql.ts';
import { type Follower, type Mark, markOf, setMark } from './marks.client.ts';
import { OF_RUNS, SUBSCRIBER_ROWS, VOICE_ROWS, WAREHOUSE_TABLES } from './wide-tables.ts';
import { forgetWordsOfRows } from './words-of-rows.client.ts';

export type FollowContext = Pick<Context, 'db' | 'bulk' | 'warehouse' | 'clock' | 'config' | 'log'>;
export interface Followed {
  readonly rows: number;
  /** Until when the warehouse now holds everything that was committed. */
  readonly asOf: string;
}

/** Bounds the memory of a step, the time that other writers wait (about 0.1 s), and how long one answer of Postgres holds the event loop. */
const CHUNK = 4_000;
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
  rows += await ctx.warehouse.write((writer) => takeSegments(ctx, writer, horizon.below));
  return { rows, asOf: await publish(ctx, before.voices, rows) };
}

/** Makes all rows anew from Postgres. Questions see the old ones until it is done, then the new ones, never a part. */
export async function rebuildWarehouse(ctx: FollowContext): Promise<Followed> {
  const startedMs = ctx.clock.nowMs();
  const horizon = await settled(ctx.db);
  const rows = await ctx.warehouse.write(async (writer) => {
    for (const table of WAREHOUSE_TABLES) await writer.recreate(table);
    let count = 0;
    // All rows are read below with what the runs have said by now.
    await setMark(writer, 'segments', { tx: horizon.below, afterKey: '', asOfMs: 0 });
    for (const follower of ['subscribers', 'voices'] as const) {
      for (let done = false; !done;) {
        const step = await takeChunk(ctx, writer, follower, { below: horizon.below, asOfMs: asOfMs(horizon, startedMs, 0), renew: true });
        count += step.rows;
        done = step.done;
      }
    }
    return count;
  });
  forgetWordsOfRows(ctx.warehouse);
  return { rows, asOf: await publish(ctx, null, rows) };
}

interface Gone {
  readonly ids?: readonly number[];
  readonly batch?: string;
  /** Their rows go where they have no subscription any more; those that have one are followed as usual. */
  readonly customers?: readonly string[];
}

/** Takes rows out that were deleted from Postgres (a batch undone): voices by id or by batch. Call it after that commit; safe to repeat. */
export async function forgetVoices(ctx: Pick<Context, 'warehouse' | 'db'>, gone: Gone): Promise<void> {
  await ctx.warehouse.write(async (writer) => {
    if (gone.ids !== undefined) await writer.remove(VOICE_ROWS, 'id', gone.ids);
    if (gone.batch !== undefined) await writer.remove(VOICE_ROWS, 'batch', [gone.batch]);
    // Asked inside the write: a file that brings them again meanwhile is followed only afterwards.
    if (gone.customers !== undefined) await writer.remove(SUBSCRIBER_ROWS, 'customer', await withoutSubscription(ctx.db, gone.customers));
  });
  forgetWordsOfRows(ctx.warehouse);
}

export const followJob: JobDefinition<object> = {
  queue: 'warehouse.follow',
  everySeconds: 1,
  run: async (ctx) => {
    await followWarehouse(ctx);
  },
};

/** Enqueued in the transaction that deletes the voices, so that the warehouse forgets them even after a crash. */
export const forgetJob: JobDefinition<Gone> = {
  queue: 'warehouse.forget',
  run: async (ctx, gone) => {
    await forgetVoices(ctx, gone);
    await publishVoices(ctx.db, ctx.clock.now());
  },
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
  follower: Exclude<Follower, 'segments'>,
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
  failpoint('follow.chunk');
  return { rows: taken.rows, done };
}

interface Taken {
  readonly rows: number;
  readonly changed: number;
  readonly last: { readonly tx: number; readonly afterKey: string } | null;
}

async function takeVoices(ctx: FollowContext, writer: WarehouseWriter, mark: Mark, below: number): Promise<Taken> {
  const { columns, rows, lowestId, changed, last } = await changedVoices(ctx.bulk, mark, below, ctx.config.timeZone, CHUNK);
  if (columns === null) return { rows: 0, changed, last };
  // New voices have the highest ids: nothing to replace, and no scan to find that out.
  const [highest] = await writer.select('select coalesce(max(id), 0) as id from voice_rows');
  if (lowestId <= Number(highest?.['id'] ?? 0)) await writer.removeJoined(VOICE_ROWS, 'id', columns);
  await writer.appendJoined(VOICE_ROWS, columns);
  return { rows, changed, last };
}

/** Each look costs a scan of all voices, so it takes many; one a step, so that voices never wait for a run of a million customers. */
const SEGMENTS_CHUNK = 50_000;

/** Customers whom a run of segments put somewhere else: their rows change in place. Customers without rows cost nothing. */
async function takeSegments(ctx: FollowContext, writer: WarehouseWriter, below: number): Promise<number> {
  const mark = await markOf(writer, 'segments');
  if (mark.tx >= below) return 0;
  const { rows, count, last } = await changedSegments(ctx.bulk, mark, below, SEGMENTS_CHUNK);
  for (const table of count === 0 ? [] : [VOICE_ROWS, SUBSCRIBER_ROWS])
    await writer.run(
      `update ${table.name} set ${OF_RUNS.map((c, i) => `${c} = m.v[${i + 2}]`).join(', ')}
       from (select unnest(from_json($1, '[["VARCHAR"]]')) as v) m
       where ${table.name}.customer = m.v[1] and (${OF_RUNS.map((c, i) => `${table.name}.${c} is distinct from m.v[${i + 2}]`).join(' or ')})`,
      [rows],
    );
  const isAll = count < SEGMENTS_CHUNK || last === null;
  if (count > 0 || mark.tx === 0) await setMark(writer, 'segments', { ...(isAll ? { tx: below, afterKey: '' } : last), asOfMs: 0 });
  return count;
}

const OF_CUSTOMER = ['brand', 'age_band', 'value_tier', 'vpmn_group', 'segment'] as const;

async function takeSubscribers(ctx: FollowContext, writer: WarehouseWriter, mark: Mark, below: number): Promise<Taken> {
  const changed = await changedSubscribers(ctx.bulk, mark, below, CHUNK);
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

/** Mirrors the mark into Postgres when it moved, and tells who looks on. Voices come last, so their mark speaks for both. */
async function publish(ctx: FollowContext, before: Mark | null, rows: number): Promise<string> {
  const mark = await markOf(ctx.warehouse, 'voices');
  failpoint('follow.mirror');
  const asOf = new Date(mark.asOfMs).toISOString();
  if (before === null || before.tx !== mark.tx || before.asOfMs !== mark.asOfMs) await mirrorMark(ctx.db, mark.tx, asOf);
  if (rows > 0) await publishVoices(ctx.db, ctx.clock.now());
  return asOf;
}
