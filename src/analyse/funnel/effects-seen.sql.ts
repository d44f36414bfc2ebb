import { sql } from 'kysely';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { scopeSql, VOICE_SCOPE } from '../../people/scope.sql.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import type { FunnelPeriod, SeenEffect } from './funnel-sql.ts';

const DAY_MS = 86_400_000;

/** What agents noted of the effect of recordings within the viewer's scope, while the customers of a period were followed. */
export function effectsSeen(db: Db, viewer: Viewer, { fromMs, beforeMs, days, asOfMs }: FunnelPeriod): Promise<readonly SeenEffect[]> {
  const until = new Date(Math.min(beforeMs + days * DAY_MS, asOfMs)).toISOString();
  return rowsOf(
    db,
    sql<SeenEffect>`
      select e.voice_id as voice, v.customer, floor(extract(epoch from e.at) * 1000)::float8 as "atMs", e.effect = 'all-happy' as solved
      from recording_effects e join voices v on v.id = e.voice_id
      where v.customer is not null and e.at >= ${new Date(fromMs).toISOString()}::timestamptz and e.at < ${until}::timestamptz
        and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}`,
  );
}
