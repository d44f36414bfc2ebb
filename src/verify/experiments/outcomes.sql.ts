import { sql } from 'kysely';
import type { Viewer } from '../../model/people.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { rowsOf } from '../../platform/postgres/db.ts';
import { changing, tell } from './change-experiments.sql.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';

export interface Outcome {
  readonly customer: string;
  readonly value: number;
}

/** Outcomes of an imported metric, the last one of a customer counting. Customers who are not part of the experiment are given back. */
export async function storeOutcomes(
  ctx: Context,
  viewer: Viewer,
  id: string,
  metric: string,
  outcomes: readonly Outcome[],
  version: number,
): Promise<{ readonly experiment: StoredExperiment; readonly outside: readonly string[] }> {
  let outside: readonly string[] = [];
  const experiment = await changing(ctx, viewer, id, version, ['running', 'stopped'], async (tx, before) => {
    if (!before.metrics.some(({ name, source }) => name === metric && source === 'outcome')) throw new Refusal('not-found');
    const last = new Map(outcomes.map(({ customer, value }) => [customer, value]));
    const stored = await rowsOf(
      tx,
      sql<{ customer: string }>`
      insert into experiment_outcomes (experiment_id, metric, customer, value)
      select ${id}, ${metric}, given.customer, given.value from unnest(${[...last.keys()]}::text[], ${[...last.values()]}::float8[]) as given (customer, value)
      where exists (select 1 from experiment_customers x where x.experiment_id = ${id} and x.customer = given.customer)
      on conflict (experiment_id, metric, customer) do update set value = excluded.value returning customer`,
    );
    const kept = new Set(stored.map(({ customer }) => customer));
    outside = [...last.keys()].filter((customer) => !kept.has(customer));
    await tell(tx, ctx, viewer, id, 'outcomes', { metric, customers: kept.size });
  });
  return { experiment, outside };
}
