import { type RawBuilder, sql } from 'kysely';
import type { RuleDraft } from '../model/alarm.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { Refusal } from '../platform/http/route.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import type { AlarmPlace } from './alarm-rows.sql.ts';
import type { StoredRule } from './rules.sql.ts';

export interface Recipient {
  readonly email: string;
  readonly locale: 'zh' | 'en';
}

type Place = Omit<AlarmPlace, 'id'>;

/** Whether the data scope of a member reaches a place, as `scopeSql` decides it for a viewer of alarms: an alarm has no unit of its own. */
const reaches = ({ city, district, unitPath }: Place): RawBuilder<boolean> => sql<boolean>`
  (m.scope = 'province' or (${city}::text is not null and (
    (m.scope = 'city' and u.city = ${city})
    or (m.scope = 'unit-below' and (coalesce(starts_with(${unitPath}::text, u.path), false) or coalesce(u.district = ${district}, false))))))`;

/**
 * Who hears of an alarm: the rule's own list, else the managers of the department that answers for it; members only as far as their data
 * scope reaches the alarm's place, and none who was switched off. Members are written in their language.
 */
export async function recipientsOf(
  db: Db,
  rule: Pick<StoredRule, 'recipients' | 'department'>,
  place: Place,
): Promise<readonly Recipient[]> {
  if (rule.recipients.length > 0) {
    return rowsOf(
      db,
      sql<Recipient>`
      select e.email, coalesce(min(m.locale) filter (where m.sees), 'zh') as locale
      from unnest(${rule.recipients}::text[]) as e (email)
      left join lateral (
        select m.locale, m.disabled_at is null and coalesce(${reaches(place)}, false) as sees from members m join org_units u on u.id = m.unit_id
        where lower(m.email) = lower(e.email)) m on true
      group by e.email having bool_or(m.sees) or bool_and(m.sees is null) order by e.email`,
    );
  }
  return rowsOf(
    db,
    sql<Recipient>`
    select m.email, min(m.locale) as locale from members m join org_units u on u.id = m.unit_id
    where m.disabled_at is null and m.email is not null and 'manager' = any(m.roles) and u.department = ${rule.department}
      and ${reaches(place)}
    group by m.email order by m.email`,
  );
}

/** Who does not see the whole province names only members: nobody knows how far another address may see. Those that stood already may stay. */
export async function refuseOutsiders(db: Db, viewer: Viewer, draft: RuleDraft, standing: readonly string[]): Promise<void> {
  if (viewer.scope === 'province') return;
  const outside = await rowsOf(
    db,
    sql<{ email: string; place: number }>`
      select e.email, e.place::int - 1 as place from unnest(${draft.recipients}::text[]) with ordinality as e (email, place)
      where e.email <> all(${standing}::text[])
        and not exists (select 1 from members m where lower(m.email) = lower(e.email) and m.disabled_at is null)
      order by e.place`,
  );
  if (outside.length > 0)
    throw new Refusal(
      'request-invalid',
      {},
      outside.map(({ email, place }) => ({ code: 'recipient-outside', column: `recipients.${place}`, params: { value: email } })),
    );
}

/** Puts one mail per alarm and recipient into the outbox, in the transaction that fires the alarm. */
export async function announceAlarms(tx: Db, ctx: Context, rule: StoredRule, places: readonly AlarmPlace[]): Promise<void> {
  const canSend = ctx.config.smtpUrl !== null;
  for (const place of places) {
    for (const recipient of await recipientsOf(tx, rule, place)) {
      const id = ctx.ids.text('note', `${place.id}:fired:${recipient.email}`);
      await sql`
        insert into announcements (id, alarm_id, stage, recipient, locale, channel, state, due_at, last_error)
        values (${id}, ${place.id}, 'fired', ${recipient.email}, ${recipient.locale}, 'email', ${canSend ? 'waiting' : 'suppressed'},
          ${ctx.clock.now()}, ${canSend ? null : 'smtp-not-configured'})
        on conflict (alarm_id, stage, recipient, channel) do nothing`.execute(tx);
    }
  }
}
