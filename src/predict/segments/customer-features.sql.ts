import { type RawBuilder, sql } from 'kysely';
import type { Pack } from '../../model/pack.ts';
import { type Db, rowOf } from '../../platform/postgres/db.ts';
import { newestKnown } from '../newest-known.sql.ts';
import { FEATURES, HEAD } from './feature-columns.ts';
import { BETWEEN_TEXTS } from './segments-messages.ts';

export interface FeatureWindow {
  readonly from: string;
  readonly before: string;
}

export interface CustomerChunk {
  /** Every column's values as one text. */
  readonly columns: Readonly<Record<string, string>>;
  readonly customers: number;
  readonly last: string;
}

/**
 * The next customers after `after`, known by name or only by their voices, with everything that runs look at. One statement a chunk;
 * what comes back are texts that go on to the thread unread. The same statement serves one customer (`only`).
 */
export async function customerChunk(
  db: Db,
  pack: Pick<Pack, 'behaviour'>,
  window: FeatureWindow,
  after: string,
  limit: number,
  only: string | null = null,
): Promise<CustomerChunk | null> {
  const columns = [...HEAD, ...FEATURES.map((feature) => feature.name)];
  const row = await rowOf(
    db,
    sql<Readonly<Record<string, string>> & { customers: number; last: string }>`
    with who as materialized (${whoSql(after, limit, only)}),
    said as materialized (${saidSql(pack, window)}),
    did as (${didSql(pack)}),
    held as (
      select s.customer, count(distinct coalesce(s.product, s.plan)) as products from subscriptions s join who on who.customer = s.customer
      where (s.since is null or s.since < ${window.before}) and (s.until is null or s.until > ${window.before}) group by s.customer
    ),
    told as (
      select who.customer, c.city, c.district, c.segment, c.value_tier, c.brand, c.age_band, c.tenure_months,
        case when c.customer is null then null when c.vpmn_group is null then 0 else 1 end as in_group,
        case when c.customer is not null then coalesce(held.products, 0) end as products,
        ${sql.join(USE.map((name) => sql`${usageSql(pack.behaviour.usage[name])} as ${sql.ref(name)}`))},
        ${sql.join(DID.map((name) => sql`coalesce(${sql.ref(`did.${name}`)}, 0) as ${sql.ref(name)}`))}
      from who left join customers c on c.customer = who.customer left join did on did.customer = who.customer
        left join held on held.customer = who.customer
    )
    select count(*) as customers, max(customer) as last,
      ${sql.join(columns.map((name) => sql`string_agg(coalesce(translate(${sql.ref(name)}::text, ${BETWEEN_TEXTS}, ' '), ''), ${BETWEEN_TEXTS} order by customer) as ${sql.ref(`t_${name}`)}`))}
    from told`,
  );
  if (row === undefined || row.customers === 0) return null;
  return { columns: Object.fromEntries(columns.map((name) => [name, row[`t_${name}`] ?? ''])), customers: row.customers, last: row.last };
}

function whoSql(after: string, limit: number, only: string | null): RawBuilder<unknown> {
  if (only !== null) return sql`select ${only}::text as customer`;
  return sql`
    select customer from (
      (select customer from customers where customer > ${after} order by customer limit ${limit})
      union
      (select distinct customer from voices where customer > ${after} order by customer limit ${limit})
    ) known order by customer limit ${limit}`;
}

/** The voices of these customers in the window with their newest reading, and what came before each. */
function saidSql(pack: Pick<Pack, 'behaviour'>, { from, before }: FeatureWindow): RawBuilder<unknown> {
  return sql`
    select s.*, s.said_at - lag(s.said_at) over (partition by s.customer, s.topic, s.is_pressing order by s.said_at, s.id) as since_same,
      s.said_at - max(s.said_at) filter (where s.kind = 'grievance') over (
        partition by s.customer order by s.said_at, s.id rows between unbounded preceding and 1 preceding) as since_grievance
    from (
      select v.customer, v.id, v.said_at, v.kind, v.channel, v.text_masked, r.feeling,
        v.kind in ('grievance', 'complaint', 'fault') as is_pressing,
        split_part(r.category, '/', 1) || '/' || split_part(r.category, '/', 2) as topic,
        split_part(r.category, '/', 1) = any(${pack.behaviour.money}::text[]) as is_money
      from who join voices v on v.customer = who.customer
        join readings r on r.voice_id = v.id and not exists (
          select 1 from readings n where n.voice_id = r.voice_id and (n.read_at, n.changed_tx, n.reader_version) > (r.read_at, r.changed_tx, r.reader_version))
      where v.said_at >= ${from} and v.said_at < ${before}
    ) s`;
}

const DID = FEATURES.filter((feature) => feature.group === 'did').map((feature) => feature.name);

const USE = ['minutes', 'megabytes', 'messages', 'bill'] as const;

/** A monthly average that the customer's file brought along under one of these titles; what is no number is unknown. */
function usageSql(titles: readonly string[]): RawBuilder<unknown> {
  if (titles.length === 0) return sql`null`;
  const tried = titles.map((title) => sql`nullif(c.attributes ->> ${title}, '')`);
  const text = sql`replace(coalesce(${sql.join(tried)}), ',', '')`;
  return sql`case when ${text} ~ '^[0-9]{1,12}([.][0-9]+)?$' then ${text}::float8 end`;
}

function didSql(pack: Pick<Pack, 'behaviour'>): RawBuilder<unknown> {
  const count = (name: string, condition: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`count(*) filter (where ${condition}) as ${sql.ref(name)}`;
  const saying = (words: readonly string[]): RawBuilder<unknown> => sql`text_masked ilike any(${words.map(likeOf)}::text[])`;
  const { words } = pack.behaviour;
  return sql`
    select customer, count(*) as voices,
      ${sql.join([
        count('grievances', sql`kind = 'grievance'`),
        count('complaints', sql`kind = 'complaint'`),
        count('consultations', sql`kind = 'consultation'`),
        count('faults', sql`kind = 'fault'`),
        count('online', sql`channel in ('app', 'web', 'sms', 'email', 'social')`),
        count('in_person', sql`channel in ('hall', 'field')`),
        count('angry', sql`feeling = 'angry'`),
        count('negative', sql`feeling in ('angry', 'negative')`),
        count('positive', sql`feeling = 'positive' or kind = 'praise'`),
        count('money', sql`is_money`),
        count('pressing', sql`is_pressing`),
        count('repeats', sql`is_pressing and since_same <= interval '7 days'`),
        count('fast_repeats', sql`is_pressing and since_same <= interval '2 days'`),
        count('escalated', sql`kind = 'complaint' and since_grievance <= interval '7 days'`),
        count('said_impatient', saying(words.impatient)),
        count('said_price', saying(words.price)),
        count('said_cooperative', saying(words.cooperative)),
        count('said_assertive', saying(words.assertive)),
        count('said_tolerant', saying(words.tolerant)),
      ])}
    from said group by customer`;
}

const likeOf = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

/** Until when voices reach, and whether there are any. @param now the clock, ISO UTC */
export async function lastSaid(db: Db, now: string): Promise<string | null> {
  const row = await rowOf(
    db,
    sql<{ at: string | null }>`select to_char(${newestKnown(now)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`,
  );
  return row?.at ?? null;
}
