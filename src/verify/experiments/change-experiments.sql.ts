import { sql } from 'kysely';
import type { ComparedTable } from '../../model/comparison.ts';
import type { Decision, ExperimentDraft } from '../../model/experiment.ts';
import type { Viewer } from '../../model/people.ts';
import type { Names } from '../../model/question.ts';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/http/route.ts';
import { inTransaction, rowOf, type Tx } from '../../platform/postgres/db.ts';
import { draftProblems } from './check-draft.ts';
import { experimentOf, type StoredExperiment } from './experiment-rows.sql.ts';

type Deed = 'create' | 'change' | 'cohort' | 'start' | 'stop' | 'conclude' | 'outcomes' | 'table' | 'look';

export async function createExperiment(ctx: Context, viewer: Viewer, draft: ExperimentDraft): Promise<StoredExperiment> {
  refuseWrong(ctx, draft);
  return inTransaction(ctx.db, async (tx) => {
    const id = ctx.ids.text('experiment', `${viewer.member}:${draft.name}:${ctx.clock.now()}`);
    await sql`
      insert into experiments (id, origin, name, strategy, state, unit_id, unit_path, city, district, arms, metrics, strata, window_days, action, handling, created_by, created_at)
      values (${id}, 'assigned', ${draft.name.trim()}, ${draft.strategy.trim()}, 'draft', ${viewer.unit}, ${viewer.unitPath}, ${viewer.city}, ${viewer.district},
        ${JSON.stringify(draft.arms)}::jsonb, ${JSON.stringify(draft.metrics)}::jsonb, ${[...draft.strata]}::text[], ${draft.windowDays},
        ${draft.action}, ${JSON.stringify(draft.handling)}::jsonb, ${viewer.member}, ${ctx.clock.now()})`.execute(tx);
    await tell(tx, ctx, viewer, id, 'create', { ...registered(draft) });
    return seen(tx, viewer, id);
  });
}

export function changeExperiment(
  ctx: Context,
  viewer: Viewer,
  id: string,
  draft: ExperimentDraft,
  version: number,
): Promise<StoredExperiment> {
  return changing(ctx, viewer, id, version, ['draft'], async (tx, before) => {
    refuseWrong(ctx, draft);
    await sql`update experiments set name = ${draft.name.trim()}, strategy = ${draft.strategy.trim()}, arms = ${JSON.stringify(draft.arms)}::jsonb,
      metrics = ${JSON.stringify(draft.metrics)}::jsonb, strata = ${[...draft.strata]}::text[], window_days = ${draft.windowDays}, action = ${draft.action}, handling = ${JSON.stringify(draft.handling)}::jsonb where id = ${id}`.execute(
      tx,
    );
    await tell(tx, ctx, viewer, id, 'change', { before: registered(before), after: registered(draft) });
  });
}

export function stopExperiment(ctx: Context, viewer: Viewer, id: string, reason: string, version: number): Promise<StoredExperiment> {
  return changing(ctx, viewer, id, version, ['running'], async (tx) => {
    await sql`update experiments set state = 'stopped', stopped_at = ${ctx.clock.now()}, stop_reason = ${reason} where id = ${id}`.execute(
      tx,
    );
    await tell(tx, ctx, viewer, id, 'stop', { reason });
  });
}

/** What was decided, kept beside what the report said then. */
export function concludeExperiment(
  ctx: Context,
  viewer: Viewer,
  id: string,
  { decision, note }: { readonly decision: Decision; readonly note: string },
  version: number,
): Promise<StoredExperiment> {
  return changing(ctx, viewer, id, version, ['stopped'], async (tx, before) => {
    const verdict = before.report?.verdict ?? null;
    const conclusion = { decision, note, verdict, at: ctx.clock.now() };
    await sql`update experiments set state = 'concluded', conclusion = ${JSON.stringify(conclusion)}::jsonb where id = ${id}`.execute(tx);
    await tell(tx, ctx, viewer, id, 'conclude', { decision, note, verdict });
  });
}

