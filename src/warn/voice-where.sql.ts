import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../model/question.ts';
import { timeBound, timestampText } from '../analyse/index.ts';
import { type Db, rowOf } from '../platform/postgres/db.ts';
import { emptyNameOf, type VoiceField, voiceFieldOf } from './voice-fields.ts';

/** Voices as `v` with their newest reading as `r` their customer as `c` and the customer's segments as `g`. */
export const VOICES_READ = sql`
  voices v
  join readings r on r.voice_id = v.id and not exists (
    select 1 from readings n where n.voice_id = r.voice_id and (n.read_at, n.changed_tx, n.reader_version) > (r.read_at, r.changed_tx, r.reader_version))
  left join customers c on c.customer = v.customer
  left join customer_segments g on g.customer = v.customer`;

/** The value of a field as text; null when the voice has none. */
export function fieldSql(field: VoiceField, zone: string): RawBuilder<string | null> {
  switch (field.kind) {
    case 'column':
      return sql.ref(`${field.table}.${field.column}`);
    case 'known':
      return sql`case when ${sql.ref(`${field.table}.${field.column}`)} is null then 'no' else 'yes' end`;
    case 'level':
      return field.level === 1
        ? sql`nullif(split_part(r.category, '/', 1), '')`
        : sql`case when split_part(r.category, '/', 2) <> '' then split_part(r.category, '/', 1) || '/' || split_part(r.category, '/', 2) end`;
    case 'attribute':
      return sql`v.attributes ->> ${field.name}`;
    case 'number':
      return sql`${sql.ref(`v.${field.column}`)}::text`;
    case 'bucket':
      return sql`to_char(date_trunc(${sql.lit(field.unit)}, v.said_at at time zone ${sql.lit(zone)}),
        ${sql.lit(field.unit === 'hour' ? 'YYYY-MM-DD"T"HH24:00' : 'YYYY-MM-DD')})`;
    case 'time':
      return sql`v.said_at::text`;
  }
}

/** All filters as one condition over `VOICES_READ`. An unknown field matches nothing rather than everything. */
export function whereSql(filters: readonly Filter[], zone: string): RawBuilder<boolean> {
  if (filters.length === 0) return sql<boolean>`true`;
  return sql<boolean>`(${sql.join(
    filters.map((filter) => filterSql(filter, zone)),
    sql` and `,
  )})`;
}

function filterSql(filter: Filter, zone: string): RawBuilder<boolean> {
  if ('text' in filter) return textSql(filter.text);
  const field = voiceFieldOf(filter.field);
  if (field === undefined) return sql<boolean>`false`;
  return 'in' in filter ? inSql(filter.field, field, filter.in, zone) : rangeSql(field, filter, zone);
}

function inSql(name: string, field: VoiceField, values: readonly (string | null)[], zone: string): RawBuilder<boolean> {
  const value = fieldSql(field, zone);
  const empty = emptyNameOf(name);
  const given = values.filter((item): item is string => item !== null && item !== empty);
  const wanted =
    field.kind === 'number'
      ? sql<boolean>`${sql.ref(`v.${field.column}`)} = any(${given.map(Number).filter(Number.isFinite)}::float8[])`
      : sql<boolean>`${value} = any(${given}::text[])`;
  return given.length < values.length ? sql<boolean>`(${value} is null or ${wanted})` : wanted;
}

function rangeSql(field: VoiceField, range: { readonly from?: string; readonly before?: string }, zone: string): RawBuilder<boolean> {
  const bounds: RawBuilder<boolean>[] = [];
  if (field.kind === 'time') {
    if (isGiven(range.from)) bounds.push(sql`v.said_at >= ${momentSql(range.from, zone)}`);
    if (isGiven(range.before)) bounds.push(sql`v.said_at < ${momentSql(range.before, zone)}`);
  } else if (field.kind === 'number') {
    const column = sql.ref(`v.${field.column}`);
    if (range.from !== undefined) bounds.push(sql`${column} >= ${Number(range.from)}::float8`);
    if (range.before !== undefined) bounds.push(sql`${column} < ${Number(range.before)}::float8`);
  } else {
    return sql<boolean>`false`;
  }
  return bounds.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(bounds, sql` and `)})`;
}

const isGiven = (bound: string | undefined): bound is string => bound !== undefined && bound !== '';

/**
 * A text that names its zone is an instant, any other wall time of the province. One that cannot be read is null, so that its filter matches
 * nothing: an order of older days may hold such, and whoever opens a voice asks all orders.
 */
function momentSql(text: string, zone: string): RawBuilder<unknown> {
  const bound = timeBound(text);
  if (bound === null) return sql`null::timestamptz`;
  return sql`(${timestampText(bound.ms)}::timestamp at time zone ${bound.clock === 'instant' ? 'UTC' : zone})`;
}

function textSql(words: string): RawBuilder<boolean> {
  const patterns = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  return patterns.length === 0 ? sql<boolean>`true` : sql<boolean>`v.text_masked ilike all(${patterns}::text[])`;
}

/** How many voices the filters mean, whoever asks: for decisions of the system, never for showing without a viewer's scope. */
export async function countVoices(db: Db, filters: readonly Filter[], zone: string): Promise<number> {
  const row = await rowOf(db, sql<{ count: number }>`select count(*) as count from ${VOICES_READ} where ${whereSql(filters, zone)}`);
  return row?.count ?? 0;
}

/** The leaf category of most of these voices with its share of all of them; null when none is mapped. */
export async function leadingCategory(
  db: Db,
  filters: readonly Filter[],
  zone: string,
): Promise<{ category: string; share: number } | null> {
  const row = await rowOf(
    db,
    sql<{ category: string; share: number }>`
    with counted as (select r.category, count(*)::float8 as voices from ${VOICES_READ} where ${whereSql(filters, zone)} group by r.category)
    select category, voices / (select sum(voices) from counted) as share from counted
    where category is not null order by voices desc, category limit 1`,
  );
  return row ?? null;
}
