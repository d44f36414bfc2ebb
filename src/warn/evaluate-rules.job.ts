import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { settled } from '../analyse/read.sql.ts';
import type { Context } from '../platform/context.ts';
import { failpoint } from '../platform/failpoint.client.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { inTransaction, rowOf, rowsOf, type Tx } from '../platform/postgres/db.ts';
import { instantsTouchedBy, type Span } from './breaches.ts';
import { bringUpToDate, type Scene } from './bring-up-to-date.sql.ts';
import { supersedeAlarms } from './alarm-rows.sql.ts';
import { countEndedAnew } from './voices-of-batch.sql.ts';
import { rulesOf, type StoredRule } from './rules.sql.ts';
import { ALL_TIME, type Changes, touchedEntities, touchedSpan } from './said-ats.sql.ts';

/** Evaluation and timers never run at the same time, in whatever process. */
const LOCK = 7_120_001;
/**
 * While a file is being imported, each look would read again most of what it brought so far, and the import and the
 * evaluation share the machine. History can wait a little; a push that comes meanwhile waits as long at most.
 */
const PATIENCE_DURING_IMPORT_MS = 30_000;
/** Evaluating may take a sixth of one core at most: after a costly look (a burst of pushes over long windows) it rests. */
const REST_PER_WORK = 5;
/** From so many changed readings on, entities are not looked at one by one. */
const BULK = 2_000;

interface Follower extends Changes {
  readonly asOf: string | null;
  readonly tookMs: number;
  readonly importing: boolean;
}

/** How long who cannot wait for the next look lets another one finish before he asks again. */
export const ASK_AGAIN_MS = 300;

/**
 * Evaluates what became readable since the last time, at the instants that it touches. True: an alarm changed. Patient: rests after
 * costly looks, leaves a look that goes on elsewhere alone, and gives way to what people wait for. Nobody waits inside of the database: a look
 * at a million voices takes longer than a statement may.
 */
export async function evaluateRules(ctx: Context, options: { readonly patient: boolean } = { patient: false }): Promise<boolean> {
  for (;;) {
    const looked = await inTransaction(options.patient ? ctx.bulk : ctx.db, (tx) => look(tx, ctx, options));
    if (looked !== 'busy') return looked;
    if (options.patient) return false;
    await setTimeout(ASK_AGAIN_MS);
  }
}