/** One that ran elsewhere, evaluated from its table. The demonstration is made once for a unit. */
export function experimentOfTable(
  ctx: Context,
  viewer: Viewer,
  made: {
    readonly name: string;
    readonly strategy: string;
    readonly report: ComparedTable;
    readonly ask: object;
    readonly notes: readonly Names[];
    readonly demonstration: boolean;
    readonly action?: string | undefined;
  },
): Promise<StoredExperiment> {
  return inTransaction(ctx.db, async (tx) => {
    const id = ctx.ids.text('experiment', `${viewer.member}:${made.name}:${ctx.clock.now()}`);
    const customers = made.report.arms.reduce((sum, { n }) => sum + n, 0);
    const cohort = { version: 1, customers, from: { kind: 'file', name: made.name }, at: ctx.clock.now() };
    const arms = made.report.arms.map(({ arm, n }) => ({ name: arm, share: Math.max(1, n) }));
    const stored = await rowOf(
      tx,
      sql<{ id: string }>`
      insert into experiments (id, origin, demonstration, name, strategy, state, unit_id, unit_path, city, district, arms, metrics, window_days, action, cohort, ask, report,
        reported_at, notes, created_by, created_at, stopped_at)
      values (${id}, 'table', ${made.demonstration}, ${made.name}, ${made.strategy}, 'stopped', ${viewer.unit}, ${viewer.unitPath}, ${viewer.city}, ${viewer.district},
        ${JSON.stringify(arms)}::jsonb, '[]'::jsonb, 1, ${made.action ?? null}, ${JSON.stringify(cohort)}::jsonb, ${JSON.stringify(made.ask)}::jsonb,
        ${JSON.stringify(made.report)}::jsonb, ${ctx.clock.now()}, ${JSON.stringify(made.notes)}::jsonb, ${viewer.member}, ${ctx.clock.now()}, ${ctx.clock.now()})
      on conflict (unit_id, name) where demonstration do update set report = excluded.report, reported_at = excluded.reported_at returning id`,
    );
    await tell(tx, ctx, viewer, stored!.id, 'table', { name: made.name, customers });
    return seen(tx, viewer, stored!.id);
  });
}

/** Locks one that the viewer may see, looks at version and state, changes it, and gives it back with its next version. */
export function changing(
  ctx: Context,
  viewer: Viewer,
  id: string,
  version: number,
  states: readonly StoredExperiment['state'][],
  change: (tx: Tx, before: StoredExperiment) => Promise<void>,
): Promise<StoredExperiment> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await experimentOf(tx, viewer, id, true);
    if (before === undefined) throw new Refusal('not-found');
    if (before.version !== version) throw new Refusal('stale-version', { version: before.version });
    if (!states.includes(before.state) || before.origin === 'table') throw new Refusal('state-wrong', { state: before.state });
    await change(tx, before);
    await sql`update experiments set version = version + 1 where id = ${id}`.execute(tx);
    return seen(tx, viewer, id);
  });
}

export async function tell(tx: Tx, ctx: Context, viewer: Viewer | null, id: string, deed: Deed, detail: object): Promise<void> {
  const via = viewer === null ? 'job' : 'web';
  await writeAudit(tx, { ctx, viewer, via, action: `experiment.${deed}`, subjectKind: 'experiment', subjectId: id, detail });
}

function refuseWrong({ pack }: Pick<Context, 'pack'>, draft: ExperimentDraft): void {
  const actions = pack.handling_actions.map(({ code }) => code);
  const problems = draftProblems(draft, actions);
  if (problems.length > 0) throw new Refusal('request-invalid', {}, problems);
}

const registered = ({ name, strategy, arms, metrics, strata, windowDays, action, handling }: ExperimentDraft) => ({
  name,
  strategy,
  arms,
  metrics,
  strata,
  windowDays,
  action,
  handling,
});

async function seen(tx: Tx, viewer: Viewer, id: string): Promise<StoredExperiment> {
  const found = await experimentOf(tx, viewer, id);
  if (found === undefined) throw new Refusal('not-found');
  return found;
}
