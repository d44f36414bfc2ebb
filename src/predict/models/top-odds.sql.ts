import { sql } from 'kysely';
import type { OddsRow } from '../../model/complaint-odds.ts';
import { maskText } from '../../model/masking.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import { newestKnown } from '../newest-known.sql.ts';

/** Whom to look at: the newest grievances of a customer count once, and none that a complaint of the customer followed already. */
export async function topOdds(
  db: Db,
  viewer: Viewer,
  { days, limit, now }: { readonly days: number; readonly limit: number; readonly now: string },
): Promise<readonly OddsRow[]> {
  const rows = await rowsOf(
    db,
    sql<OddsRow>`
      select s.voice_id as voice, s.version, s.category, s.p7, s.p7_low, s.p7_high, s.p30, s.p30_low, s.p30_high, s.factors,
        v.said_at, v.text_masked as text, v.customer, v.city, v.district
      from (
        select distinct on (v.customer) s.* from grievance_scores s
        join model_versions m on m.id = s.version and m.state = 'champion'
        join voices v on v.id = s.voice_id
        where s.said_at > ${newestKnown(now)} - make_interval(days => ${days}::integer) and s.said_at <= ${newestKnown(now)}
          and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}
          and not exists (select 1 from voices c where c.customer = v.customer and c.said_at > v.said_at and c.kind = 'complaint')
        order by v.customer, s.p30 desc, s.voice_id
      ) s
      join voices v on v.id = s.voice_id
      order by s.p30 desc, s.voice_id limit ${limit}`,
  );
  // Some sources know their customers by phone number.
  return rows.map((row) => ({ ...row, customer: maskText(row.customer) }));
}
