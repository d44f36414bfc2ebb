import { sql } from 'kysely';
import type { RunState, SchemeId, SchemeVersion, SegmentRunRow } from '../../model/segment-views.ts';
import { type Db, rowOf, rowsOf, touched, type Tx } from '../../platform/postgres/db.ts';
import type { ClusterModel } from './centroid-space.ts';
import type { KnownClusters } from './clusters.ts';
import { BETWEEN_TEXTS, type MemberChunk, type RunResult } from './segments-messages.ts';

const COLUMNS = sql`id, scheme, scheme_version, month, as_of, state, progress, created_at, finished_at, error`;

export const runOf = (db: Db, id: string): Promise<SegmentRunRow | undefined> =>
  rowOf(db, sql<SegmentRunRow>`select ${COLUMNS} from segment_runs where id = ${id}`);

/** Which version of a scheme's definition holds, and since when; undefined: the scheme was never run. */
export const versionOf = (db: Db, scheme: SchemeId): Promise<SchemeVersion | undefined> =>
  rowOf(db, sql<SchemeVersion>`select version, updated_at as since from segment_schemes where id = ${scheme}`);

/** The runs of a scheme, newest first. They name months, no customers, so they are the same for all. */
export const runsOf = (db: Db, scheme: SchemeId): Promise<readonly SegmentRunRow[]> =>
  rowsOf(db, sql<SegmentRunRow>`select ${COLUMNS} from segment_runs where scheme = ${scheme} order by created_at desc, id desc limit 60`);

export interface NewRun {
  readonly id: string;
  readonly scheme: SchemeId;
  readonly asOf: string;
  readonly month: string;
  /** What decides now; null: written down by somebody else. */
  readonly definition: object | null;
  readonly askedBy: string | null;
  readonly at: string;
}

/** A run stands under the version of its scheme; the version goes on when what decides is not what it was. '{}': it was not written down. */
export async function addRun(tx: Tx, run: NewRun): Promise<void> {
  await sql`
    insert into segment_schemes as s (id, definition, updated_at) values (${run.scheme}, ${JSON.stringify(run.definition ?? {})}::jsonb, ${run.at})
    on conflict (id) do update set definition = excluded.definition, updated_at = excluded.updated_at,
      version = s.version + case when s.definition = '{}' then 0 else 1 end
      where s.definition <> excluded.definition and excluded.definition <> '{}'`.execute(tx);
  await sql`
    insert into segment_runs (id, scheme, scheme_version, as_of, month, state, asked_by, created_at)
    select ${run.id}, id, version, ${run.asOf}, ${run.month}, 'queued', ${run.askedBy}, ${run.at} from segment_schemes where id = ${run.scheme}`.execute(
    tx,
  );
}

