import { sql } from 'kysely';
import type { CallOutcome, CallRow, CallState } from '../../model/peaks.ts';
import type { Pack } from '../../model/pack.ts';
import type { Viewer } from '../../model/people.ts';
import type { Problem } from '../../model/problem.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { inTransaction, rowOf, type Tx } from '../../platform/postgres/db.ts';
import { addActions } from '../../ingest/read.sql.ts';
import { callOf, shownCall } from './call-rows.sql.ts';

type Deed = 'take' | 'release' | 'outcome';

/**
 * | from | take | release | outcome |
 * |---|---|---|---|
 * | waiting | taken, by the one who takes it | – | – |
 * | taken | – | waiting | done, by the one who took it |
 * | done, held out, expired | – | – | – |
 */
const FROM: Readonly<Record<Deed, CallState>> = { take: 'waiting', release: 'taken', outcome: 'taken' };

/**
 * Only a specialist of the city calls its customers; whoever was to call may be helped out by another. What came after is told of the one
 * who was to call (`assigned_id`), for the other chose the customer.
 */
export const takeCall = (ctx: Context, viewer: Viewer, id: string, version: number): Promise<CallRow> =>
  changing(ctx, viewer, id, version, 'take', async (tx, { city }) => {
    const own = await rowOf(
      tx,
      sql<{ id: string }>`select id from specialists where member_id = ${viewer.member} and city = ${city} and active`,
    );
    if (own === undefined) throw new Refusal('not-allowed');
    await sql`update peak_calls set state = 'taken', specialist_id = ${own.id}, taken_at = ${ctx.clock.now()} where id = ${id}`.execute(tx);
    return { specialist: own.id };
  });

export const releaseCall = (ctx: Context, viewer: Viewer, id: string, version: number): Promise<CallRow> =>
  changing(ctx, viewer, id, version, 'release', async (tx, call) => {
    refuseOthers(call);
    await sql`update peak_calls set state = 'waiting', taken_at = null where id = ${id}`.execute(tx);
    return { specialist: call.specialist?.id ?? null };
  });

export const recordOutcome = (ctx: Context, viewer: Viewer, id: string, version: number, outcome: CallOutcome): Promise<CallRow> => {
  const problems = outcomeProblems(outcome);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
  return changing(ctx, viewer, id, version, 'outcome', async (tx, call) => {
    refuseOthers(call);
    await sql`
      update peak_calls set state = 'done', done_at = ${ctx.clock.now()}, outcome = ${JSON.stringify(outcome)}::jsonb where id = ${id}`.execute(
      tx,
    );
    const { reached, attitude, promise, solved, note } = outcome;
    const kind = reached ? actionOfCalls(ctx.pack) : null;
    const at = ctx.clock.now();
    // Who was talked to is dealt with: whatever is learned from grievances must know it.
    if (kind !== null) await addActions(tx, [{ voice: call.voice, kind, at }], { member: viewer.member, now: at });
    return { reached, attitude, promise, solved, note, ...(kind === null ? {} : { kind }) };
  });
};

/** The action of the pack as which calls of specialists are written down: the one it marks, else the first that is a call. */
function actionOfCalls({ handling_actions: actions }: Pick<Pack, 'handling_actions'>): string | null {
  return (actions.find((one) => one.specialists) ?? actions.find((one) => one.calls))?.code ?? null;
}

/** Of somebody who was reached it is known how they took it and whether it is solved; of nobody else. */
function outcomeProblems({ reached, attitude, solved }: CallOutcome): readonly Problem[] {
  if (!reached) return [];
  return [
    ...(attitude === null ? [{ code: 'field-required', column: 'attitude' } as const] : []),
    ...(solved === null ? [{ code: 'field-required', column: 'solved' } as const] : []),
  ];
}

function refuseOthers({ specialist }: CallRow): void {
  if (specialist?.mine !== true) throw new Refusal('not-allowed');
}

function changing(
  ctx: Context,
  viewer: Viewer,
  id: string,
  version: number,
  deed: Deed,
  change: (tx: Tx, call: CallRow) => Promise<object>,
): Promise<CallRow> {
  return inTransaction(ctx.db, async (tx) => {
    const call = await callOf(tx, viewer, id, true);
    if (call === undefined) throw new Refusal('not-found');
    if (call.version !== version) throw new Refusal('stale-version', { version: call.version });
    if (call.state !== FROM[deed]) throw new Refusal('state-wrong');
    const detail = await change(tx, call);
    await sql`update peak_calls set version = version + 1 where id = ${id}`.execute(tx);
    await writeAudit(tx, { ctx, viewer, via: 'web', action: `call.${deed}`, subjectKind: 'call', subjectId: id, detail });
    const after = await callOf(tx, viewer, id);
    if (after === undefined) throw new Refusal('not-found');
    return shownCall(after);
  });
}
