import { type RawBuilder, sql } from 'kysely';
import { categoryThatCounts } from '../../ingest/read.sql.ts';
import type { Pack } from '../../model/pack.ts';
import type { Effect } from '../../model/recording.ts';
import { TEMPERAMENT_IDS, type TemperamentId } from '../../model/segment.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import { toldColumns } from '../models/moments.sql.ts';
import { daysTold, solvedTold } from '../models/told-facts.ts';
import type { Associations } from './association.ts';
import type { GrievanceFacts } from './grade.ts';

interface FactRow {
  readonly voice: number;
  readonly category: string | null;
  /** Since it was told first, and since this grievance was. */
  readonly hours: number;
  readonly since: number;
  readonly effect: Effect | null;
  /** As the source wrote them down. */
  readonly lasted: string | null;
  readonly solved: string | null;
  readonly complaints: number;
  readonly grievances: number;
  readonly temperament: string | null;
}
export interface FactsOfVoice extends GrievanceFacts {
  readonly voice: number;
  readonly category: string | null;
}

/** What `factsAt` asks of voices named `v`: grievances, faults among them. */
export const GRIEVES = sql<boolean>`v.kind in ('grievance', 'fault')`;

/**
 * What was known of grievances at a time each: `at` may be an instant for all, or an expression over `v`. Only rows from before it
 * count (of temperaments, runs that knew nothing later), so the same question asked later answers the same. Without its offset the category
 * would be worked out again for every other voice of the customer.
 */
export async function factsAt(
  db: Db,
  pack: Pick<Pack, 'told' | 'categories'>,
  which: RawBuilder<boolean>,
  at: RawBuilder<unknown>,
  associations: Associations,
): Promise<readonly FactsOfVoice[]> {
  const rows = await rowsOf(
    db,
    sql<FactRow>`
      select v.id as voice, k.category, t.segment as temperament, greatest(0, extract(epoch from ${at} - least(v.said_at, o.first_at)) / 3600)::float8 as hours,
        (extract(epoch from ${at} - v.said_at) / 3600)::float8 as since, ${toldColumns(pack.told)},
        e.effect, coalesce(o.complaints, 0) as complaints, coalesce(o.grievances, 0) as grievances
      from voices v
      cross join lateral (select ${categoryThatCounts(pack, 'v')} as category offset 0) k
      left join lateral (
        select count(*) filter (where other.kind = 'complaint') as complaints,
          count(*) filter (where other.kind in ('grievance', 'fault')) as grievances,
          min(other.said_at) filter (where other.kind in ('grievance', 'fault') and other.said_at >= v.said_at - interval '90 days'
            and ${categoryThatCounts(pack, 'other')} = k.category) as first_at
        from voices other
        where other.customer = v.customer and other.id <> v.id and other.said_at < ${at} and other.said_at >= ${at} - interval '180 days'
          and other.said_at_known and other.kind in ('grievance', 'fault', 'complaint')
      ) o on v.customer is not null
      left join lateral (select effect from recording_effects where voice_id = v.id and at <= ${at} order by at desc limit 1) e on true
      left join lateral (
        select m.segment from segment_runs run join segment_members m on m.run_id = run.id
        where run.scheme = 'temperament' and run.state = 'done' and run.as_of <= ${at} and m.customer = v.customer
        order by run.as_of desc, run.id desc limit 1
      ) t on v.customer is not null
      where ${GRIEVES} and ${which}`,
  );
  return rows.map(({ since, lasted, solved, ...row }) => ({
    ...row,
    hours: Math.max(row.hours, since + 24 * (daysTold(lasted) || 0)),
    effect: row.effect ?? effectTold(solvedTold(solved, pack.told)),
    association: row.category === null ? null : (associations.of.get(row.category) ?? null),
    ground: associations.ground,
    temperament: temperamentOf(row.temperament),
  }));
}

/** What a source says of the first contact: solved or not, and nothing of how content the customer was. */
const effectTold = (solved: number): GrievanceFacts['effect'] => (solved < 0 ? null : solved === 1 ? 'solved' : 'unsolved');

const temperamentOf = (id: string | null): TemperamentId | null => TEMPERAMENT_IDS.find((one) => one === id) ?? null;
