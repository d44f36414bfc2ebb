import { sql } from 'kysely';
import { setImmediate } from 'node:timers/promises';
import { armOf } from '../../model/experiment.ts';
import type { Viewer } from '../../model/people.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { rowsOf, type Tx } from '../../platform/postgres/db.ts';
import { changing, tell } from './change-experiments.sql.ts';
import { addToSplit, type Assigned, emptySplit, saltsToTry, unevenness } from './choose-salt.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';

const DAY_MS = 86_400_000;
/** Customers assigned in one statement, and hashed in one go. */
const AT_ONCE = 10_000;
const SLICE = 5_000;

/** Assigns every customer and freezes what was registered. */
export function startExperiment(ctx: Context, viewer: Viewer, id: string, version: number): Promise<StoredExperiment> {
  return changing(ctx, viewer, id, version, ['draft'], async (tx, before) => {
    const customers = await cohortOf(tx, before);
    if (customers.length === 0) throw new Refusal('request-invalid', {}, [{ code: 'cohort-empty' }]);
    const shares = before.arms.map(({ share }) => share);
    const salt = await evenestSalt(`${id}:${ctx.clock.now()}`, customers, shares);
    for (let i = 0; i < customers.length; i += AT_ONCE) {
      const part = customers.slice(i, i + AT_ONCE).map(({ customer }) => customer);
      await sql`update experiment_customers x set arm = given.arm
        from unnest(${part}::text[], ${part.map((customer) => armOf(salt, customer, shares))}::smallint[]) as given (customer, arm)
        where x.experiment_id = ${id} and x.customer = given.customer`.execute(tx);
    }
    const now = ctx.clock.nowMs();
    await sql`update experiments set state = 'running', salt = ${salt}, started_at = ${new Date(now).toISOString()},
      ends_at = ${new Date(now + before.windowDays * DAY_MS).toISOString()} where id = ${id}`.execute(tx);
    await tell(tx, ctx, viewer, id, 'start', { customers: customers.length, cohort_version: before.cohort?.version ?? 0 });
  });
}

async function cohortOf(tx: Tx, { id, strata }: StoredExperiment): Promise<readonly Assigned[]> {
  return rowsOf(
    tx,
    sql<Assigned>`select customer, concat_ws(' · ', ${strata.length === 0 ? sql`''` : sql.join(strata.map((field) => sql`coalesce(traits ->> ${field}, '—')`))}) as stratum
      from experiment_customers where experiment_id = ${id} order by customer`,
  );
}

/** Between two slices whoever else waits for the event loop has a turn: of a million customers one salt alone takes half a second. */
async function evenestSalt(seed: string, customers: readonly Assigned[], shares: readonly number[]): Promise<string> {
  let best = { salt: `${seed}:0`, off: Infinity };
  for (let i = 0; i < saltsToTry(customers.length); i++) {
    const salt = `${seed}:${i}`;
    const split = emptySplit(shares.length);
    for (let at = 0; at < customers.length; at += SLICE) {
      addToSplit(split, customers.slice(at, at + SLICE), salt, shares);
      await setImmediate();
    }
    const off = unevenness(split, shares);
    if (off < best.off) best = { salt, off };
  }
  return best.salt;
}
