import { sql } from 'kysely';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import type { ComplaintTrial } from './backing.ts';

/**
 * What verify has written down of experiments that were registered for a handling action and are over: of the whole province, customers drawn by lot and in the expected shares, one treated arm, and the
 * share of customers who complain as the main metric. Newest first.
 */
export const complaintTrials = (db: Db): Promise<readonly ComplaintTrial[]> =>
  rowsOf(
    db,
    sql<ComplaintTrial>`
      select id, name, action, (report ->> 'effect')::float8 as effect, (report ->> 'low')::float8 as low, (report ->> 'high')::float8 as high
      from experiments
      where origin = 'assigned' and state in ('stopped', 'concluded') and city is null and not demonstration and jsonb_array_length(arms) = 2
        and action is not null and metrics -> 0 ->> 'source' = 'complaint' and report -> 'srm' ->> 'ok' = 'true' and report ->> 'effect' is not null
        and report ->> 'low' is not null and report ->> 'high' is not null and coalesce(report ->> 'verdict', '') <> 'not_comparable'
      order by stopped_at desc nulls last, id desc limit 200`,
  );
