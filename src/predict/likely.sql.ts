import { type RawBuilder, sql } from 'kysely';
import { categoryThatCounts } from '../ingest/read.sql.ts';
import type { Pack } from '../model/pack.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';
import { CAUSE_PSEUDO } from './levels/association.ts';

/** A grievance with what is foretold of it. */
export interface Likely {
  readonly voice: number;
  readonly customer: string;
  readonly city: string | null;
  readonly said_at: string;
  readonly category: string | null;
  readonly level: number | null;
  readonly segment: string | null;
  readonly value_tier: string | null;
  /**
   * By the model a complaint of the same category within 30 days, null where it was not scored; before a model scores, the share of the cause
   * that any complaint followed, shrunk to the mean, null where no cause is known. One scale at a time: the second is several times the first.
   */
  readonly p: number | null;
  readonly p_low: number | null;
  readonly p_high: number | null;
  readonly scored: boolean;
}

/** The version whose scores are all there; none: causes foretell. */
const foreteller = sql<{ id: string }>`
  select m.id from model_versions m join watermarks w on w.follower = 'scores:' || m.id where m.state = 'champion'`;

/**
 * Grievances of known customers with level, probability and segment, as a table to select from. `which` speaks of the voice `v` and is
 * where the caller puts the viewer's scope.
 */
export const likely = (pack: Pick<Pack, 'categories'>, which: RawBuilder<boolean>): RawBuilder<Likely> => sql<Likely>`(
  with mean as (select sum(complained)::float8 / nullif(sum(grievances), 0) as share from cause_associations),
  causes as (
    select category, (complained + ${sql.lit(CAUSE_PSEUDO)} * mean.share) / (grievances + ${sql.lit(CAUSE_PSEUDO)}) as share from cause_associations, mean)
  select v.id as voice, v.customer, v.city, v.said_at, k.category, l.level, c.segment, c.value_tier,
    case when m.id is null then coalesce(causes.share, mean.share) else s.p30 end as p,
    case when m.id is null then coalesce(causes.share, mean.share) else s.p30_low end as p_low,
    case when m.id is null then coalesce(causes.share, mean.share) else s.p30_high end as p_high, s.p30 is not null as scored
  from voices v
  cross join mean
  cross join lateral (select ${categoryThatCounts(pack, 'v')} as category offset 0) k
  left join customers c on c.customer = v.customer
  left join grievance_levels l on l.voice_id = v.id
  left join (${foreteller}) m on true
  left join grievance_scores s on s.voice_id = v.id and s.version = m.id
  left join causes on causes.category = k.category
  where v.kind in ('grievance', 'fault') and v.customer is not null and v.said_at_known and ${which})`;

/** What foretells now: the version whose scores are all there, else causes. Another one means another scale of probabilities. */
export async function foretoldBy(db: Db): Promise<string> {
  return (await rowOf(db, foreteller))?.id ?? 'causes';
}
