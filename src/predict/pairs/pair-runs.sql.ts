import { sql } from 'kysely';
import type { PairDifferenceRow, PairResult, PairRow, PairRunView, PairSummary } from '../../model/pair-views.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import type { Context } from '../../platform/context.ts';
import { isJobOpen } from '../../platform/jobs/is-job-open.sql.ts';
import { type Db, inTransaction, rowOf, rowsOf, touched } from '../../platform/postgres/db.ts';
import type { CloseLook } from './pairs-messages.ts';

/** What a run is of; of each, one is computed at a time and the newest answers. */
export interface RunKey {
  readonly scope: ScopeFilter;
  readonly window_days: number;
  readonly scheme: SchemeId;
}

/** Runs that are kept of one scope, window and scheme; older ones go. */
const KEPT = 12;

const asJson = (scope: ScopeFilter) => sql`${JSON.stringify(scope)}::jsonb`;
const isOf = ({ scope, window_days, scheme }: RunKey) =>
  sql`scope = ${asJson(scope)} and window_days = ${window_days}::integer and scheme = ${scheme}`;
const VIEW = sql`r.no as run, r.window_days, r.scheme, r.state, r.progress, r.asked_at, r.started_at, r.finished_at, r.error`;

/** The run that answers now, the one that is on its way, and the newest that came to nothing. */
export async function runsOf(
  db: Db,
  key: RunKey,
): Promise<{ readonly done: PairRunView | null; readonly open: PairRunView | null; readonly last: PairRunView | null }> {
  const rows = await rowsOf(
    db,
    sql<PairRunView>`
      select distinct on (part) ${VIEW} from (
        select *, case when state = 'done' then 'done' when state in ('queued', 'running') then 'open' else 'last' end as part
        from pair_runs where ${isOf(key)}) r
      order by part, r.id desc`,
  );
  const of = (states: readonly PairRunView['state'][]): PairRunView | null => rows.find((row) => states.includes(row.state)) ?? null;
  return { done: of(['done']), open: of(['queued', 'running']), last: of(['failed', 'cancelled']) };
}

/** A run by its number within a scope, with its id for our own use; undefined: the scope has none of that number. */
export async function runOf(
  db: Db,
  scope: ScopeFilter,
  no: number,
): Promise<{ readonly id: number; readonly view: PairRunView } | undefined> {
  const row = await rowOf(
    db,
    sql<PairRunView & { readonly id: number }>`select r.id, ${VIEW} from pair_runs r where r.no = ${no} and r.scope = ${asJson(scope)}`,
  );
  if (row === undefined) return undefined;
  const { id, ...view } = row;
  return { id, view };
}

export const PAIRS_QUEUE = 'predict.pairs';

/** A run whose job is dead (its process ran out of memory each time) would stay open for ever and keep others from being asked for. */
export async function endAbandoned(tx: Db, now: string): Promise<void> {
  await sql`
    update pair_runs r set state = 'failed', finished_at = ${now}, error = 'Whoever computed it ended each time before it was done.'
    where r.state in ('queued', 'running') and not ${isJobOpen(PAIRS_QUEUE, 'run', sql`r.id::text`)}`.execute(tx);
}

/** Asks for a run; where one of this scope, window and scheme is open already, that one. `isNew` says which. */
export async function askRun(tx: Db, ctx: Context, key: RunKey, member: string | null): Promise<AskedRun> {
  const { scope, window_days, scheme } = key;
  // One at a time asks within a scope, so that numbers follow one another.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pairs ${JSON.stringify(scope)}`}, 0))`.execute(tx);
  await endAbandoned(tx, ctx.clock.now());
  const open = await rowOf(
    tx,
    sql<{ id: number; no: number }>`
      select id, no from pair_runs where ${isOf(key)} and state in ('queued', 'running')`,
  );
  if (open !== undefined) return { ...open, isNew: false };
  const made = await rowOf(
    tx,
    sql<{ id: number; no: number }>`
      insert into pair_runs (scope, no, window_days, scheme, state, member_id, asked_at)
      select ${asJson(scope)}, coalesce(max(no), 0) + 1, ${window_days}::integer, ${scheme}::text, 'queued', ${member}::text, ${ctx.clock.now()}::timestamptz
      from pair_runs where scope = ${asJson(scope)} returning id, no`,
  );
  if (made === undefined) throw new Error('A run was not stored.');
  return { ...made, isNew: true };
}

export interface AskedRun {
  readonly id: number;
  readonly no: number;
  readonly isNew: boolean;
}

