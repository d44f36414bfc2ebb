import { sql } from 'kysely';
import { warehouseParity } from '../analyse/read.sql.ts';
import { checkCustomerBatches, checkUsageLots } from '../ingest/check-batches.sql.ts';
import type { Context } from '../platform/context.ts';
import { rowsOf } from '../platform/postgres/db.ts';
import { unreadSpan } from '../understand/read-voices.sql.ts';
import { checkOrders } from '../act/read.sql.ts';
import { checkAlarms } from '../warn/read.sql.ts';

export interface Check {
  /** Number of the promise, as documented in docs/guide/promises.md. */
  readonly id: string;
  readonly name: string;
  readonly ok: boolean;
  /** Every break, at most 50 of a kind. */
  readonly problems: readonly string[];
}

/** Checks the promises against what is stored. Reads only. */
export async function fsck(ctx: Context): Promise<{ ok: boolean; checks: readonly Check[]; voices: number }> {
  const run = async (id: string, name: string, work: () => Promise<readonly string[]>): Promise<Check> => {
    const problems = await work().catch((error: unknown) => [
      `the check itself failed: ${error instanceof Error ? error.message : String(error)}`,
    ]);
    return { id, name, ok: problems.length === 0, problems: problems.slice(0, 50) };
  };
  const checks = [
    await run('I1', 'every accepted row is there and was read', () => acceptedAreThere(ctx)),
    await run('I2', 'each voice is counted once', () => countedOnce(ctx)),
    await run('I3', 'the warehouse equals Postgres per day, channel and kind', () => parity(ctx)),
    await run('I5', 'one alarm per breach', async () => (await checkAlarms(ctx)).map(said)),
    await run('I11', 'an order’s state is the sum of its timeline', async () => (await checkOrders(ctx)).map(said)),
    await run('I13', 'rows = accepted + duplicates + rejected in every batch', () => batchesAddUp(ctx)),
    await run('I20', 'what carries scope agrees with the trees it comes from', () => scopeAgrees(ctx)),
  ];
  const [total] = await rowsOf(ctx.db, sql<{ n: number }>`select count(*) as n from voices`);
  return { ok: checks.every((check) => check.ok), checks, voices: total?.n ?? 0 };
}

const said = ({ subject, detail }: { subject: string; detail: string }): string => `${subject}: ${detail}`;

/** What batches counted as accepted is what stands under them; and nothing stands unread without a job that will read it. */
async function acceptedAreThere(ctx: Context): Promise<readonly string[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: string; accepted: number; there: number }>`
      select b.id, b.accepted, count(v.id) as there from import_batches b left join voices v on v.batch_id = b.id
      where b.carries = 'voices' and b.state in ('running', 'done', 'cancelled', 'failed')
      group by b.id, b.accepted having b.accepted <> count(v.id)`,
  );
  const problems = rows.map((row) => `batch ${row.id} accepted ${row.accepted} voices, ${row.there} are there`);
  const left = await rowsOf(
    ctx.db,
    sql<{ id: string; there: number }>`
      select b.id, count(*) as there from import_batches b join voices v on v.batch_id = b.id where b.state = 'undone' group by b.id`,
  );
  problems.push(...left.map((row) => `batch ${row.id} was undone, ${row.there} of its voices are there`));
  problems.push(...(await checkCustomerBatches(ctx.db)), ...(await checkUsageLots(ctx)));
  const unread = await unreadSpan(ctx.db, ctx.reader.version);
  const depth = await ctx.jobs.depth();
  const dead = (await ctx.jobs.dead()).filter((job) => job.queue === 'understand.read');
  const isQueued = (depth['understand.read'] ?? 0) > 0 || dead.length > 0;
  if (unread !== null && !isQueued)
    problems.push(`${unread.count} voices (${unread.from} to ${unread.to}) were never read, and no job will read them`);
  return problems;
}

async function countedOnce(ctx: Context): Promise<readonly string[]> {
  const twice = await rowsOf(
    ctx.db,
    sql<{ source_id: string; outside_key: string; n: number }>`
      select source_id, outside_key, count(*) as n from voices group by 1, 2 having count(*) > 1 limit 50`,
  );
  const warehouse = await ctx.warehouse.select('select count(*) as n, count(distinct id) as d from voice_rows', []);
  const n = Number(warehouse[0]?.['n'] ?? 0);
  const d = Number(warehouse[0]?.['d'] ?? 0);
  return [
    ...twice.map((row) => `${row.source_id} ${row.outside_key} stands ${row.n} times`),
    ...(n === d ? [] : [`the warehouse counts ${n} rows of ${d} voices`]),
  ];
}

async function parity(ctx: Context): Promise<readonly string[]> {
  const { differences } = await warehouseParity(ctx);
  return differences.map((one) => `${one.day} ${one.channel} ${one.kind}: Postgres ${one.postgres}, warehouse ${one.warehouse}`);
}

async function batchesAddUp(ctx: Context): Promise<readonly string[]> {
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: string; rows_done: number; sum: number; kept: number; rejected: number }>`
      select b.id, b.rows_done, b.accepted + b.duplicates + b.rejected as sum, b.rejected,
        b.not_kept + (select count(*) from rejected_rows r where r.batch_id = b.id) as kept
      from import_batches b where b.state in ('running', 'done', 'checked', 'cancelled')`,
  );
  return rows.flatMap((row) => [
    ...(row.rows_done === row.sum ? [] : [`batch ${row.id}: ${row.rows_done} rows are not ${row.sum} outcomes`]),
    ...(row.kept === row.rejected ? [] : [`batch ${row.id}: ${row.rejected} rejected, ${row.kept} of them kept`]),
  ]);
}

/** A voice's city, district and unit path must be those of the trees, else scope would show it to the wrong people. */
async function scopeAgrees(ctx: Context): Promise<readonly string[]> {
  const voices = await rowsOf(
    ctx.db,
    sql<{ id: number }>`
      select v.id from voices v left join regions r on r.code = coalesce(v.cell, v.community, v.district, v.city)
      where coalesce(v.cell, v.community, v.district, v.city) is not null
        and (r.code is null or v.city is distinct from coalesce(r.city, case when r.level = 'city' then r.code end)) limit 50`,
  );
  const units = await rowsOf(
    ctx.db,
    sql<{ id: number }>`select v.id from voices v join org_units u on u.id = v.unit_id where v.unit_path is distinct from u.path limit 50`,
  );
  const warehouse = await ctx.warehouse.select(
    'select count(*) as n from voice_rows where city is null and (district is not null or community is not null)',
    [],
  );
  return [
    ...voices.map((row) => `voice ${row.id} lies in a city that the region tree does not say`),
    ...units.map((row) => `voice ${row.id} has a unit path that the organisation does not say`),
    ...(Number(warehouse[0]?.['n'] ?? 0) === 0 ? [] : ['the warehouse holds districts without a city']),
  ];
}
