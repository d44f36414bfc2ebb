import { sql } from 'kysely';
import type { LevelSettings, LevelValidation } from '../../model/levels.ts';
import type { Viewer } from '../../model/people.ts';
import { scopeOf } from '../../model/scope.ts';
import { VOICE_SCOPE, scopeSql } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { causeCounts } from './association.client.ts';
import { associationsOf } from './association.ts';
import { factsAt } from './facts.sql.ts';
import { validationOf } from './validate.ts';

const DAY_MS = 86_400_000;
const SAMPLE = 4_000;
const OUTCOME_DAYS = 30;
const LANDMARK_HOURS = 24;

/**
 * Levels at a landmark (24 hours after the grievance) beside complaints in the 30 days after it. What could make it circular is left
 * out: associations come from before the cutoff, graded are grievances from it on; who complained before the landmark is out, and so is
 * whoever was dealt with after it (somebody recorded another effect). Follows everybody to the end.
 */
export async function validateLevels(ctx: Context, viewer: Viewer, settings: LevelSettings): Promise<LevelValidation | null> {
  const now = ctx.clock.nowMs();
  const scope = scopeSql(scopeOf(viewer), VOICE_SCOPE);
  const span = await rowOf(
    ctx.db,
    sql<{
      first: string | null;
    }>`select min(v.said_at) as first from voices v where v.kind in ('grievance', 'fault') and v.customer is not null`,
  );
  if (span?.first === null || span?.first === undefined) return null;
  const end = now - OUTCOME_DAYS * DAY_MS - LANDMARK_HOURS * 3_600_000;
  const begin = Date.parse(span.first);
  if (end - begin < 10 * DAY_MS) return null;
  // The later third, and never less than the last ten days.
  const cutoff = Math.min(end - 10 * DAY_MS, Math.max(begin, begin + ((end - begin) * 2) / 3));
  const [from, before] = [new Date(cutoff).toISOString(), new Date(end).toISOString()];
  const landmark = sql`(v.said_at + make_interval(hours => ${LANDMARK_HOURS}))`;
  const period = sql<boolean>`v.said_at >= ${from}::timestamptz and v.said_at < ${before}::timestamptz and v.customer is not null and ${scope}`;
  const complaint = (after: ReturnType<typeof sql>, until: ReturnType<typeof sql>) => sql<boolean>`
    exists (select 1 from voices c where c.customer = v.customer and c.kind = 'complaint' and c.said_at > ${after} and c.said_at <= ${until})`;
  const called = sql<boolean>`exists (select 1 from recording_effects e where e.voice_id = v.id and e.at > ${landmark})`;
  const rows = await rowsOf(
    ctx.db,
    sql<{ id: number; early: boolean; called: boolean; complained: boolean }>`
      select v.id, ${complaint(sql`v.said_at`, landmark)} as early, ${called} as called,
        ${complaint(landmark, sql`${landmark} + make_interval(days => ${OUTCOME_DAYS})`)} as complained
      from voices v where v.kind in ('grievance', 'fault') and ${period} order by md5(v.id::text) limit ${SAMPLE}`,
  );
  const kept = rows.filter((row) => !row.early && !row.called);
  const outcomes = new Map(kept.map((row) => [row.id, row.complained]));
  const associations = associationsOf(await causeCounts(ctx, cutoff));
  const facts = await factsAt(ctx.db, sql<boolean>`v.id = any(${[...outcomes.keys()]}::bigint[])`, landmark, associations);
  return validationOf(
    facts.map((one) => ({ ...one, complained: outcomes.get(one.voice) ?? false })),
    settings,
    {
      cutoff: from,
      before,
      landmark_hours: LANDMARK_HOURS,
      outcome_days: OUTCOME_DAYS,
      complained_before: rows.filter((row) => row.early).length,
      called: rows.filter((row) => row.called && !row.early).length,
    },
  );
}
