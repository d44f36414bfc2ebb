import { binder, printConditions, scopeConditions, subscriberScope } from '../../analyse/index.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import type { SilentView } from '../../model/satisfaction.ts';
import type { Context } from '../../platform/context.ts';
import type { Period } from './months.ts';
import { momentsOf, type Scale } from './cell-builder.ts';
import { TIMEOUT } from './read-cells.client.ts';
import { type Silent, silentCustomers, type Stratum } from './silent-customers.ts';

type Ctx = Pick<Context, 'warehouse'>;
const LAST_MONTHS = 3;

/**
 * Who did not answer, and how content they probably are: those who were customers at some time of the months, by city × segment × whether they grieved in the last three
 * complete months, each kind judged by those of it who answered.
 */
export async function readSilent(ctx: Ctx, viewer: Viewer, period: Period, scale: Scale): Promise<SilentView | null> {
  const from = period.months.at(-LAST_MONTHS) ?? period.from;
  const found = silentCustomers(await strataOf(ctx, viewer, from, period.before, scale));
  return found === null ? null : viewOf(found, from, period.before);
}

async function strataOf(ctx: Ctx, viewer: Viewer, from: string, before: string, scale: Scale): Promise<readonly Stratum[]> {
  const { dialect } = ctx.warehouse;
  const values = binder(dialect);
  const scope = scopeOf(viewer);
  const [begin, end] = [values.bind(`${from} 00:00:00`, 'instant'), values.bind(`${before} 00:00:00`, 'instant')];
  const base =
    `select customer, min(city) as city, min(segment) as segment from subscriber_rows ` +
    `where customer is not null and ${printConditions(subscriberScope(scope), dialect, values.bind)} ` +
    `and (since is null or since < ${end}) and (until is null or until >= ${begin}) group by customer`;
  const spoke =
    `select customer, max(case when kind in ('grievance', 'fault', 'complaint') then 1 else 0 end) as grieved, avg(score) as score from voice_rows ` +
    `where customer is not null and ${printConditions(scopeConditions(scope), dialect, values.bind)} ` +
    `and said_local >= ${values.bind(`${from} 00:00:00`, 'instant')} and said_local < ${values.bind(`${before} 00:00:00`, 'instant')} group by customer`;
  const rows = await ctx.warehouse.select(
    `with base as (${base}), spoke as (${spoke}) ` +
      `select b.city as city, b.segment as segment, coalesce(s.grieved, 0) as grieved, count(*) as customers, count(s.score) as n, ` +
      `coalesce(sum(s.score), 0) as total, coalesce(sum(s.score * s.score), 0) as squares ` +
      `from base b left join spoke s on s.customer = b.customer group by 1, 2, 3`,
    values.params,
    TIMEOUT,
  );
  return rows.map((row) => ({
    key: [row['city'], row['segment'], row['grieved']].map(String).join(' · '),
    customers: Number(row['customers']),
    ...momentsOf(row, scale),
  }));
}

const viewOf = (silent: Silent, from: string, before: string): SilentView => ({
  from,
  before,
  customers: silent.customers,
  answered: silent.answered,
  raw: silent.raw,
  all: silent.all,
  silent: silent.silent,
  bias: silent.bias,
  strata: silent.strata,
  unheard: silent.unheard,
  rates: silent.rates,
  if_worse: silent.ifWorse,
});
