import { type RawBuilder, sql } from 'kysely';
import { maskText } from '../../model/masking.ts';
import { CALL_STATES, type CallList, type CallRow, type CallState } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';

/** A customer of the queue is seen by whoever may see the grievance that put them there. */
const callIsSeenBy = (viewer: Viewer): RawBuilder<boolean> => scopeSql(scopeOf(viewer), VOICE_SCOPE);

const FROM = sql`peak_calls q join voices v on v.id = q.voice_id
  left join grievance_levels l on l.voice_id = q.voice_id
  left join specialists s on s.id = q.specialist_id left join members m on m.id = s.member_id`;

const columns = (viewer: Viewer) => sql`
  q.id, q.city, to_char(q.day, 'YYYY-MM-DD') as day, q.voice_id as voice, q.customer, v.said_at, v.text_masked as text, q.category, coalesce(q.level, l.level) as level, q.segment,
  q.tier, q.p, q.p_low, q.p_high, q.p_from, q.gain, q.state, q.queued_at, q.due_at, q.outcome, q.done_at, q.version,
  case when s.id is null then null else jsonb_build_object('id', s.id, 'name', m.name, 'mine', s.member_id = ${viewer.member}) end as specialist`;

/** As it is shown: some sources know their customers by phone number. */
export const shownCall = (row: CallRow): CallRow => ({ ...row, customer: maskText(row.customer) });

export interface CallFilter {
  readonly state?: CallState | undefined;
  readonly mine?: boolean | undefined;
  readonly city?: string | undefined;
  readonly from: string;
  readonly limit: number;
  readonly offset: number;
}

/** The queue since a day, whoever is worth most first; with how many there are of each state. */
export async function callsOf(db: Db, viewer: Viewer, filter: CallFilter): Promise<CallList> {
  const { state, mine, city, from, limit, offset } = filter;
  const within = sql<boolean>`${callIsSeenBy(viewer)} and q.day >= ${from}::date
    and ${city === undefined ? sql`true` : sql`q.city = ${city}`} and ${mine === true ? sql`s.member_id = ${viewer.member}` : sql`true`}`;
  const [counted, rows] = await Promise.all([
    rowsOf(db, sql<{ state: CallState; n: number }>`select q.state, count(*)::int as n from ${FROM} where ${within} group by q.state`),
    rowsOf(
      db,
      sql<CallRow>`
      select ${columns(viewer)}, (row_number() over (order by q.gain desc, q.id))::int as rank from ${FROM}
      where ${within} and ${state === undefined ? sql`true` : sql`q.state = ${state}`}
      order by q.gain desc, q.id limit ${limit} offset ${offset}`,
    ),
  ]);
  const counts = Object.fromEntries(
    CALL_STATES.map((one) => [one, counted.find((row) => row.state === one)?.n ?? 0]),
  ) as CallList['counts'];
  const count = state === undefined ? counted.reduce((sum, row) => sum + row.n, 0) : counts[state];
  return { rows: rows.map(shownCall), counts, count };
}

/** One that the viewer may see, with the customer as it is stored; `lock` keeps others from taking it meanwhile. */
export function callOf(db: Db, viewer: Viewer, id: string, lock = false): Promise<CallRow | undefined> {
  return rowOf(
    db,
    sql<CallRow>`
    select ${columns(viewer)}, 1 + (select count(*) from peak_calls o where o.city = q.city and o.day = q.day and o.gain > q.gain)::int as rank
    from ${FROM} where q.id = ${id} and ${callIsSeenBy(viewer)} ${lock ? sql`for update of q` : sql``}`,
  );
}
