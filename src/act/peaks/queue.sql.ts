import { sql } from 'kysely';
import { type Db, type Tx, rowsOf, touched } from '../../platform/postgres/db.ts';
import type { Rated } from './rate.ts';

export interface NewCall extends Rated {
  readonly city: string;
  readonly held_out: boolean;
  readonly specialist: string | null;
  readonly due_at: string;
}

/** A grievance is queued once, whoever asks again. */
export async function queueCalls(tx: Tx, calls: readonly NewCall[], day: string, now: string): Promise<number> {
  if (calls.length === 0) return 0;
  const records = calls.map(({ said_at: _, day: __, ...call }) => call);
  return touched(
    tx,
    sql`
    insert into peak_calls (id, city, day, voice_id, customer, category, level, segment, tier, p, p_low, p_high, p_from, gain, state, specialist_id, assigned_id,
      queued_at, due_at)
    select 'pc_' || r.voice, r.city, ${day}::date, r.voice, r.customer, r.category, r.level, r.segment, r.tier, r.p, r.p_low, r.p_high, r.p_from, r.gain,
      case when r.held_out then 'held_out' else 'waiting' end, r.specialist, r.specialist, ${now}, r.due_at
    from json_to_recordset(${JSON.stringify(records)}::json) as r(city text, voice bigint, customer text, category text, level smallint, segment text,
      tier text, p float8, p_low float8, p_high float8, p_from text, gain float8, held_out boolean, specialist text, due_at timestamptz)
    join voices v on v.id = r.voice
    on conflict (voice_id) do nothing`,
  );
}

/** Calls that each specialist has already on a day: their hours are less by so many. */
export async function callsStanding(db: Db, city: string, day: string): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf(
    db,
    sql<{ id: string; n: number }>`
    select specialist_id as id, count(*)::int as n from peak_calls
    where city = ${city} and day = ${day}::date and specialist_id is not null and state <> 'held_out' group by specialist_id`,
  );
  return new Map(rows.map((row) => [row.id, row.n]));
}

/** What waited a whole day longer than its own is not called any more: it says how the day went, and leaves the queue. */
export const expireCalls = (tx: Tx, before: string): Promise<number> =>
  touched(tx, sql`update peak_calls set state = 'expired', version = version + 1 where state = 'waiting' and day < ${before}::date`);
