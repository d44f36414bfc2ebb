import { sql } from 'kysely';
import { type Tx, rowsOf } from '../platform/postgres/db.ts';

/** Something done about a voice, by the pack's code of it. */
export interface NewAction {
  readonly voice: number;
  readonly kind: string;
  readonly at: string;
}

/** The same action at the same time stands once. Gives back how many are new. */
export async function addActions(
  tx: Tx,
  given: readonly NewAction[],
  who: { readonly member: string; readonly now: string },
): Promise<number> {
  if (given.length === 0) return 0;
  const rows = await rowsOf(
    tx,
    sql<{ id: string }>`
      insert into handling_actions (id, voice_id, kind, at, done_by, recorded_by, recorded_at)
      select 'ha_' || r.voice || '_' || r.kind || '_' || extract(epoch from r.at)::bigint, r.voice, r.kind, r.at, ${who.member}, ${who.member}, ${who.now}::timestamptz
      from json_to_recordset(${JSON.stringify(given)}::json) as r(voice bigint, kind text, at timestamptz)
      on conflict do nothing returning id`,
  );
  return rows.length;
}
