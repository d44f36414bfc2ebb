import { sql } from 'kysely';
import type { HandlingAction } from '../../model/complaint-odds.ts';
import { type Db, rowsOf } from '../../platform/postgres/db.ts';
import type { ActionRow } from './action-rows.ts';

export const actionsOf = (db: Db, voice: number): Promise<readonly HandlingAction[]> =>
  rowsOf(db, sql<HandlingAction>`select id, kind, at, done_by from handling_actions where voice_id = ${voice} order by at, id`);

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
