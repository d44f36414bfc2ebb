import { sql } from 'kysely';
import type { ComparedTable } from '../../model/comparison.ts';
import type { PeakEffect } from '../../model/peaks.ts';
import type { Viewer } from '../../model/people.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import { experimentSeenBy } from './experiment-rows.sql.ts';
import { preventedBy } from './measured-effect.ts';

/** Experiments within sight that measured by lot whether customers complained, newest report first. A demonstration measures nobody of ours. */
export async function measuredEffects(db: Db, viewer: Viewer, id: string | null = null): Promise<readonly PeakEffect[]> {
  const rows = await rowsOf(
    db,
    sql<{ id: string; name: string; report: ComparedTable }>`
    select e.id, e.name, e.report from experiments e
    where e.origin = 'assigned' and not e.demonstration and e.state in ('stopped', 'concluded') and e.report is not null
      and e.metrics -> 0 ->> 'source' = 'complaint' and ${id === null ? sql`true` : sql`e.id = ${id}`} and ${experimentSeenBy(viewer)}
    order by e.reported_at desc limit 50`,
  );
  return rows.flatMap(({ report, ...experiment }): readonly PeakEffect[] => {
    const effect = preventedBy(report);
    return effect === null ? [] : [{ ...effect, experiment }];
  });
}
