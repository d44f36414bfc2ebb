import { type RawBuilder, sql } from 'kysely';
import type { Cohort, CustomerPick } from '../../model/experiment.ts';
import type { Viewer } from '../../model/people.ts';
import type { Filter } from '../../model/question.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { rowOf, rowsOf, touched, type Tx } from '../../platform/postgres/db.ts';
import { filterProblems } from '../../warn/index.ts';
import { VOICES_READ, whereSql } from '../../warn/read.sql.ts';
import { changing, tell } from './change-experiments.sql.ts';
import type { StoredExperiment } from './experiment-rows.sql.ts';
import { CUSTOMER_SCOPE, pickedCustomers } from './pick-customers.sql.ts';

/** The customers of a question's voices, as far as the viewer's data scope goes. */
export async function cohortOfQuestion(
  ctx: Context,
  viewer: Viewer,
  id: string,
  where: readonly Filter[],
  version: number,
): Promise<StoredExperiment> {
  const problems = filterProblems(where, 'body.where');
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return changing(ctx, viewer, id, version, ['draft'], async (tx, before) => {
    const chosen = sql`select distinct v.customer from ${VOICES_READ}
      where v.customer is not null and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)} and ${whereSql(where, ctx.config.timeZone)}`;
    await replace(tx, ctx, viewer, before, chosen, { kind: 'question', where });
  });
}

/** Customers picked by who they are, whether they said anything or not. */
export function cohortOfCustomers(
  ctx: Context,
  viewer: Viewer,
  id: string,
  pick: CustomerPick,
  version: number,
): Promise<StoredExperiment> {
  return changing(ctx, viewer, id, version, ['draft'], (tx, before) =>
    replace(tx, ctx, viewer, before, pickedCustomers(viewer, pick, ctx.clock.nowMs()), { kind: 'customers', pick }),
  );
}

/** Customers named in a file. Who is not known within the viewer's data scope stays out, and is given back. */
export async function cohortOfList(
  ctx: Context,
  viewer: Viewer,
  id: string,
  list: { readonly name: string; readonly customers: readonly string[] },
  version: number,
): Promise<{ readonly experiment: StoredExperiment; readonly unknown: readonly string[] }> {
  let unknown: readonly string[] = [];
  const experiment = await changing(ctx, viewer, id, version, ['draft'], async (tx, before) => {
    const scope = scopeOf(viewer);
    // By id alone: a customer is within scope by the own place, or by a voice that is.
    const chosen = sql`select given.customer from unnest(${[...new Set(list.customers)]}::text[]) as given (customer)
      where exists (select 1 from customers c where c.customer = given.customer and ${scopeSql(scope, CUSTOMER_SCOPE)})
        or exists (select 1 from voices v where v.customer = given.customer and ${scopeSql(scope, VOICE_SCOPE)})`;
    await replace(tx, ctx, viewer, before, chosen, { kind: 'file', name: list.name });
    const known = new Set(
      (await rowsOf(tx, sql<{ customer: string }>`select customer from experiment_customers where experiment_id = ${id}`)).map(
        ({ customer }) => customer,
      ),
    );
    unknown = list.customers.filter((customer) => !known.has(customer));
  });
  return { experiment, unknown };
}

async function replace(
  tx: Tx,
  ctx: Context,
  viewer: Viewer,
  before: StoredExperiment,
  chosen: RawBuilder<unknown>,
  from: Cohort['from'],
): Promise<void> {
  await sql`delete from experiment_customers where experiment_id = ${before.id}`.execute(tx);
  await touched(
    tx,
    sql`insert into experiment_customers (experiment_id, customer, traits)
      select ${before.id}, chosen.customer, jsonb_strip_nulls(jsonb_build_object('brand', c.brand, 'value_tier', c.value_tier, 'age_band', c.age_band,
        'city', c.city, 'tenure_months', c.tenure_months))
      from (${chosen}) as chosen (customer) left join customers c on c.customer = chosen.customer`,
  );
  const counted = await rowOf(
    tx,
    sql<{ customers: number }>`select count(*)::integer as customers from experiment_customers where experiment_id = ${before.id}`,
  );
  const cohort: Cohort = { version: (before.cohort?.version ?? 0) + 1, customers: counted?.customers ?? 0, from, at: ctx.clock.now() };
  await sql`update experiments set cohort = ${JSON.stringify(cohort)}::jsonb where id = ${before.id}`.execute(tx);
  const question = from.kind === 'question' ? { where: from.where } : from.kind === 'customers' ? { pick: from.pick } : { file: from.name };
  await tell(tx, ctx, viewer, before.id, 'cohort', { customers: cohort.customers, cohort_version: cohort.version, ...question });
}