/** Whether there was anything to stop. It is over at once; whoever computes it finds that and stops. */
export const cancelRun = async (tx: Db, ctx: Context, id: number): Promise<boolean> =>
  (await touched(
    tx,
    sql`update pair_runs set state = 'cancelled', finished_at = ${ctx.clock.now()} where id = ${id} and state in ('queued', 'running')`,
  )) > 0;

export interface OpenRun extends RunKey {
  readonly id: number;
}

/** Takes a run up, or again after a crash; undefined: it is over. */
export async function beginRun(ctx: Context, id: number): Promise<OpenRun | undefined> {
  return rowOf(
    ctx.db,
    sql<OpenRun>`
      update pair_runs set state = 'running', started_at = ${ctx.clock.now()}, progress = 0
      where id = ${id} and state in ('queued', 'running') returning id, scope, window_days, scheme`,
  );
}

/** Writes how far a run is; false: it was cancelled. */
export const tellProgress = async (db: Db, id: number, share: number): Promise<boolean> =>
  (await touched(db, sql`update pair_runs set progress = ${share} where id = ${id} and state = 'running'`)) > 0;

export async function failRun(ctx: Context, id: number, error: string): Promise<void> {
  await sql`
    update pair_runs set state = 'failed', finished_at = ${ctx.clock.now()}, error = ${error}
    where id = ${id} and state in ('queued', 'running')`.execute(ctx.db);
}

/** Stores what was found, once and whole, and lets the oldest runs of the same go. */
export async function storeRun(ctx: Context, run: OpenRun, result: PairResult, looks: readonly CloseLook[]): Promise<void> {
  const keyOf = (one: { readonly segment: string | null; readonly grievance: string; readonly complaint: string }): string =>
    JSON.stringify([one.segment, one.grievance, one.complaint]);
  const close = new Map(looks.map((look) => [keyOf(look), look]));
  const rows = result.pairs.map(({ segment, grievance, complaint, ...figures }) => {
    const look = close.get(keyOf({ segment, grievance, complaint }));
    return {
      segment: segment ?? '',
      grievance,
      complaint,
      figures,
      profile: look?.profile ?? null,
      complaint_voices: look?.complaintVoices ?? null,
      grievance_voices: look?.grievanceVoices ?? null,
    };
  });
  await inTransaction(ctx.db, async (tx) => {
    const done = await touched(
      tx,
      sql`update pair_runs set state = 'done', progress = 1, finished_at = ${ctx.clock.now()},
        summary = ${JSON.stringify(result.summary)}::jsonb, differences = ${JSON.stringify(result.differences)}::jsonb
        where id = ${run.id} and state = 'running'`,
    );
    if (done === 0) return;
    for (let at = 0; at < rows.length; at += AT_ONCE) await storePairs(tx, run.id, rows.slice(at, at + AT_ONCE));
    await sql`
      delete from pair_runs where id in (
        select id from pair_runs where ${isOf(run)}
          and state not in ('queued', 'running') order by id desc offset ${KEPT})`.execute(tx);
  });
}

const AT_ONCE = 500;

async function storePairs(tx: Db, run: number, rows: readonly object[]): Promise<void> {
  await sql`
    insert into pairs (run_id, segment, grievance, complaint, figures, profile, complaint_voices, grievance_voices)
    select ${run}::bigint, p.segment, p.grievance, p.complaint, p.figures, p.profile, p.complaint_voices, p.grievance_voices
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) p (segment text, grievance text, complaint text, figures jsonb, profile jsonb,
      complaint_voices bigint[], grievance_voices bigint[])`.execute(tx);
}

/** What a run that is done looked at, and where segments differ. */
export async function summaryOf(db: Db, id: number): Promise<{ summary: PairSummary; differences: readonly PairDifferenceRow[] }> {
  const row = await rowOf(
    db,
    sql<{ summary: PairSummary; differences: readonly PairDifferenceRow[] }>`select summary, differences from pair_runs where id = ${id}`,
  );
  if (row === undefined) throw new Error(`Run ${id} is gone.`);
  return row;
}

/** Pairs of a run, of all customers and of every segment. */
export async function pairsOfRun(db: Db, id: number): Promise<readonly (PairRow & { readonly close: boolean })[]> {
  type Stored = Pick<PairRow, 'grievance' | 'complaint'> & {
    readonly segment: string;
    readonly close: boolean;
    readonly figures: Omit<PairRow, 'grievance' | 'complaint' | 'segment'>;
  };
  const rows = await rowsOf(
    db,
    sql<Stored>`
      select segment, grievance, complaint, figures, profile is not null as close from pairs
      where run_id = ${id} order by segment, grievance, complaint`,
  );
  return rows.map(({ figures, segment, ...row }) => ({ ...row, ...figures, segment: segment === '' ? null : segment }));
}
