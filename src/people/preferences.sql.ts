import { sql } from 'kysely';
import { PREFERENCES, type Preferences, type PreferencesChange } from '../model/preferences.ts';
import type { Viewer } from '../model/people.ts';
import type { Context } from '../platform/context.ts';
import { type Db, inTransaction, rowOf } from '../platform/postgres/db.ts';
import { writeAudit } from './audit.sql.ts';
import { changedPreferences } from './preferences.ts';

export async function preferencesOf(db: Db, viewer: Viewer): Promise<Preferences> {
  const row = await rowOf(db, sql<{ settings: Partial<Preferences> }>`select settings from preferences where member_id = ${viewer.member}`);
  return { ...PREFERENCES, ...row?.settings };
}

/** Two windows of one member change different things without losing either: the row is locked while it is read and written. */
export function changePreferences(ctx: Context, viewer: Viewer, change: PreferencesChange): Promise<Preferences> {
  return inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now();
    await sql`
      insert into preferences (member_id, settings, changed_at) values (${viewer.member}, '{}'::jsonb, ${now}) on conflict do nothing`.execute(
      tx,
    );
    await sql`select 1 from preferences where member_id = ${viewer.member} for update`.execute(tx);
    const next = changedPreferences(await preferencesOf(tx, viewer), change);
    await sql`
      update preferences set settings = ${JSON.stringify(next)}::jsonb, changed_at = ${now} where member_id = ${viewer.member}`.execute(tx);
    const detail = { changed: Object.keys(change) };
    await writeAudit(tx, {
      ctx,
      viewer,
      via: 'web',
      action: 'member.preferences',
      subjectKind: 'member',
      subjectId: viewer.member,
      detail,
    });
    return next;
  });
}
