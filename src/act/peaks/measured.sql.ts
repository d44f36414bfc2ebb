import { type RawBuilder, sql } from 'kysely';
import type { Comparison, EffectNow } from '../../model/peaks.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import { comparisonOf, effectOf, type MonthCounted } from './measure.ts';
import { peakVersions } from './settings.sql.ts';

/** Days after the line was passed in which a complaint counts. */
export const EFFECT_DAYS = 30;
/** What was queued longer ago tells of other settings and other days. */
const BACK_DAYS = 180;

/** Whether a customer of the queue `q` complained within these days after. */
const COMPLAINED = sql<boolean>`exists (
  select 1 from voices k where k.customer = q.customer and k.kind = 'complaint'
    and k.said_at > q.queued_at and k.said_at <= q.queued_at + make_interval(days => ${EFFECT_DAYS}))`;

/** Of those whose days are over: how many were by lot called or held out, by specialist, city and month. */
const counted = (which: RawBuilder<unknown>, now: string): RawBuilder<unknown> => sql`(
  select x.specialist_id, x.city, x.held, x.month, count(*) as n, count(*) filter (where x.complained) as complaints
  from (select q.specialist_id, q.city, q.state = 'held_out' as held, to_char(q.day, 'YYYY-MM') as month, ${COMPLAINED} as complained
    from peak_calls q join voices v on v.id = q.voice_id
    where q.queued_at > ${now}::timestamptz - make_interval(days => ${BACK_DAYS})
      and q.queued_at <= ${now}::timestamptz - make_interval(days => ${EFFECT_DAYS}) and ${which}) x
  group by 1, 2, 3, 4)`;

const SUMS = sql`coalesce(sum(k.n) filter (where not k.held), 0)::int as called, coalesce(sum(k.complaints) filter (where not k.held), 0)::int as called_c,
  coalesce(sum(k.n) filter (where k.held), 0)::int as held, coalesce(sum(k.complaints) filter (where k.held), 0)::int as held_c`;
interface Sums {
  readonly called: number;
  readonly called_c: number;
  readonly held: number;
  readonly held_c: number;
}
const monthOf = ({ called, called_c, held, held_c }: Sums): MonthCounted => ({
  called: { n: called, complaints: called_c },
  held_out: { n: held, complaints: held_c },
});

/** Each specialist's customers beside those held out in the city, of customers within a scope over `v`. */
export async function comparisonsBySpecialist(
  db: Db,
  scope: RawBuilder<boolean>,
  now: string,
): Promise<(specialist: string) => Comparison> {
  const rows = await rowsOf(
    db,
    sql<Sums & { specialist: string }>`
    with counted as materialized ${counted(scope, now)}
    select s.id as specialist, k.month, ${SUMS}
    from specialists s join counted k on k.specialist_id = s.id or (k.held and k.city = s.city) group by s.id, k.month`,
  );
  const of = Map.groupBy(rows, (row) => row.specialist);
  return (specialist) => comparisonOf(EFFECT_DAYS, (of.get(specialist) ?? []).map(monthOf));
}

/** The effect that lines and expectations use now: of all customers, a property of calls and no figure of anybody's. */
export async function effectNow(db: Db, now: string): Promise<EffectNow> {
  const [[{ settings }], months] = await Promise.all([
    peakVersions(db),
    rowsOf(db, sql<Sums>`select ${SUMS} from ${counted(sql`true`, now)} k group by k.month`),
  ]);
  return effectOf(months.map(monthOf), settings);
}
