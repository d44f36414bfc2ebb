import { sql } from 'kysely';
import { CHECKS, type Check, type Health } from '../../model/system-state.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf } from '../../platform/postgres/db.ts';
import { readMigrations } from '../../platform/postgres/migrate.client.ts';
import { fileURLToPath } from 'node:url';
import { diskOf } from './machine.client.ts';
import { STALLED_SECONDS, isStalled, silentSeconds } from './stalls.ts';

/** A store that does not answer is as good as one that fails: whoever asks wants to know now. */
const PATIENCE_MS = 5_000;
const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Looks at each part; never throws. */
export async function healthOf(ctx: Context): Promise<Health> {
  const [postgres, migrations, warehouse, queue, disk] = await Promise.all([
    look(async () => (await rowOf(ctx.db, sql<{ v: string }>`select current_setting('server_version') as v`))?.v ?? ''),
    look(() => migrationsOf(ctx)),
    look(async () => {
      await ctx.warehouse.select('select 1 as one', []);
      return 'ok';
    }),
    look(() => queueOf(ctx)),
    look(() => roomOf(ctx)),
  ]);
  const ticks = await look(async () => ticksOf(ctx));
  const mark = postgres.ok
    ? await rowOf(ctx.db, sql<{ as_of: string | null }>`select as_of from watermarks where follower = 'warehouse'`).catch(() => undefined)
    : undefined;
  const checks = { postgres, migrations, warehouse, queue, ticks, disk };
  const reasons = CHECKS.filter((name) => !checks[name].ok).map((name) => `${name}: ${checks[name].detail}`);
  return { ready: reasons.length === 0, reasons, checks, warehouse_as_of: mark?.as_of ?? null };
}

async function look(work: () => Promise<string>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return { ok: true, detail: await Promise.race([work(), late]) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The tables are those that this program was made for. */
async function migrationsOf(ctx: Context): Promise<string> {
  const last = readMigrations(MIGRATIONS).at(-1);
  const row = await rowOf(ctx.db, sql<{ number: number; n: number }>`select max(number) as number, count(*) as n from schema_migrations`);
  if (last === undefined || row?.number !== last.number)
    throw new Error(`the tables are at ${row?.number ?? 0}, the program at ${last?.number ?? 0}`);
  return last.name;
}

async function queueOf(ctx: Context): Promise<string> {
  const [depth, { beatAgoSeconds }] = await Promise.all([ctx.jobs.depth(), ctx.jobs.pulse()]);
  if (beatAgoSeconds !== null && beatAgoSeconds > STALLED_SECONDS) throw new Error(`not looked after for ${Math.round(beatAgoSeconds)} s`);
  return `${Object.values(depth).reduce((a, b) => a + b, 0)} waiting`;
}

async function roomOf(ctx: Context): Promise<string> {
  const { free_bytes, state } = await diskOf(ctx.config);
  const words = `${Math.floor(free_bytes / 1024 / 1024)} MB free`;
  if (state === 'full') throw new Error(`${words}, too little to go on`);
  return words;
}

function ticksOf(ctx: Context): string {
  const stalled = ctx.jobs.ticks().filter(isStalled);
  if (stalled.length > 0) throw new Error(stalled.map((tick) => `${tick.queue} silent for ${silentSeconds(tick)} s`).join(', '));
  return `${ctx.jobs.ticks().length} running`;
}
