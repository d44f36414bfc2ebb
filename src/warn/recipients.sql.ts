import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { type Db, rowsOf } from '../platform/postgres/db.ts';
import type { AlarmPlace } from './alarm-rows.sql.ts';
import type { StoredRule } from './rules.sql.ts';

export interface Recipient {
  readonly email: string;
  readonly locale: 'zh' | 'en';
}

/**
 * Who hears of an alarm: the rule's own list, else the managers of the department that answers for it, as far as their
 * data scope reaches the alarm's place. An address of the list that belongs to a member is written in that member's language.
 */
export async function recipientsOf(
  db: Db,
  rule: Pick<StoredRule, 'recipients' | 'department'>,
  place: Pick<AlarmPlace, 'city'>,
): Promise<readonly Recipient[]> {
  if (rule.recipients.length > 0) {
    return rowsOf(
      db,
      sql<Recipient>`
      select e.email, coalesce((select m.locale from members m where m.email = e.email and m.disabled_at is null order by m.id limit 1), 'zh') as locale
      from unnest(${rule.recipients}::text[]) as e (email) group by e.email order by e.email`,
    );
  }
  return rowsOf(
    db,
    sql<Recipient>`
    select m.email, min(m.locale) as locale from members m join org_units u on u.id = m.unit_id
    where m.disabled_at is null and m.email is not null and 'manager' = any(m.roles) and u.department = ${rule.department}
      and (m.scope = 'province' or (${place.city}::text is not null and m.scope in ('city', 'unit-below') and u.city = ${place.city}))
    group by m.email order by m.email`,
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
