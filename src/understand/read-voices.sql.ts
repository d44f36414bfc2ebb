import { sql } from 'kysely';
import type { Reading } from '../model/reading.ts';
import { type Db, type Tx, rowsOf } from '../platform/postgres/db.ts';

export interface UnreadVoice {
  readonly id: number;
  readonly text: string;
}

/** Voices between two ids (inclusive) that this version of the reader has not read. */
export const unreadVoices = (db: Db, version: string, from: number, to: number, limit: number): Promise<readonly UnreadVoice[]> =>
  rowsOf(
    db,
    sql<UnreadVoice>`
      select v.id, v.text from voices v
      where v.id between ${from} and ${to}
        and not exists (select 1 from readings r where r.voice_id = v.id and r.reader_version = ${version})
      order by v.id limit ${limit}`,
  );

/** Reading again with the same version changes nothing: the key is (voice, reader version). */
export async function saveReadings(
  tx: Tx,
  version: string,
  now: string,
  readings: readonly { readonly id: number; readonly reading: Reading }[],
): Promise<void> {
  const records = readings.map(({ id, reading }) => ({
    id,
    category: reading.category,
    department: reading.cell?.department ?? null,
    stage: reading.stage,
    business: reading.cell?.business ?? null,
    support: reading.cell?.support ?? null,
    bearer: reading.cell?.bearer ?? null,
    feeling: reading.feeling,
    language: reading.language,
    confidence: reading.confidence,
    because: reading.because,
  }));
  await sql`
    insert into readings (voice_id, reader_version, category, department, stage, business, support, bearer, feeling, language, confidence, because, read_at)
    select r.id, ${version}, r.category, r.department, r.stage, r.business, r.support, r.bearer, r.feeling, r.language, r.confidence, r.because,
      ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(records)}::json) as r(id bigint, category text, department text, stage text, business text,
      support text, bearer text, feeling text, language text, confidence real, because jsonb)
    join voices v on v.id = r.id
    on conflict (voice_id, reader_version) do nothing`.execute(tx);
}

/** Lowest and highest id of voices that no reading of this version covers; null when all are read. */
export async function unreadSpan(db: Db, version: string): Promise<{ from: number; to: number; count: number } | null> {
  const rows = await rowsOf(
    db,
    sql<{ from: number | null; to: number | null; count: number }>`
      select min(v.id) as "from", max(v.id) as "to", count(*) as count from voices v
      where not exists (select 1 from readings r where r.voice_id = v.id and r.reader_version = ${version})`,
  );
  const row = rows[0];
  return row === undefined || row.from === null || row.to === null ? null : { from: row.from, to: row.to, count: row.count };
}