/** One at a time asks: of two at once each would find that none is open. */
export const lockAsking = (tx: Tx): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended('segments', 0))`.execute(tx);

/** Runs that wait or go on; while there are any, no other is begun. */
export const openRuns = (db: Db): Promise<readonly SegmentRunRow[]> =>
  rowsOf(db, sql<SegmentRunRow>`select ${COLUMNS} from segment_runs where state in ('queued', 'running') order by as_of, id`);

/** Only of a run that waits or goes on: one that was cancelled stays so. */
export async function setRunState(db: Db, id: string, state: RunState, at: string | null, error: string | null = null): Promise<void> {
  await sql`update segment_runs set state = ${state}, finished_at = ${at}, error = ${error}
    where id = ${id} and state in ('queued', 'running')`.execute(db);
}

/** Notes how far it is; answers whether somebody stopped it. */
export async function saveProgress(db: Db, id: string, share: number): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ stop: boolean }>`
    update segment_runs set progress = case when state = 'running' then ${share} else progress end where id = ${id}
    returning state = 'cancelled' as stop`,
  );
  return row?.stop ?? true;
}

/** Stops all that is under way: schemes that were asked for together share one reading of the customers. Works without a job, too. */
export const cancelOpen = (tx: Tx, at: string): Promise<unknown> =>
  sql`update segment_runs set state = 'cancelled', finished_at = ${at} where state in ('queued', 'running')`.execute(tx);

/** What the nearest finished run up to this moment left, or where there is none the nearest after it; and every id that was ever given. */
export async function knownClusters(db: Db, asOf: string): Promise<KnownClusters> {
  const nearest = await rowOf(
    db,
    sql<{ model: ClusterModel; isEarlier: boolean }>`
    select model, as_of <= ${asOf} as "isEarlier" from segment_runs where scheme = 'clusters' and state = 'done' and model is not null
    order by as_of <= ${asOf} desc, abs(extract(epoch from as_of - ${asOf}::timestamptz)), created_at desc limit 1`,
  );
  const given = await rowsOf(db, sql<{ segment: string }>`select segment from segments where scheme = 'clusters'`);
  return { nearest: nearest ?? null, given: given.map(({ segment }) => segment) };
}

/** Before members come: what a crash left half of is taken out. */
export const forgetMembers = (db: Db, id: string): Promise<unknown> => sql`delete from segment_members where run_id = ${id}`.execute(db);

export async function addMembers(db: Db, id: string, { customers, segments, why }: MemberChunk): Promise<void> {
  const list = (text: string) => sql`string_to_array(${text}, ${BETWEEN_TEXTS})`;
  await sql`
    insert into segment_members (run_id, customer, segment, why)
    select ${id}, m.customer, m.segment, nullif(m.why, '')::jsonb
    from unnest(${list(customers)}, ${list(segments)}, ${why === '' ? sql`'{}'::text[]` : list(why)}) m (customer, segment, why)`.execute(
    db,
  );
}

/**
 * Ends a run: what it found, its figures by place, the names of its segments. A segment is called by what the newest run says of it: one of an
 * earlier month gives names only to segments that have none. false, and nothing is written: somebody cancelled it before.
 */
export async function finishRun(tx: Tx, run: Pick<SegmentRunRow, 'id' | 'scheme'>, result: RunResult, at: string): Promise<boolean> {
  const { id, scheme } = run;
  const ended = await touched(
    tx,
    sql`
    update segment_runs set state = 'done', progress = 1, finished_at = ${at}, error = null, customers = ${result.customers},
      left_out = ${JSON.stringify(result.leftOut)}::jsonb, report = ${JSON.stringify(result.report)}::jsonb,
      model = ${result.model === null ? null : JSON.stringify(result.model)}::jsonb
    where id = ${id} and state = 'running'`,
  );
  if (ended === 0) return false;
  await sql`delete from segment_facts where run_id = ${id}`.execute(tx);
  await sql`
    insert into segment_facts (run_id, segment, city, district, customers, numbers, categories)
    select ${id}, f.segment, nullif(f.city, ''), nullif(f.district, ''), f.customers, f.numbers, f.categories
    from jsonb_to_recordset(${result.facts}::jsonb)
      f (segment text, city text, district text, customers bigint, numbers jsonb, categories jsonb)`.execute(tx);
  await sql`
    insert into segments (scheme, segment, name_zh, name_en)
    select ${scheme}, n.key, n.value ->> 'zh', n.value ->> 'en' from jsonb_each(${JSON.stringify(result.names)}::jsonb) n
    on conflict (scheme, segment) do update set name_zh = excluded.name_zh, name_en = excluded.name_en
      where not exists (select 1 from segment_runs later where later.scheme = ${scheme} and later.state = 'done'
        and later.as_of > (select as_of from segment_runs where id = ${id}))`.execute(tx);
  return true;
}

const CURRENT = { temperament: 'temperament', clusters: 'cluster', usage: 'usage_group' } as const;

/** Whether no finished run of the scheme looks at a later time. */
export async function isNewest(db: Db, run: Pick<SegmentRunRow, 'id' | 'scheme'>): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{ id: string }>`
    select id from segment_runs where scheme = ${run.scheme} and state = 'done' order by as_of desc, created_at desc, id desc limit 1`,
  );
  return row?.id === run.id;
}

/**
 * Puts the next customers after `after` where the run says; the warehouse follows those who changed. Rules stand on the customer
 * itself and are not written here. Answers the last customer looked at, null at the end.
 */
export async function publishMembers(
  tx: Tx,
  run: Pick<SegmentRunRow, 'id' | 'scheme'>,
  after: string,
  limit: number,
): Promise<string | null> {
  if (run.scheme === 'rules') return null;
  const column = sql.ref(CURRENT[run.scheme]);
  const row = await rowOf(
    tx,
    sql<{ last: string | null }>`
    with said as (
      select m.customer, m.segment from segment_members m where m.run_id = ${run.id} and m.customer > ${after} order by m.customer limit ${limit}
    ),
    upper as (select case when count(*) < ${limit} then null else max(customer) end as last from said),
    -- Whom the run leaves out had perhaps a place before.
    gone as (
      update customer_segments c set ${column} = null, changed_tx = pg_current_xact_id()
      where ${column} is not null and c.customer > ${after} and ((select last from upper) is null or c.customer <= (select last from upper))
        and not exists (select 1 from said where said.customer = c.customer)
    ),
    put as (
      insert into customer_segments (customer, ${column}) select customer, segment from said
      on conflict (customer) do update set ${column} = excluded.${column}, changed_tx = pg_current_xact_id()
        where customer_segments.${column} is distinct from excluded.${column}
    )
    select last from upper`,
  );
  return row?.last ?? null;
}
