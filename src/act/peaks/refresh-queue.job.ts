import { setImmediate } from 'node:timers/promises';
import type { EffectNow, PeakSettings } from '../../model/peaks.ts';
import { wallMsOf } from '../../model/zoned-time.ts';
import type { Context } from '../../platform/context.ts';
import { eachAlone } from '../../platform/jobs/each-alone.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { foretoldBy } from '../../predict/read.sql.ts';
import { handlingNow } from '../handling/lines.sql.ts';
import { addWorkingMinutes } from '../working-time.ts';
import { HISTORY_DAYS } from './back-test.ts';
import { isHeldOut } from './hold-out.ts';
import { type LineThread, startLineThread } from './line-thread.client.ts';
import { countNobodys, saveLine, storedLine } from './lines.sql.ts';
import { effectNow } from './measured.sql.ts';
import { isDutyOf, placeCalls } from './place-calls.ts';
import { callsStanding, expireCalls, type NewCall, queueCalls } from './queue.sql.ts';
import { oncePerCustomer, rated, type RatedBy, type Rated } from './rate.ts';
import { peakVersions } from './settings.sql.ts';
import { isAbove } from './solve-line.ts';
import { teams, type Team } from './team.sql.ts';
import { callersOn, dayMoved, spanOf } from './team.ts';
import { newlyTold, toldBetween } from './told.sql.ts';

/** Scores reach back 35 days; the days before the first of them would go by causes, on another scale. */
const KNOWN_DAYS = HISTORY_DAYS + 6;
const DUE_HOURS = 24;

interface Now {
  readonly ctx: Context;
  readonly today: string;
  readonly settings: PeakSettings;
  readonly effect: EffectNow;
  readonly by: RatedBy;
  readonly basis: string;
  readonly dueHours: (level: number | null, tier: Rated['tier']) => number;
  /** The thread that solves lines, started by the first city that has none yet: mostly there is nothing to solve. */
  readonly thread: () => LineThread;
}

/** Solves the lines that are not solved yet for today, and queues who stands above them. Gives back how many are new. */
export async function refreshQueue(ctx: Context, signal?: AbortSignal): Promise<number> {
  let thread: LineThread | null = null;
  const stop = (): void => void thread?.end();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await refreshed(ctx, () => (thread ??= startLineThread()), signal);
  } catch (error) {
    // A city whose line was under way stays as it was, and is solved the next time.
    if (signal?.aborted === true) return 0;
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await (thread as LineThread | null)?.end();
  }
}

async function refreshed(ctx: Context, thread: Now['thread'], signal: AbortSignal | undefined): Promise<number> {
  const today = new Date(wallMsOf(ctx.clock.nowMs(), ctx.config.timeZone)).toISOString().slice(0, 10);
  const [[{ version, settings }], effect, handling, all, by] = await Promise.all([
    peakVersions(ctx.db),
    effectNow(ctx.bulk, ctx.clock.now()),
    handlingNow(ctx),
    teams(ctx.db),
    foretoldBy(ctx.db),
  ]);
  const { values } = settings;
  const tiers = { high_tiers: handling.high_tiers, low_tiers: handling.low_tiers };
  const now: Now = {
    ctx,
    today,
    settings,
    effect,
    by: { effect: effect.value, values, tiers },
    // What the product ships with and the pack's tiers have no version here: another release may bring others.
    basis: `${version}/${effect.source}/${effect.value.toFixed(3)}/${by}/${JSON.stringify([values, tiers])}`,
    dueHours: (level, tier) => handling.strategies.find((one) => one.level === level && one.tier === tier)?.within_hours ?? DUE_HOURS,
    thread,
  };
  let queued = 0;
  await eachAlone(all, { log: ctx.log, signal, failed: 'a queue could not be refreshed', idOf: ({ city }) => city }, async (team) => {
    const yesterday = await storedLine(ctx.db, team.city, dayMoved(today, -1));
    // A product that starts has yesterday's customers to call, too, and its first line makes room for them.
    const rest = spanOf(team.members, today);
    const span = rest === 0 || yesterday !== undefined ? rest : Math.max(2, rest);
    const line = await lineToday(now, team, span);
    queued += line === null ? 0 : await queueAbove(now, team, line, span, yesterday?.line ?? 0);
    await setImmediate();
  });
  await inTransaction(ctx.db, (tx) => expireCalls(tx, dayMoved(today, -1)));
  return queued;
}

async function lineToday(now: Now, team: Team, span: number): Promise<number | null> {
  const { ctx, today, effect, settings } = now;
  const basis = `${now.basis}/${team.basis}`;
  const standing = await storedLine(ctx.db, team.city, today);
  // A day without a line though somebody calls knew nothing yet: it is asked again.
  if (standing?.basis === basis && (standing.line !== null || standing.calls === 0)) return standing.line;
  const from = dayMoved(today, -KNOWN_DAYS);
  const told = await toldBetween(ctx, team.city, from, today);
  const ask = { city: team.city, today, team: team.members, span, by: now.by, holdOut: settings.hold_out };
  const { line, days, tested } = await now.thread().solve(told, ask);
  const calls = callersOn(team.members, today).reduce((sum, one) => sum + one.calls, 0);
  await inTransaction(ctx.db, (tx) =>
    saveLine(tx, { city: team.city, day: today, line, days, calls, basis, effect }, tested, ctx.clock.now()),
  );
  return line;
}

/** What was said yesterday and arrives today counts today, if it stands above both lines: those below yesterday's were judged then. */
async function queueAbove(now: Now, team: Team, line: number, span: number, yesterdays: number): Promise<number> {
  const { ctx, today, settings } = now;
  const told = await newlyTold(ctx, team.city, dayMoved(today, 1 - Math.max(2, span)), ctx.clock.now());
  const above = oncePerCustomer(rated(told, now.by)).filter((one) =>
    isAbove(one.gain, one.day < today ? Math.max(line, yesterdays) : line),
  );
  const standing = await callsStanding(ctx.db, team.city, today);
  const callers = callersOn(team.members, today);
  const ofSomebody = above.filter((one) => callers.some((caller) => isDutyOf(caller, one)));
  const room = callers.map((caller) => ({ ...caller, calls: Math.max(0, caller.calls - (standing.get(caller.id) ?? 0)) }));
  const toCall = ofSomebody.filter((one) => !isHeldOut(one.customer, today, settings.hold_out));
  const { callerOf } = placeCalls(toCall, room);
  const calling = new Set(toCall);
  const calls = ofSomebody.map((one): NewCall => {
    const due = addWorkingMinutes(ctx.clock.nowMs(), now.dueHours(one.level, one.tier) * 60, ctx.pack.calendar, ctx.config.timeZone);
    return {
      ...one,
      city: team.city,
      held_out: !calling.has(one),
      specialist: callerOf.get(one) ?? null,
      due_at: new Date(due).toISOString(),
    };
  });
  return inTransaction(ctx.db, async (tx) => {
    await countNobodys(tx, team.city, today, above.length - ofSomebody.length);
    return queueCalls(tx, calls, today, ctx.clock.now());
  });
}

export const peakJobs: readonly JobDefinition[] = [
  {
    queue: 'act.peaks',
    everySeconds: 300,
    async run(ctx, _, signal) {
      await refreshQueue(ctx, signal);
    },
  },
];