/** Whether nobody else looks now, and until this transaction ends. */
const takesTurn = async (tx: Tx): Promise<boolean> =>
  (await rowOf(tx, sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sql.lit(LOCK)}) as mine`))?.mine === true;

async function look(tx: Tx, ctx: Context, options: { readonly patient: boolean }): Promise<boolean | 'busy'> {
  if (!(await takesTurn(tx))) return 'busy';
  const follower = await followerOf(tx);
  const startedMs = ctx.clock.nowMs();
  // A last look "in the future" was noted by a clock that was set back since: waiting for it would stop the rules for hours.
  const waited = follower.asOf === null ? Infinity : Math.abs(startedMs - Date.parse(follower.asOf));
  if (options.patient && waited < Math.max(follower.tookMs * REST_PER_WORK, follower.importing ? PATIENCE_DURING_IMPORT_MS : 0))
    return false;
  const rules = await rulesOf(tx);
  const changes = await countChanges(tx, follower);
  const anew = rules.filter((rule) => rule.evaluated !== rule.definition);
  if (changes === 0 && anew.length === 0) return false;
  // Fresh rows have no statistics yet, and nested loops over 300,000 of them took 44 s where hashing takes 4 s.
  if (changes >= BULK || anew.length > 0) await sql`set local enable_nestloop = off`.execute(tx);
  let changed = false;
  for (const rule of anew) changed = (await evaluateAnew(tx, ctx, rule)) || changed;
  const known = rules.filter((rule) => rule.enabled && !anew.includes(rule));
  if (changes > 0 && known.length > 0) {
    const lookAt = changes >= BULK ? await lookAtSpan(tx, follower) : lookAtEntities(tx, ctx, follower);
    for (const rule of known) changed = (await bringUpToDate(tx, ctx, rule, await lookAt(rule))) || changed;
  }
  failpoint('rules.evaluate');
  await sql`
    insert into watermarks (follower, tx, as_of, took_ms)
    values ('warn', ${follower.beforeTx}::xid8, ${ctx.clock.now()}, ${ctx.clock.nowMs() - startedMs})
    on conflict (follower) do update set tx = excluded.tx, as_of = excluded.as_of, took_ms = excluded.took_ms`.execute(tx);
  return changed;
}

/** Live: the entities that changed voices belong to, each at the instants it is touched. */
function lookAtEntities(tx: Tx, ctx: Context, changes: Changes): (rule: StoredRule) => Promise<Scene> {
  return async (rule) => {
    const touched = await touchedEntities(tx, rule, ctx.config.timeZone, changes);
    return {
      kind: 'entities',
      spans: new Map(touched.map((one): [string, Span] => [one.value, instantsTouchedBy(one, rule.windowMinutes * 60_000)])),
    };
  };
}

/** In bulk: every entity over the whole time that was touched. Finding out each one's own would cost more than looking at all. */
async function lookAtSpan(tx: Tx, changes: Changes): Promise<(rule: StoredRule) => Promise<Scene>> {
  const said = await touchedSpan(tx, changes);
  const nothing: Scene = { kind: 'entities', spans: new Map() };
  return async (rule) => (said === undefined ? nothing : { kind: 'all', span: instantsTouchedBy(said, rule.windowMinutes * 60_000) });
}

/** Looks again at the times at which voices were said that are no more: breaches that stood on them end or shrink. 'busy': another look goes on; ask again in another transaction. */
export async function lookAgainAt(
  tx: Tx,
  ctx: Context,
  said: { readonly firstMs: number; readonly lastMs: number },
): Promise<boolean | 'busy'> {
  if (!(await takesTurn(tx))) return 'busy';
  let changed = false;
  for (const rule of await rulesOf(tx)) {
    if (!rule.enabled || rule.evaluated !== rule.definition) continue;
    const scene: Scene = { kind: 'all', span: instantsTouchedBy(said, rule.windowMinutes * 60_000) };
    changed = (await bringUpToDate(tx, ctx, rule, scene)) || changed;
  }
  await countEndedAnew(tx, said, ctx.config.timeZone);
  return changed;
}

/** A new or redefined rule looks at all voices that there are; a disabled one only lets its earlier definitions' alarms end. */
async function evaluateAnew(tx: Tx, ctx: Context, rule: StoredRule): Promise<boolean> {
  await supersedeAlarms(tx, ctx, rule);
  await sql`update rules set evaluated = definition where id = ${rule.id}`.execute(tx);
  return rule.enabled ? bringUpToDate(tx, ctx, rule, { kind: 'all', span: ALL_TIME }) : false;
}

/**
 * From where to where this look goes. A transaction that is still running may yet commit rows with an older number than
 * those that can be seen: only what lies below the oldest running one is taken, so none is ever jumped over.
 */
async function followerOf(tx: Tx): Promise<Follower> {
  const { below } = await settled(tx);
  const row = await rowOf(
    tx,
    sql<Omit<Follower, 'beforeTx'>>`
    select coalesce(w.tx::text, '0') as "fromTx", w.as_of as "asOf",
      coalesce(w.took_ms, 0) as "tookMs", exists (select 1 from import_batches where state = 'running') as importing
    from (values (1)) one left join watermarks w on w.follower = 'warn'`,
  );
  return { ...row!, beforeTx: String(below) };
}

/** How many readings changed, as far as it matters. */
async function countChanges(tx: Tx, changes: Changes): Promise<number> {
  const row = await rowOf(
    tx,
    sql<{ count: number }>`
    select count(*) as count from (
      select 1 from readings where changed_tx >= ${changes.fromTx}::xid8 and changed_tx < ${changes.beforeTx}::xid8 limit ${BULK}) r`,
  );
  return row?.count ?? 0;
}

/** Moves on the alarms whose next change the clock alone decides. True: one changed. */
export async function runAlarmTimers(ctx: Context): Promise<boolean> {
  if (ctx.clock.isSteady?.() === false) return false;
  return inTransaction(ctx.db, async (tx) => {
    if (!(await takesTurn(tx))) return false;
    const due = await rowsOf(
      tx,
      sql<{ rule: string; value: string; fromMs: number; beforeMs: number }>`
      select a.rule_id as rule, a.value, floor(extract(epoch from min(a.began_at)) * 1000)::float8 as "fromMs",
        floor(extract(epoch from max(a.ends_at)) * 1000)::float8 as "beforeMs"
      from alarms a join rules r on r.id = a.rule_id and r.definition = a.rule_version
      where a.due_at <= ${ctx.clock.now()} group by 1, 2`,
    );
    if (due.length === 0) return false;
    let changed = false;
    for (const rule of await rulesOf(tx)) {
      const spans = new Map(due.filter((one) => one.rule === rule.id).map((one): [string, Span] => [one.value, one]));
      changed = (await bringUpToDate(tx, ctx, rule, { kind: 'entities', spans })) || changed;
    }
    return changed;
  });
}

export const evaluateRulesJob: JobDefinition = {
  queue: 'warn.evaluate',
  everySeconds: 2,
  mayTakeSeconds: 600,
  run: async (ctx) => {
    if (await evaluateRules(ctx, { patient: true })) ctx.jobs.nudge('warn.announce');
  },
};

export const alarmTimersJob: JobDefinition = {
  queue: 'warn.timers',
  everySeconds: 2,
  run: async (ctx) => {
    if (await runAlarmTimers(ctx)) ctx.jobs.nudge('warn.announce');
  },
};
