import { sql } from 'kysely';
import type { Filter } from '../model/question.ts';
import { type Db, rowOf, rowsOf } from '../platform/postgres/db.ts';
import { countVoices, VOICES_READ, whereSql } from './voice-where.sql.ts';

export interface Asked {
  readonly id: string;
  readonly where: readonly Filter[];
}

/** Conditions looked at in one pass over a batch's voices. */
const AT_ONCE = 40;

/** Which of these conditions any voice of a batch meets. */
export async function whichMeetBatch(db: Db, batch: string, asked: readonly Asked[], zone: string): Promise<ReadonlySet<string>> {
  const met = new Set<string>();
  for (let i = 0; i < asked.length; i += AT_ONCE) {
    const some = asked.slice(i, i + AT_ONCE);
    const columns = some.map(({ where }) => sql`coalesce(bool_or(${whereSql(where, zone)}), false)`);
    const row = await rowOf(
      db,
      sql<{ met: readonly boolean[] }>`select array[${sql.join(columns)}] as met from ${VOICES_READ} where v.batch_id = ${batch}`,
    );
    row?.met.forEach((isMet, k) => isMet && met.add(some[k]?.id ?? ''));
  }
  return met;
}

export interface AcknowledgedAlarm {
  readonly id: string;
  readonly rule: string;
  readonly value: string;
}

interface Opened {
  readonly conditions: readonly Filter[];
  readonly dimension: string;
  readonly value: string;
  readonly from: string;
  readonly before: string;
}
const voicesOf = ({ conditions, dimension, value, from, before }: Opened): readonly Filter[] => [
  ...conditions,
  { field: dimension, in: [value] },
  { field: 'said_at', from, before },
];

/** Alarms that ended because their voices went stay on record; they say how many are left, which is what they open. */
export async function countEndedAnew(tx: Db, said: { readonly firstMs: number; readonly lastMs: number }, zone: string): Promise<void> {
  const [first, last] = [new Date(said.firstMs).toISOString(), new Date(said.lastMs).toISOString()];
  const ended = await rowsOf(
    tx,
    sql<Opened & { id: string }>`
      select id, conditions, dimension, value, window_from as "from", last_said_at + interval '1 millisecond' as before from alarms
      where resolved_because = 'recounted' and window_from <= ${last}::timestamptz and last_said_at >= ${first}::timestamptz`,
  );
  for (const alarm of ended) {
    const voices = await countVoices(tx, voicesOf(alarm), zone);
    await sql`update alarms set voices = ${voices} where id = ${alarm.id} and voices <> ${voices}`.execute(tx);
  }
}

/** Alarms that somebody acknowledged since a batch came and that count voices of it. */
export async function acknowledgedOver(db: Db, batch: string, since: string, zone: string): Promise<readonly AcknowledgedAlarm[]> {
  const alarms = await rowsOf(
    db,
    sql<AcknowledgedAlarm & Opened>`
      select a.id, r.name_zh as rule, a.value, a.dimension, a.conditions, a.window_from as "from", a.last_said_at + interval '1 millisecond' as before
      from alarms a join rules r on r.id = a.rule_id
      where a.acknowledged_at is not null and a.merged_into is null and a.acknowledged_at >= ${since}::timestamptz order by a.acknowledged_at, a.id`,
  );
  const asked = alarms.map((alarm) => ({ id: alarm.id, where: voicesOf(alarm) }));
  const met = await whichMeetBatch(db, batch, asked, zone);
  return alarms.filter(({ id }) => met.has(id)).map(({ id, rule, value }) => ({ id, rule, value }));
}
