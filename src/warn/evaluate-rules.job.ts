import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { JobDefinition } from '../platform/jobs/jobs.ts';
import { inTransaction, rowOf, rowsOf, type Tx } from '../platform/postgres/db.ts';
import { instantsTouchedBy, type Span } from './breaches.ts';
import { bringUpToDate } from './bring-up-to-date.sql.ts';
import { supersedeAlarms } from './alarm-rows.sql.ts';
import { rulesOf, type StoredRule } from './rules.sql.ts';
import { type Changes, touchedEntities } from './said-ats.sql.ts';

/** Evaluation and timers never run at the same time, in whatever process. */
const LOCK = 7_120_001;
/**
 * While a file is being imported, each look would read again most of what it brought so far, and the import and the
 * evaluation share the machine. History can wait a little; a push that comes meanwhile waits as long at most.
 */
const PATIENCE_DURING_IMPORT_MS = 15_000;

interface Follower extends Changes {
  readonly asOf: string | null;
  readonly importing: boolean;
}

/** Evaluates what became readable since the last time, at the instants that it touches. True: an alarm changed. */
export function evaluateRules(ctx: Context, options: { readonly patient: boolean } = { patient: false }): Promise<boolean> {
  const zone = ctx.config.timeZone;
  return inTransaction(ctx.db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
    const follower = await followerOf(tx);
    const waited = follower.asOf === null ? Infinity : ctx.clock.nowMs() - Date.parse(follower.asOf);
    if (options.patient && follower.importing && waited < PATIENCE_DURING_IMPORT_MS) return false;
    const rules = await rulesOf(tx);
    const fresh = await hasReadings(tx, follower);
    const anew = rules.filter((rule) => rule.evaluated !== rule.definition);
    if (!fresh && anew.length === 0) return false;
    let changed = false;
    for (const rule of rules) {
      if (rule.evaluated !== rule.definition) changed = (await evaluateAnew(tx, ctx, rule)) || changed;
      else if (rule.enabled && fresh) {
        const touched = await touchedEntities(tx, rule, zone, follower);
        const spans = new Map(touched.map((entity): [string, Span] => [entity.value, instantsTouchedBy(entity, rule.windowMinutes * 60_000)]));
        changed = (await bringUpToDate(tx, ctx, rule, spans)) || changed;
      }
    }
    await sql`
      insert into watermarks (follower, tx, as_of) values ('warn', ${follower.beforeTx}::xid8, ${ctx.clock.now()})
      on conflict (follower) do update set tx = excluded.tx, as_of = excluded.as_of`.execute(tx);
    return changed;
  });
}

/** A new or redefined rule looks at all voices that there are; a disabled one only lets its earlier definitions' alarms end. */
async function evaluateAnew(tx: Tx, ctx: Context, rule: StoredRule): Promise<boolean> {
  await supersedeAlarms(tx, ctx, rule);
  await sql`update rules set evaluated = definition where id = ${rule.id}`.execute(tx);
  return rule.enabled ? bringUpToDate(tx, ctx, rule, 'everything') : false;
}

/**
 * From where to where this look goes. A transaction that is still running may yet commit rows with an older number than
 * those that can be seen: only what lies below the oldest running one is taken, so none is ever jumped over.
 */
async function followerOf(tx: Tx): Promise<Follower> {
  const row = await rowOf(tx, sql<Follower>`
    select coalesce((select w.tx::text from watermarks w where w.follower = 'warn'), '0') as "fromTx",
      pg_snapshot_xmin(pg_current_snapshot())::text as "beforeTx", (select w.as_of from watermarks w where w.follower = 'warn') as "asOf",
      exists (select 1 from import_batches where state = 'running') as importing`);
  return row!;
}

async function hasReadings(tx: Tx, changes: Changes): Promise<boolean> {
  const row = await rowOf(tx, sql<{ found: boolean }>`
    select exists (select 1 from readings where changed_tx >= ${changes.fromTx}::xid8 and changed_tx < ${changes.beforeTx}::xid8) as found`);
  return row?.found ?? false;
}

/** Moves on the alarms whose next change the clock alone decides. True: one changed. */
export function runAlarmTimers(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(tx);
    const due = await rowsOf(tx, sql<{ rule: string; value: string; fromMs: number; beforeMs: number }>`
      select a.rule_id as rule, a.value, floor(extract(epoch from min(a.began_at)) * 1000)::float8 as "fromMs",
        floor(extract(epoch from max(a.ends_at)) * 1000)::float8 as "beforeMs"
      from alarms a join rules r on r.id = a.rule_id and r.definition = a.rule_version
      where a.due_at <= ${ctx.clock.now()} group by 1, 2`);
    if (due.length === 0) return false;
    let changed = false;
    for (const rule of await rulesOf(tx)) {
      const spans = new Map(due.filter((one) => one.rule === rule.id).map((one): [string, Span] => [one.value, one]));
      changed = (await bringUpToDate(tx, ctx, rule, spans)) || changed;
    }
    return changed;
  });
}

export const evaluateRulesJob: JobDefinition = {
  queue: 'warn.evaluate',
  everySeconds: 2,
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
