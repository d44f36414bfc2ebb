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

/** Of those whose days are over: how many were by lot called or held out, by the specialist who was to call, by whose duty it is, city and month. */
const counted = (which: RawBuilder<unknown>, now: string): RawBuilder<unknown> => sql`(
  select x.assigned_id, x.city, x.category, x.segment, x.held, x.month, count(*) as n, count(*) filter (where x.complained) as complaints
  from (select q.assigned_id, q.city, q.category, q.segment, q.state = 'held_out' as held, to_char(q.day, 'YYYY-MM') as month, ${COMPLAINED} as complained
    from peak_calls q join voices v on v.id = q.voice_id
    where q.queued_at > ${now}::timestamptz - make_interval(days => ${BACK_DAYS})
      and q.queued_at <= ${now}::timestamptz - make_interval(days => ${EFFECT_DAYS}) and ${which}) x
  group by 1, 2, 3, 4, 5, 6)`;

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

/** `isDutyOf` of placing calls, of a group of customers `k` and a specialist `s`. */
const IS_DUTY = sql<boolean>`(
  (s.categories = '{}' or exists (select 1 from unnest(s.categories) c where k.category = c or starts_with(k.category, c || '/')))
  and (s.segments = '{}' or k.segment = any(s.segments)))`;

/**
 * The customers whom each specialist was to call beside those held out in the city, of customers within a scope over `v`. On both sides
 * those alone whose call is the duty of the specialist now: of other causes other shares complain, called or not.
 */
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
    from specialists s join counted k on (k.assigned_id = s.id or (k.held and k.city = s.city)) and ${IS_DUTY} group by s.id, k.month`,
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
