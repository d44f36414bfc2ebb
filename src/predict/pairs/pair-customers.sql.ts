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

const inTime = (list: PairCustomer['grievances']): PairCustomer['grievances'] =>
  list.map(({ id, said_at }) => ({ id, said_at: new Date(said_at).toISOString() }));
