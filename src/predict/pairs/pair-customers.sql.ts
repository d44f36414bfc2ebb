import { sql } from 'kysely';
import { maskText } from '../../model/masking.ts';
import type { PairCustomer, PairProfile, PairRow } from '../../model/pair-views.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';

/** One pair of a run, as its page names it. */
export interface PairKey {
  readonly run: number;
  readonly grievance: string;
  readonly complaint: string;
  /** '': all customers. */
  readonly segment: string;
}

const pairIs = ({ run, grievance, complaint, segment }: PairKey) =>
  sql`run_id = ${run} and segment = ${segment} and grievance = ${grievance} and complaint = ${complaint}`;

/** The close look at a pair with the same pair among every segment; undefined: the run has no such pair. */
export async function lookAtPair(
  db: Db,
  key: PairKey,
): Promise<{ readonly profile: PairProfile | null; readonly everywhere: readonly PairRow[] } | undefined> {
  const own = await rowOf(db, sql<{ profile: PairProfile | null }>`select profile from pairs where ${pairIs(key)}`);
  if (own === undefined) return undefined;
  const rows = await rowsOf(
    db,
    sql<{ segment: string; figures: Omit<PairRow, 'segment' | 'grievance' | 'complaint'> }>`
      select segment, figures from pairs where run_id = ${key.run} and grievance = ${key.grievance} and complaint = ${key.complaint}
      order by segment`,
  );
  const everywhere = rows.map(({ segment, figures }) => ({
    grievance: key.grievance,
    complaint: key.complaint,
    segment: segment === '' ? null : segment,
    ...figures,
  }));
  return { profile: own.profile, everywhere };
}

/**
 * Customers behind a pair with the voices that were counted, those with the latest complaint first. Voices that were taken away since are not there any
 * more: `customers` and `complaints` say how many still are.
 */
export async function customersOfPair(
  db: Db,
  scope: ScopeFilter,
  key: PairKey,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly PairCustomer[]; readonly customers: number; readonly complaints: number }> {
  const voices = sql`
    with counted as (
      select v.customer, v.id, v.said_at, x.is_complaint
      from pairs p cross join lateral (
          select unnest(p.complaint_voices) as id, true as is_complaint union select unnest(p.grievance_voices), false) x
        join voices v on v.id = x.id
      where ${pairIs(key)} and ${scopeSql(scope, VOICE_SCOPE)}),
    listed as (
      select customer, max(said_at) filter (where is_complaint) as latest, count(*) filter (where is_complaint) as complaints,
        coalesce(jsonb_agg(jsonb_build_object('id', id, 'said_at', said_at) order by said_at, id) filter (where not is_complaint), '[]') as grievances,
        coalesce(jsonb_agg(jsonb_build_object('id', id, 'said_at', said_at) order by said_at, id) filter (where is_complaint), '[]') as complained
      from counted group by customer)`;
  const totals = await rowOf(
    db,
    sql<{ customers: number; complaints: number }>`${voices}
      select count(*) as customers, coalesce(sum(complaints), 0)::bigint as complaints from listed where complaints > 0`,
  );
  const rows = await rowsOf(
    db,
    sql<{ customer: string; grievances: PairCustomer['grievances']; complained: PairCustomer['complaints'] }>`${voices}
      select customer, grievances, complained from listed where complaints > 0
      order by latest desc, customer limit ${page.limit} offset ${page.offset}`,
  );
  return {
    rows: rows.map(({ customer, grievances, complained }) => ({
      // Some sources know their customers by phone number.
      customer: maskText(customer),
      grievances: inTime(grievances),
      complaints: inTime(complained),
    })),
    customers: totals?.customers ?? 0,
    complaints: totals?.complaints ?? 0,
  };
}

/** A dot of the close look: a lag in days after the grievance, half-open, or a month. */
export type PairMark = { readonly from: number; readonly before: number } | { readonly month: string };

/**
 * The complaints behind a dot of the close look, newest first, one page of them and how many there are. A run keeps the voices within the
 * window alone, so that lags before the grievance or after the window have none.
 */
export async function complaintsOfMark(
  db: Db,
  scope: ScopeFilter,
  key: PairKey,
  mark: PairMark,
  page: { readonly zone: string; readonly offset: number; readonly limit: number },
): Promise<{ readonly ids: readonly number[]; readonly count: number }> {
  const kept = (column: string) => sql`
    select v.id, v.customer, v.said_at, floor(extract(epoch from v.said_at at time zone ${page.zone}) / 60)::bigint as minute
    from pairs p cross join unnest(${sql.ref(`p.${column}`)}) as kept (id) join voices v on v.id = kept.id
    where ${pairIs(key)} and ${scopeSql(scope, VOICE_SCOPE)}`;
  const within =
    'month' in mark
      ? sql`to_char(to_timestamp(c.minute * 60) at time zone 'UTC', 'YYYY-MM') = ${mark.month}`
      : sql`exists (select 1 from grieved g where g.customer = c.customer
          and c.minute - g.minute >= ${mark.from}::float8 * 1440 and c.minute - g.minute < ${mark.before}::float8 * 1440)`;
  const rows = await rowsOf(
    db,
    sql<{ id: number; total: number }>`
      with complained as (${kept('complaint_voices')}), grieved as (${kept('grievance_voices')})
      select c.id, count(*) over () as total from complained c where ${within}
      order by c.said_at desc, c.id desc limit ${page.limit} offset ${page.offset}`,
  );
  return { ids: rows.map(({ id }) => id), count: rows[0]?.total ?? 0 };
}

const inTime = (list: PairCustomer['grievances']): PairCustomer['grievances'] =>
  list.map(({ id, said_at }) => ({ id, said_at: new Date(said_at).toISOString() }));
