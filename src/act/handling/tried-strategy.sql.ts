import { sql } from 'kysely';
import { armOf, type ExperimentArm } from '../../model/experiment.ts';
import type { HandlingTier, TriedOffer } from '../../model/handling.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';

/**
 * What a running experiment has for this customer at this level and value: the arm follows from salt and customer alone, as at the start.
 * Customers who are not in its cohort are handled as always. Of several the one that began first.
 */
export async function triedOffer(db: Db, customer: string | null, level: number | null, tier: HandlingTier): Promise<TriedOffer | null> {
  if (customer === null || level === null) return null;
  const found = await rowOf(
    db,
    sql<{ id: string; name: string; salt: string; arms: readonly ExperimentArm[] }>`
      select e.id, e.name, e.salt, e.arms from experiments e
        join experiment_customers x on x.experiment_id = e.id and x.customer = ${customer}
      where e.state = 'running' and e.salt is not null and e.handling <> '[]'::jsonb
        and e.handling @> ${JSON.stringify([{ level, tier }])}::jsonb
      order by e.started_at, e.id limit 1`,
  );
  if (found === undefined) return null;
  const arm = armOf(
    found.salt,
    customer,
    found.arms.map(({ share }) => share),
  );
  const told = found.arms[arm];
  return told === undefined ? null : { experiment: { id: found.id, name: found.name }, arm: told.name, offer: told.offer ?? null };
}
