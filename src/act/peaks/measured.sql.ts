import { type RawBuilder, sql } from 'kysely';
import type { Comparison, EffectNow } from '../../model/peaks.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { comparisonOf, effectOf } from './measure.ts';
import { peakVersions } from './settings.sql.ts';

/** Days after the line was passed in which a complaint counts. */
export const EFFECT_DAYS = 30;

/** Whether a customer of the queue `q` complained within so many days after. */
const complained = (days: number): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from voices k where k.customer = q.customer and k.kind = 'complaint'
    and k.said_at > q.queued_at and k.said_at <= q.queued_at + make_interval(days => ${days}))`;

/** Of those whose days are over: by lot called, or held out. */
export async function comparisonIn(db: Db, which: RawBuilder<unknown>, now: string, days = EFFECT_DAYS): Promise<Comparison> {
  const row = await rowOf(
    db,
    sql<{ called: number; called_c: number; held: number; held_c: number }>`
    select count(*) filter (where not held)::int as called, count(*) filter (where not held and complained)::int as called_c,
      count(*) filter (where held)::int as held, count(*) filter (where held and complained)::int as held_c
    from (select q.state = 'held_out' as held, ${complained(days)} as complained from peak_calls q join voices v on v.id = q.voice_id
      where q.queued_at <= ${now}::timestamptz - make_interval(days => ${days}) and ${which}) x`,
  );
  const counted = row ?? { called: 0, called_c: 0, held: 0, held_c: 0 };
  return comparisonOf(days, { n: counted.called, complaints: counted.called_c }, { n: counted.held, complaints: counted.held_c });
}

/** The effect that lines and expectations use now: of all customers, a property of calls and no figure of anybody's. */
export async function effectNow(db: Db, now: string): Promise<EffectNow> {
  const [[{ settings }], comparison] = await Promise.all([peakVersions(db), comparisonIn(db, sql`true`, now)]);
  return effectOf(comparison, settings);
}
