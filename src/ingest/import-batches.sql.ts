import { sql } from 'kysely';
import type { Instant } from '../model/ids.ts';
import type { Viewer } from '../model/people.ts';
import type { Problem, ProblemGroup } from '../model/problem.ts';
import type { BatchState, Carries, ImportOptions } from '../model/import-views.ts';
import type { ImportBatch } from './import-batch.ts';
import { type Db, type Tx, rowOf, rowsOf } from '../platform/postgres/db.ts';
import type { RejectedRow } from './rejected-row.ts';
import { jsonText } from './store-voices.sql.ts';

export type { ImportOptions } from '../model/import-views.ts';
export type { ImportBatch } from './import-batch.ts';
export type { RejectedRow } from './rejected-row.ts';

const BATCH = sql`
  b.id, s.name as source, b.source_id as "sourceId", b.carries, jsonb_build_object('id', m.id, 'name', m.name) as member,
  b.file_name as "fileName", b.file_path as "filePath", b.file_hash as "fileHash", b.file_bytes as "fileBytes", b.options, b.state,
  b.total_rows as "totalRows", b.rows_done as "rowsDone", b.accepted, b.duplicates, b.rejected, b.problems,
  b.error, b.created_at as "createdAt", b.started_at as "startedAt", b.finished_at as "finishedAt", b.version, b.undo`;
const FROM = sql`import_batches b join sources s on s.id = b.source_id join members m on m.id = b.member_id`;

/** A batch carries rows of many places, so it is seen by who made it and with province scope. */
const seenBy = (viewer: Viewer) => (viewer.scope === 'province' ? sql<boolean>`true` : sql<boolean>`b.member_id = ${viewer.member}`);

export const batchSeenBy = (db: Db, viewer: Viewer, id: string): Promise<ImportBatch | undefined> =>
  rowOf(db, sql<ImportBatch>`select ${BATCH} from ${FROM} where b.id = ${id} and ${seenBy(viewer)}`);

export const batchOf = (db: Db, id: string): Promise<ImportBatch | undefined> =>
  rowOf(db, sql<ImportBatch>`select ${BATCH} from ${FROM} where b.id = ${id}`);

/** Locks a batch for a change: whoever holds it is the only one to move it. */
export const lockBatch = (tx: Tx, id: string): Promise<ImportBatch | undefined> =>
  rowOf(tx, sql<ImportBatch>`select ${BATCH} from ${FROM} where b.id = ${id} for update of b`);

export interface BatchFilter {
  /** Part of the file's or the source's name. */
  readonly text?: string | undefined;
  readonly states?: readonly BatchState[] | undefined;
  readonly source?: string | undefined;
}

const fits = ({ text, states, source }: BatchFilter) =>
  sql<boolean>`(${text === undefined} or strpos(lower(b.file_name || ' ' || s.name), lower(${text ?? ''})) > 0)
    and (${states === undefined} or b.state = any(${states ?? []}::text[])) and (${source === undefined} or s.name = ${source ?? ''})`;

export const batchesSeenBy = (
  db: Db,
  viewer: Viewer,
  limit: number,
  before: { at: string; id: string } | null,
  filter: BatchFilter = {},
): Promise<readonly ImportBatch[]> =>
  rowsOf(
    db,
    sql<ImportBatch>`
      select ${BATCH} from ${FROM}
      where ${seenBy(viewer)} and ${fits(filter)} and (${before === null} or (b.created_at, b.id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? ''}))
      order by b.created_at desc, b.id desc limit ${limit}`,
  );

/** Names of the sources of the batches that the viewer sees. */
export const batchSourcesSeenBy = async (db: Db, viewer: Viewer): Promise<readonly string[]> =>
  (await rowsOf(db, sql<{ name: string }>`select distinct s.name from ${FROM} where ${seenBy(viewer)} order by 1 limit 500`)).map(
    ({ name }) => name,
  );

export interface NewBatch {
  readonly id: string;
  readonly sourceId: string;
  readonly memberId: string;
  readonly carries: Carries;
  readonly fileName: string;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly filePath: string;
  readonly options: ImportOptions;
  readonly state: BatchState;
  readonly now: Instant;
}

export async function addBatch(tx: Db, batch: NewBatch): Promise<void> {
  await sql`
    insert into import_batches (id, source_id, member_id, carries, file_name, file_hash, file_bytes, file_path, options, state, created_at)
    values (${batch.id}, ${batch.sourceId}, ${batch.memberId}, ${batch.carries}, ${batch.fileName}, ${batch.fileHash}, ${batch.fileBytes},
      ${batch.filePath}, ${jsonText(batch.options)}::jsonb, ${batch.state}, ${batch.now})
    on conflict (id) do nothing`.execute(tx);
}

