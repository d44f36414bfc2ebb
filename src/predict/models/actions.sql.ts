import { sql } from 'kysely';
import type { HandlingAction } from '../../model/complaint-odds.ts';
import { type Db, type Tx, rowsOf } from '../../platform/postgres/db.ts';
import type { ActionRow } from './action-rows.ts';

export const actionsOf = (db: Db, voice: number): Promise<readonly HandlingAction[]> =>
  rowsOf(db, sql<HandlingAction>`select id, kind, at, done_by from handling_actions where voice_id = ${voice} order by at, id`);

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

/** Everything that was done, on the wall clock of the province. */
export const allActions = (db: Db, zone: string): Promise<readonly ActionRow[]> =>
  rowsOf(
    db,
    sql<ActionRow>`
      select voice_id as voice, kind, floor(extract(epoch from at at time zone ${zone}) / 60)::float8 as minutes from handling_actions`,
  );

/** Voices by the id that their source gave them and their customer. */
export const voicesNamed = (
  db: Db,
  named: readonly { readonly outside: string; readonly customer: string }[],
): Promise<readonly { readonly outside: string; readonly customer: string; readonly voice: number; readonly said_at: string }[]> =>
  rowsOf(
    db,
    sql<{ outside: string; customer: string; voice: number; said_at: string }>`
      select r.outside, r.customer, v.id as voice, v.said_at
      from json_to_recordset(${JSON.stringify(named)}::json) as r(outside text, customer text)
      cross join sources s
      join voices v on v.source_id = s.id and v.outside_key = r.outside and v.customer = r.customer`,
  );
