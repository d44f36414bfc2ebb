import { sql } from 'kysely';
import { maskText } from '../model/masking.ts';
import type { Viewer } from '../model/people.ts';
import type { Effect, EffectDue } from '../model/recording.ts';
import { scopeOf } from '../model/scope.ts';
import { writeAudit } from '../people/audit.sql.ts';
import { scopeSql, VOICE_SCOPE } from '../people/scope.sql.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction, rowOf, rowsOf } from '../platform/postgres/db.ts';

const DAY_MS = 86_400_000;
/** Somebody asks after a matter from a day on, for two weeks, and not again within two days. */
const [AFTER_DAYS, FOR_DAYS, BETWEEN_DAYS] = [1, 14, 2];
const LISTED = 50;

/** The member's own recordings to be asked after, the oldest first. */
export async function effectsDue(ctx: Pick<Context, 'db' | 'clock'>, viewer: Viewer): Promise<readonly EffectDue[]> {
  const now = ctx.clock.nowMs();
  const ago = (days: number): string => new Date(now - days * DAY_MS).toISOString();
  const rows = await rowsOf(
    ctx.db,
    sql<EffectDue>`
      select r.voice_id as voice, r.recorded_at, v.customer, v.recorded_category as category, v.text_masked as text, r.solution, e.effect,
        (select count(*)::integer from recording_effects n where n.voice_id = r.voice_id) as looks
      from recordings r join voices v on v.id = r.voice_id
        join lateral (select effect, at from recording_effects e where e.voice_id = r.voice_id order by at desc limit 1) e on true
      where r.member_id = ${viewer.member} and r.recorded_at < ${ago(AFTER_DAYS)}::timestamptz and r.recorded_at >= ${ago(FOR_DAYS)}::timestamptz
        and v.kind in ('grievance', 'fault', 'complaint') and e.effect <> 'all-happy'
        and (e.at = r.recorded_at or e.at < ${ago(BETWEEN_DAYS)}::timestamptz)
        and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)}
      order by r.recorded_at, r.voice_id limit ${LISTED}`,
  );
  // Some sources know their customers by phone number.
  return rows.map((row) => ({ ...row, customer: row.customer === null ? null : maskText(row.customer) }));
}

/** False: there is no such recording within the viewer's scope. Twice within a second is once. */
export function lookAgain(ctx: Context, viewer: Viewer, voice: number, effect: Effect): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const seen = await rowOf(
      tx,
      sql<{ effect: Effect }>`
        select (select effect from recording_effects e where e.voice_id = r.voice_id order by at desc limit 1) as effect
        from recordings r join voices v on v.id = r.voice_id where r.voice_id = ${voice} and ${scopeSql(scopeOf(viewer), VOICE_SCOPE)} for update of r`,
    );
    if (seen === undefined) return false;
    await sql`
      insert into recording_effects (voice_id, at, effect, member_id) values (${voice}, ${ctx.clock.now()}, ${effect}, ${viewer.member})
      on conflict (voice_id, at) do update set effect = excluded.effect, member_id = excluded.member_id`.execute(tx);
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'voice.effect',
      subjectKind: 'voice',
      subjectId: String(voice),
      detail: { effect, effect_before: seen.effect },
    });
    return true;
  });
}