export interface BatchProgress {
  readonly rowsDone: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly ProblemGroup[];
  readonly readShare: number;
}

export async function saveProgress(tx: Tx, id: string, p: BatchProgress): Promise<void> {
  await sql`
    update import_batches set rows_done = ${p.rowsDone}, accepted = ${p.accepted}, duplicates = ${p.duplicates}, rejected = ${p.rejected},
      problems = ${jsonText(p.problems)}::jsonb, options = options || jsonb_build_object('read_share', ${p.readShare}::float8)
    where id = ${id}`.execute(tx);
}

export async function moveBatch(tx: Db, id: string, to: BatchState, now: Instant, error: Problem | null = null): Promise<void> {
  const ended = to === 'done' || to === 'checked' || to === 'cancelled' || to === 'failed' || to === 'undone';
  await sql`
    update import_batches set state = ${to}, version = version + 1, error = ${error === null ? null : jsonText(error)}::jsonb,
      started_at = case when ${to === 'queued'} then null when ${to === 'checking'} then ${now}::timestamptz
        when ${to === 'running'} then coalesce(started_at, ${now}::timestamptz) else started_at end,
      finished_at = case when ${ended} then ${now}::timestamptz end,
      total_rows = case when ${to === 'done' || to === 'checked'} then rows_done else total_rows end
    where id = ${id}`.execute(tx);
}

/** Ends a batch before it is done. What a check counted was never stored, so it goes; what an import counted stands, and stays. */
export async function endBatch(
  tx: Db,
  batch: Pick<ImportBatch, 'id' | 'state'>,
  to: 'cancelled' | 'failed',
  now: Instant,
  error: Problem | null = null,
): Promise<void> {
  if (batch.state === 'checking' || batch.state === 'checked') await resetCounts(tx, batch.id);
  await moveBatch(tx, batch.id, to, now, error);
}

/** Back to nothing counted: before a check, and before the commit that follows it. */
export async function resetCounts(tx: Db, id: string): Promise<void> {
  await sql`
    update import_batches set rows_done = 0, accepted = 0, duplicates = 0, rejected = 0, problems = '[]',
      options = options - 'read_share' where id = ${id}`.execute(tx);
  await sql`delete from rejected_rows where batch_id = ${id}`.execute(tx);
}

export async function addRejected(tx: Tx, batch: string, rows: readonly RejectedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into rejected_rows (batch_id, row_no, problems, raw, voice_id)
    select ${batch}, r.row, r.problems, r.raw, r."voiceId"
    from json_to_recordset(${jsonText(rows)}::json) as r(row bigint, problems jsonb, raw jsonb, "voiceId" bigint)
    on conflict do nothing`.execute(tx);
}

export const rejectedOf = (db: Db, batch: string, limit: number, after: number): Promise<readonly RejectedRow[]> =>
  rowsOf(
    db,
    sql<RejectedRow>`
      select row_no as row, problems, raw, voice_id as "voiceId" from rejected_rows
      where batch_id = ${batch} and row_no > ${after} order by row_no limit ${limit}`,
  );

/** The titles of the file, in its order: rejected rows are told by them when the file itself is no longer kept. */
export async function saveTitles(tx: Db, id: string, titles: readonly string[]): Promise<void> {
  await sql`update import_batches set options = options || jsonb_build_object('titles', ${jsonText(titles)}::jsonb) where id = ${id}`.execute(
    tx,
  );
}

/** No batch that ended for good names a file below this folder any more. Gives back the files that the others name. */
export async function forgetEndedFiles(db: Db, folder: string): Promise<readonly string[]> {
  await sql`
    update import_batches set file_path = '' where state in ('done', 'undone') and starts_with(file_path, ${`${folder}/`})`.execute(db);
  const rows = await rowsOf(
    db,
    sql<{ path: string }>`select file_path as path from import_batches where state not in ('done', 'undone') and file_path <> ''`,
  );
  return rows.map(({ path }) => path);
}

export async function forgetFile(tx: Tx, id: string): Promise<void> {
  await sql`update import_batches set file_path = '' where id = ${id}`.execute(tx);
}

export async function saveOptions(tx: Tx, id: string, options: ImportOptions): Promise<void> {
  await sql`update import_batches set options = ${jsonText(options)}::jsonb where id = ${id}`.execute(tx);
}
