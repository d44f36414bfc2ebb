import { type CompiledQuery, sql } from 'kysely';
import { DIMENSION_OF, type SchemeId } from '../../model/segment-views.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { newestKnown } from '../newest-known.sql.ts';

export interface EventRange {
  /** Instants; half-open. null: all there is. */
  readonly from: string | null;
  readonly before: string | null;
}

const MOST_MINUTES = 5 * 366 * 1440;

/**
 * Minutes of the wall clock between which events are looked at: up to the newest known (or `range.before`), five years at most. What is older
 * is hardly ever a date and nearly always a placeholder (0001-01-01). @param now the clock, ISO UTC
 */
export async function spanLookedAt(
  db: Db,
  range: EventRange,
  zone: string,
  now: string,
): Promise<{ readonly from: number; readonly before: number }> {
  const end = range.before === null ? newestKnown(now) : sql`least(${range.before}::timestamptz, ${newestKnown(now)})`;
  const row = await rowOf(
    db,
    sql<{ last: number | null }>`select floor(extract(epoch from ${end} at time zone ${zone}) / 60)::float8 as last`,
  );
  const before = (row?.last ?? 0) + 1;
  return { from: before - MOST_MINUTES, before };
}

/**
 * Grievances (and faults) and complaints of known customers at known times, within a scope: the voice, who, when on the wall clock of the province, what an
 * agent filed it under and what its newest reading says. For COPY: every bound value is a text.
 */
export function eventsQuery(db: Db, scope: ScopeFilter, range: EventRange, zone: string): CompiledQuery {
  const bounds = [
    ...(range.from === null ? [] : [sql`v.said_at >= ${range.from}::timestamptz`]),
    ...(range.before === null ? [] : [sql`v.said_at < ${range.before}::timestamptz`]),
  ];
  return sql`
    select v.id, v.customer, floor(extract(epoch from v.said_at at time zone ${zone}) / 60)::bigint, v.kind,
      v.recorded_category, r.category, v.district, v.city, hashtext(v.text_masked)
    from voices v
    left join readings r on r.voice_id = v.id and not exists (
      select 1 from readings n where n.voice_id = r.voice_id
        and (n.read_at, n.changed_tx, n.reader_version) > (r.read_at, r.changed_tx, r.reader_version))
    where v.kind in ('grievance', 'fault', 'complaint') and v.customer is not null and v.said_at_known
      and ${sql.join([scopeSql(scope, VOICE_SCOPE), ...bounds], sql` and `)}`.compile(db);
}

/**
 * What is known of every customer: where they live, brand and value, since when and until when they hold anything, and where the newest run of the
 * scheme put them; by rule it follows from brand and value. Who is known by voices alone has a segment, too.
 */
export function customersQuery(db: Db, zone: string, scheme: SchemeId): CompiledQuery {
  const minutes = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)} at time zone ${zone}) / 60)::bigint`;
  const customer = scheme === 'rules' ? sql`c.customer` : sql`coalesce(c.customer, n.customer)`;
  const segment = scheme === 'rules' ? sql`null::text` : sql.ref(`n.${DIMENSION_OF[scheme]}`);
  const placed = scheme === 'rules' ? sql`` : sql`full join customer_segments n on n.customer = c.customer`;
  return sql`
    select ${customer}, c.district, c.city, c.brand, c.value_tier, ${minutes('s.since')}, ${minutes('s.until')}, ${segment}
    from customers c ${placed}
    left join (
      select customer, case when bool_or(since is null) then null else min(since) end as since,
        case when bool_or(until is null) then null else max(until) end as until
      from subscriptions group by customer) s on s.customer = ${customer}`.compile(db);
}
