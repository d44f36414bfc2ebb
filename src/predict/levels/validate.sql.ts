import { sql } from 'kysely';
import type { LevelValidation, LevelVersion } from '../../model/levels.ts';
import type { Viewer } from '../../model/people.ts';
import { instantOfWall } from '../../model/zoned-time.ts';
import { scopeOf } from '../../model/scope.ts';
import { VOICE_SCOPE, scopeSql } from '../../people/scope.sql.ts';
import type { Context } from '../../platform/context.ts';
import { rowOf, rowsOf } from '../../platform/postgres/db.ts';
import { causeCounts } from './association.client.ts';
import { associationsByPairs, associationsOf } from './association.ts';
import { factsAt } from './facts.sql.ts';
import { gradingSetAt } from './settings.ts';
import { pairStrengths } from './strengths.sql.ts';
import { type DaysOf, followedFor, validationOf } from './validate.ts';

const DAY_MS = 86_400_000;
const SAMPLE = 4_000;
const OUTCOME_DAYS = 30;
const LANDMARK_HOURS = 24;

/**
 * Levels at a landmark (24 hours after the grievance) beside complaints in the 30 days after it. What could make it circular is left
 * out: associations come from before the cutoff, graded are grievances from it on; settings that people made are tested from their day
 * on, and where that leaves too little time, it is told that they knew these grievances. Nobody is left out for what came later: out are those who
 * complained before the landmark, or were called by then (an action that is a call, by the pack; calls of specialists are written down as one).
 * Who is called after it, or dealt with (somebody recorded another effect), is followed until then; what is done after a complaint changes nothing.
 */
export async function validateLevels(
  ctx: Context,
  viewer: Viewer,
  versions: readonly [LevelVersion, ...LevelVersion[]],
): Promise<LevelValidation | null> {
  const now = ctx.clock.nowMs();
  const scope = scopeSql(scopeOf(viewer), VOICE_SCOPE);
  const span = await rowOf(
    ctx.db,
    sql<{
      first: string | null;
    }>`select min(v.said_at) as first from voices v where v.kind in ('grievance', 'fault') and v.customer is not null and v.said_at_known`,
  );
  if (span?.first === null || span?.first === undefined) return null;
  const end = now - OUTCOME_DAYS * DAY_MS - LANDMARK_HOURS * 3_600_000;
  const begin = Date.parse(span.first);
  if (end - begin < 10 * DAY_MS) return null;
  // Where pairs were computed, the day before which they were also computed apart; else the later third, and never less than the last ten days.
  const earlier = (await pairStrengths(ctx.db))?.earlier ?? null;
  const known = earlier === null ? null : associationsByPairs(earlier.of);
  const day = earlier === null ? NaN : instantOfWall(Date.parse(earlier.before), ctx.config.timeZone);
  const byPairs = known !== null && day > begin && day <= end - 10 * DAY_MS;
  const usual = byPairs ? day : Math.min(end - 10 * DAY_MS, Math.max(begin, begin + ((end - begin) * 2) / 3));
  const setAt = gradingSetAt(versions);
  const set = setAt === null ? usual : Math.max(usual, Date.parse(setAt));
  const settingsKnew = set > end - 10 * DAY_MS;
  const cutoff = settingsKnew ? usual : set;
  const [from, before] = [new Date(cutoff).toISOString(), new Date(end).toISOString()];
  const landmark = sql`(v.said_at + make_interval(hours => ${LANDMARK_HOURS}))`;
  const horizon = sql`(${landmark} + make_interval(days => ${OUTCOME_DAYS}))`;
  const period = sql<boolean>`v.said_at >= ${from}::timestamptz and v.said_at < ${before}::timestamptz and v.said_at_known and v.customer is not null and ${scope}`;
  const days = (at: ReturnType<typeof sql>) => sql<number | null>`(extract(epoch from ${at} - ${landmark}) / 86400)::float8`;
  const calls = ctx.pack.handling_actions.filter((action) => action.calls).map(({ code }) => code);
  // Joined as a whole: asked for one grievance after the other, PostgreSQL walks through everybody's actions of a month for each.
  const rows = await rowsOf(
    ctx.db,
    sql<DaysOf & { readonly id: number }>`
      with sampled as materialized (
        select v.id, v.customer, v.said_at from voices v where v.kind in ('grievance', 'fault') and ${period}
        order by md5(v.id::text) limit ${SAMPLE}
      ), dealt as materialized (
        select id, min(at) as at from (
          select v.id, a.at from sampled v join voices o on o.customer = v.customer join handling_actions a on a.voice_id = o.id
          where a.kind = any(${calls}::text[]) and a.at >= v.said_at and a.at <= ${horizon}
          union all select v.id, e.at from sampled v join recording_effects e on e.voice_id = v.id where e.at > ${landmark} and e.at <= ${horizon}
        ) every group by id
      )
      select v.id, ${days(sql`d.at`)} as dealt, ${days(sql`(
        select min(c.said_at) from voices c
        where c.customer = v.customer and c.kind = 'complaint' and c.said_at_known and c.said_at > v.said_at and c.said_at <= ${horizon})`)} as complaint
      from sampled v left join dealt d on d.id = v.id order by md5(v.id::text)`,
  );
  const followed = rows.map((row) => ({ id: row.id, ...followedFor(row, OUTCOME_DAYS) }));
  const outcomes = new Map(followed.flatMap((one) => (one.is === 'followed' ? [[one.id, one] as const] : [])));
  const associations = byPairs ? known : associationsOf(await causeCounts(ctx, cutoff));
  const facts = await factsAt(ctx.db, ctx.pack, sql<boolean>`v.id = any(${[...outcomes.keys()]}::bigint[])`, landmark, associations);
  return validationOf(
    facts.map((one) => ({ complained: false, until: OUTCOME_DAYS, ...outcomes.get(one.voice), ...one })),
    versions[0].settings,
    {
      cutoff: from,
      before,
      set_at: setAt,
      settings_knew: settingsKnew,
      ground: associations.ground,
      landmark_hours: LANDMARK_HOURS,
      outcome_days: OUTCOME_DAYS,
      complained_before: followed.filter((one) => one.is === 'complained-before').length,
      called: followed.filter((one) => one.is === 'called-before').length,
    },
  );
}
