import { setImmediate } from 'node:timers/promises';
import { writeAudit } from '../../people/audit.sql.ts';
import type { Viewer } from '../../model/people.ts';
import type { Context } from '../../platform/context.ts';
import type { JobDefinition } from '../../platform/jobs/jobs.ts';
import { Cancelled, tellWhile } from '../../platform/jobs/tell-while.ts';
import { inTransaction } from '../../platform/postgres/db.ts';
import { roughlyAll } from '../roughly-all.sql.ts';
import { isSomethingToLearn } from '../something-to-learn.sql.ts';
import { allActions } from './actions.sql.ts';
import { asThingsStand, decide } from './champion.ts';
import type { MomentRow } from './moment-builder.ts';
import { knownSpan, type MomentCursor, momentPage } from './moments.sql.ts';
import { trainMomentsInWorker } from './train-moments.client.ts';
import type { ToMoments } from './train-moments-messages.ts';
import type { StoredVersion } from './stored-version.ts';
import {
  askTraining,
  beginTraining,
  concludeTraining,
  failTraining,
  forgetOldTrainings,
  lastAskedAt,
  tellTraining,
  TRAIN_QUEUE,
} from './trainings.sql.ts';
import { addVersion, championModels, championVersion, lockVersions, versions } from './versions.sql.ts';

export interface TrainPayload {
  /** Who asked; null: the night. */
  readonly member: string | null;
  readonly training: number;
}

/** Asks for a training, in the transaction that wants it; one that is on its way already is enough. */
export async function enqueueTraining(tx: Context['db'], ctx: Context, member: string | null): Promise<void> {
  const { id, isNew } = await askTraining(tx, ctx.clock.now(), member);
  if (isNew) await ctx.jobs.enqueue(tx, TRAIN_QUEUE, { member, training: id } satisfies TrainPayload);
}

/** Rows that are taken from the database and handed on in one go: copying so many takes about 3 ms. */
const PAGE = 2000;
const SEED = 1;

/** Everything that customers said, in pages, by customer and time. */
export async function* momentPages(ctx: Context, signal?: AbortSignal): AsyncGenerator<readonly MomentRow[]> {
  let after: MomentCursor | null = null;
  for (;;) {
    signal?.throwIfAborted();
    const page: Awaited<ReturnType<typeof momentPage>> = await momentPage(ctx.bulk, ctx.config.timeZone, ctx.pack.told, after, PAGE);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { customer: last.customer, said_at: last.said_at, voice: last.voice };
  }
}

async function* toldTo(ctx: Context, read: (share: number) => void, signal?: AbortSignal): AsyncGenerator<ToMoments> {
  const all = await roughlyAll(ctx.bulk);
  let rows = 0;
  for await (const page of momentPages(ctx, signal)) {
    rows += page.length;
    read(Math.min(1, rows / all));
    yield { kind: 'voices', rows: page };
  }
  const actions = await allActions(ctx.bulk, ctx.config.timeZone);
  for (let i = 0; i < actions.length; i += PAGE) {
    yield { kind: 'actions', rows: actions.slice(i, i + PAGE) };
    await setImmediate();
  }
  yield { kind: 'train' };
}

/** Trains a version on all that is known and lets it score, if it is the first or better beyond noise. null: too few outcomes to learn from. */
export async function trainVersion(
  ctx: Context,
  by: Pick<Viewer, 'member'> | null,
  how: {
    readonly signal?: AbortSignal;
    readonly step?: (done: number, of: number) => void;
    /** Share of voices read, 0–1, before the first step. */
    readonly read?: (share: number) => void;
    readonly via?: 'web' | 'cli' | 'job';
    readonly seed?: number;
    /** Kept only while this training is wanted: throws `Cancelled` when it was stopped meanwhile. */
    readonly training?: number;
  } = {},
): Promise<StoredVersion | null> {
  const span = await knownSpan(ctx.bulk, ctx.config.timeZone, ctx.clock.now());
  if (span === null) return null;
  const standing = await championModels(ctx.db);
  const champion = standing === undefined ? null : { month: standing.models.month, before: standing.card.month.before };
  const seed = how.seed ?? SEED;
  const { categories, segments, told } = ctx.pack;
  const start = { pack: { categories, segments, told }, span, seed, champion };
  const answer = await trainMomentsInWorker(start, toldTo(ctx, how.read ?? (() => {}), how.signal), how);
  if (answer === null) return null;
  const { voices, week, month, against, helps } = answer;
  const now = ctx.clock.now();
  const id = `complaint-${now.replaceAll(/[-:.]/g, '')}`;
  const card = {
    reader: ctx.reader.version,
    seed,
    voices,
    week: week.card,
    month: month.card,
    helps,
    against: against === null || standing === undefined ? null : { ...against, champion: standing.id },
  };
  const stored = await inTransaction(ctx.db, async (tx) => {
    if (how.training !== undefined && !(await concludeTraining(tx, how.training, now))) throw new Cancelled();
    await lockVersions(tx);
    const decision = asThingsStand(decide(month.card.verdict, against), (await championVersion(tx))?.id === standing?.id);
    const version = { id, trained_at: now, ...decision, card, trained_by: by?.member ?? null };
    await addVersion(tx, { ...version, models: { week: week.model, month: month.model } });
    await writeAudit(tx, {
      ctx,
      viewer: by,
      via: how.via ?? 'job',
      action: 'model.train',
      subjectKind: 'model',
      subjectId: id,
      detail: { result: decision.why },
    });
    return version;
  });
  ctx.jobs.nudge('predict.score');
  return { ...stored, state_at: now };
}

/** Reading is this share of the work, as far as progress tells. */
const READING = 0.3;

export async function runTraining(ctx: Context, { member, training }: TrainPayload, signal: AbortSignal): Promise<void> {
  if (!(await beginTraining(ctx.db, training))) return;
  await forgetOldTrainings(ctx.db);
  const fail = (why: string): Promise<void> => failTraining(ctx, training, why);
  const tell = (share: number): Promise<boolean> => tellTraining(ctx.db, training, share);
  await tellWhile(ctx.log, { what: 'a model could not be trained', tell, fail, signal }, async (wanted, onShare) => {
    const read = (done: number): void => onShare(READING * done);
    const step = (done: number, of: number): void => onShare(READING + ((1 - READING) * done) / of);
    const by = member === null ? null : { member: member as Viewer['member'] };
    if ((await trainVersion(ctx, by, { signal: wanted, read, step, training })) === null) await fail('too-few');
  });
}

export const trainJob: JobDefinition<TrainPayload> = { queue: TRAIN_QUEUE, run: runTraining };

const DAY_MS = 86_400_000;

/** Once a day, where there is something to learn from and something new came since; the first soon after the first history is in. */
export const trainNightlyJob: JobDefinition = {
  queue: 'predict.nightly',
  everySeconds: 120,
  run: async (ctx) => {
    const [last] = await versions(ctx.db, 1);
    const asked = await lastAskedAt(ctx.db);
    const isOfToday = (at: string | undefined): boolean => at !== undefined && ctx.clock.nowMs() - Date.parse(at) < DAY_MS;
    if (isOfToday(last?.trained_at) || isOfToday(asked)) return;
    if (!(await isSomethingToLearn(ctx.db, last?.trained_at ?? null))) return;
    await inTransaction(ctx.db, (tx) => enqueueTraining(tx, ctx, null));
  },
};

export const modelJobs: readonly JobDefinition[] = [trainJob as unknown as JobDefinition, trainNightlyJob];
