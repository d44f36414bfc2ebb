import { sql } from 'kysely';
import type { PairSummary } from '../../model/pair-views.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { type Associations, associationsByPairs, associationsOf } from './association.ts';
import { storedCauseCounts } from './settings.sql.ts';

const USUAL_DAYS = 7;

/**
 * What the newest run over the whole province says of causes; undefined: none was computed yet. Of all customers: a property of causes,
 * of nobody's voices, and the same by whichever segments the run told customers apart.
 */
export async function pairStrengths(db: Db): Promise<PairSummary['strengths']> {
  const row = await rowOf(
    db,
    sql<{ strengths: PairSummary['strengths'] | null }>`
      select summary -> 'strengths' as strengths from pair_runs
      where scope = ${JSON.stringify({ kind: 'all' })}::jsonb and window_days = ${USUAL_DAYS} and state = 'done' order by id desc limit 1`,
  );
  return row?.strengths ?? undefined;
}

/** By the newest pairs; by history where there are none. */
export async function standingAssociations(db: Db): Promise<Associations> {
  const strengths = await pairStrengths(db);
  return associationsByPairs(strengths?.all ?? []) ?? associationsOf(await storedCauseCounts(db));
}
