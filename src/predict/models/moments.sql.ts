import { type RawBuilder, sql } from 'kysely';
import { type Db, rowOf, rowsOf } from '../../platform/postgres/db.ts';
import type { ToldTitles } from '../../model/pack.ts';
import { newestKnown } from '../newest-known.sql.ts';
import type { MomentRow } from './moment-builder.ts';

const minutesOf = (column: RawBuilder<unknown>, zone: string): RawBuilder<number> =>
  sql<number>`floor(extract(epoch from ${column} at time zone ${zone}) / 60)::float8`;

const newestReading = sql`left join lateral (
    select category, feeling from readings where voice_id = v.id order by read_at desc, changed_tx desc, reader_version desc limit 1
  ) r on true`;

/** What a source wrote down under one of these titles. */
const writtenUnder = (titles: readonly string[]): RawBuilder<string | null> =>
  titles.length === 0
    ? sql<null>`null::text`
    : sql<string | null>`coalesce(${sql.join(titles.map((title) => sql`v.attributes ->> ${title}`))})`;

/**
 * How long it had lasted, and whether it was solved there and then: by the source's own columns, or by what the agent recorded with the voice. `where`: only
 * of these rows; of the others nobody asks.
 */
export const toldColumns = (
  { lasted_days, solved, yes, no }: ToldTitles,
  where: RawBuilder<boolean> = sql<boolean>`true`,
): RawBuilder<unknown> => sql`
  case when ${where} then ${writtenUnder(lasted_days)} end as lasted,
  case when ${where} then coalesce(${writtenUnder(solved)},
    (select case when effect in ('all-happy', 'all-unhappy') then ${yes[0] ?? null}::text else ${no[0] ?? null}::text end
      from recording_effects where voice_id = v.id order by at limit 1)) end as solved`;

const momentColumns = (zone: string, told: ToldTitles): RawBuilder<MomentRow> => sql<MomentRow>`
  v.customer, v.id as voice, ${minutesOf(sql`v.said_at`, zone)} as minutes, v.kind, v.recorded_category as recorded, r.category as read, v.channel,
  r.feeling, ${toldColumns(told)}, v.district as region, c.brand, c.value_tier, c.tenure_months, c.age_band`;

/** What a voice was recorded and read as. */
export const filedAs = (db: Db, voice: number): Promise<{ readonly recorded: string | null; readonly read: string | null } | undefined> =>
  rowOf(
    db,
    sql<{ recorded: string | null; read: string | null }>`
      select v.recorded_category as recorded, r.category as read from voices v ${newestReading} where v.id = ${voice}`,
  );

/** Where a page ended. */
export interface MomentCursor {
  readonly customer: string;
  readonly said_at: string;
  readonly voice: number;
}

/** A page of all voices of known customers at known times, by customer and time. `said_at` beside each row is where the next page goes on. */
export const momentPage = (
  db: Db,
  zone: string,
  told: ToldTitles,
  after: MomentCursor | null,
  limit: number,
): Promise<readonly (MomentRow & { readonly said_at: string })[]> =>
  rowsOf(
    db,
    sql<MomentRow & { said_at: string }>`
      select ${momentColumns(zone, told)}, v.said_at::text as said_at
      from voices v ${newestReading}
      left join customers c on c.customer = v.customer
      where v.customer is not null and v.said_at_known
        and ${after === null ? sql`true` : sql`(v.customer, v.said_at, v.id) > (${after.customer}, ${after.said_at}::timestamptz, ${after.voice}::bigint)`}
      order by v.customer, v.said_at, v.id limit ${limit}`,
  );

export interface KnownSpan {
  readonly begin: number;
  readonly end: number;
}

const firstKnown = sql`(select min(said_at) from voices where said_at_known)`;

/** Wall-clock minute of the first voice at a known time; null without any. */
export const beginOfRecord = async (db: Db, zone: string): Promise<number | null> =>
  (await rowOf(db, sql<{ begin: number | null }>`select ${minutesOf(firstKnown, zone)} as begin`))?.begin ?? null;

/** Wall-clock minutes of the first and the last voice at a known time; null without any. @param now the clock, ISO UTC */
export async function knownSpan(db: Db, zone: string, now: string): Promise<KnownSpan | null> {
  const row = await rowOf(
    db,
    sql<{ begin: number | null; end: number | null }>`
      select ${minutesOf(firstKnown, zone)} as begin, ${minutesOf(newestKnown(now), zone)} as "end"`,
  );
  return row === undefined || row.begin === null || row.end === null ? null : { begin: row.begin, end: row.end };
}

/** Entries of a record that are looked at when a grievance is scored: more belong to a system's account, not to a person. */
const MOST_ENTRIES = 500;

/**
 * For each of these voices the record of its customer up to and with it: the newest `MOST_ENTRIES`, oldest first, under the voice's id in
 * place of the customer. None for a voice without a customer or a known time.
 */
export const recordsBefore = (db: Db, zone: string, told: ToldTitles, voices: readonly number[]): Promise<readonly MomentRow[]> =>
  rowsOf(
    db,
    sql<MomentRow>`
      select asked.id::text as customer, v.id as voice, ${minutesOf(sql`v.said_at`, zone)} as minutes, v.kind, v.recorded_category as recorded,
        r.category as read, v.channel, r.feeling, ${toldColumns(told, sql<boolean>`v.id = asked.id`)}, v.district as region, c.brand, c.value_tier, c.tenure_months, c.age_band
      from voices asked
      join lateral (
        select * from voices h where h.customer = asked.customer and (h.said_at, h.id) <= (asked.said_at, asked.id) and h.said_at_known
        order by h.said_at desc, h.id desc limit ${sql.lit(MOST_ENTRIES)}
      ) v on true ${newestReading}
      left join customers c on c.customer = asked.customer
      where asked.id = any(${voices}::bigint[]) and asked.customer is not null and asked.said_at_known
      order by asked.id, v.said_at, v.id`,
  );

export interface LoadRow {
  readonly asked: number;
  readonly recorded: string | null;
  readonly read: string | null;
  readonly voices: number;
}

/** Grievances and complaints in the district of each of these voices, in the day before it, by what they were recorded and read as. */
export const loadsBefore = (db: Db, voices: readonly number[]): Promise<readonly LoadRow[]> =>
  rowsOf(
    db,
    sql<LoadRow>`
      select asked.id as asked, v.recorded_category as recorded, r.category as read, count(*)::float8 as voices
      from voices asked
      join voices v on v.district = asked.district and v.kind in ('grievance', 'fault', 'complaint') and v.customer is not null and v.said_at_known
        and v.said_at >= date_trunc('minute', asked.said_at) - interval '1 day' and v.said_at < date_trunc('minute', asked.said_at)
      ${newestReading}
      where asked.id = any(${voices}::bigint[]) and asked.district is not null
      group by 1, 2, 3`,
  );

/** Complaints of the customers of scored grievances in the thirty days after each. */
export const complaintsAfter = (
  db: Db,
  voices: readonly number[],
): Promise<readonly { readonly asked: number; readonly recorded: string | null; readonly read: string | null }[]> =>
  rowsOf(
    db,
    sql<{ asked: number; recorded: string | null; read: string | null }>`
      select asked.id as asked, v.recorded_category as recorded, r.category as read
      from voices asked
      join voices v on v.customer = asked.customer and (v.said_at, v.id) > (asked.said_at, asked.id) and v.said_at < asked.said_at + interval '30 days'
        and v.kind = 'complaint' and v.said_at_known
      ${newestReading}
      where asked.id = any(${voices}::bigint[])`,
  );
