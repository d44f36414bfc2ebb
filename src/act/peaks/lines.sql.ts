import { sql } from 'kysely';
import type { BackTestDay, EffectNow } from '../../model/peaks.ts';
import { type Db, type Tx, rowOf } from '../../platform/postgres/db.ts';

export interface StoredLine {
  readonly city: string;
  readonly day: string;
  readonly line: number | null;
  readonly days: number;
  readonly calls: number;
  /** Of which settings, specialists and effect. */
  readonly basis: string;
}

export const storedLine = (db: Db, city: string, day: string): Promise<StoredLine | undefined> =>
  rowOf(
    db,
    sql<StoredLine>`select city, to_char(day, 'YYYY-MM-DD') as day, line, days, calls, basis from peak_lines where city = ${city} and day = ${day}::date`,
  );

/** Writes the line of a day and the city's back-test over again. */
export async function saveLine(
  tx: Tx,
  line: StoredLine & { readonly effect: EffectNow },
  tested: readonly BackTestDay[],
  now: string,
): Promise<void> {
  await sql`
    insert into peak_lines (city, day, line, days, calls, basis, effect, solved_at)
    values (${line.city}, ${line.day}::date, ${line.line}, ${line.days}, ${line.calls}, ${line.basis}, ${JSON.stringify(line.effect)}::jsonb, ${now})
    on conflict (city, day) do update set line = excluded.line, days = excluded.days, calls = excluded.calls, basis = excluded.basis,
      effect = excluded.effect, solved_at = excluded.solved_at`.execute(tx);
  await sql`delete from peak_tests where city = ${line.city}`.execute(tx);
  await sql`
    insert into peak_tests (city, day, line, above, calls, fits)
    select r.city, r.day, r.line, r.above, r.calls, r.fits from json_to_recordset(${JSON.stringify(tested)}::json)
      as r(city text, day date, line float8, above integer, calls integer, fits boolean)`.execute(tx);
}

export async function countNobodys(tx: Tx, city: string, day: string, nobodys: number): Promise<void> {
  await sql`update peak_lines set nobodys = ${nobodys} where city = ${city} and day = ${day}::date and nobodys <> ${nobodys}`.execute(tx);
}
