import { sql } from 'kysely';
import type { TrainingEnd, TrainingView } from '../../model/complaint-odds.ts';
import type { Context } from '../../platform/context.ts';
import { isJobOpen } from '../../platform/jobs/is-job-open.sql.ts';
import { type Db, rowOf, touched } from '../../platform/postgres/db.ts';

/** Finished ones that are kept. */
const KEPT = 100;

export const TRAIN_QUEUE = 'predict.train';

/** Asks for a training; where one is open already, that one. One whose job is dead (its process ran out of memory each time) is over. */
export async function askTraining(tx: Db, now: string, member: string | null): Promise<{ readonly id: number; readonly isNew: boolean }> {
  await sql`
    update model_trainings t set state = 'failed', finished_at = ${now}, error = 'ended-early'
    where t.state in ('queued', 'running') and not ${isJobOpen(TRAIN_QUEUE, 'training', sql`t.id::text`)}`.execute(tx);
  const made = await rowOf(
    tx,
    sql<{ id: number }>`
      insert into model_trainings (state, member_id, asked_at) values ('queued', ${member}, ${now})
      on conflict ((true)) where state in ('queued', 'running') do nothing returning id`,
  );
  if (made !== undefined) return { id: made.id, isNew: true };
  const open = await rowOf(tx, sql<{ id: number }>`select id from model_trainings where state in ('queued', 'running')`);
  // It ended between the two statements.
  return open === undefined ? askTraining(tx, now, member) : { id: open.id, isNew: false };
}

export const openTraining = (db: Db): Promise<TrainingView | undefined> =>
  rowOf(
    db,
    sql<TrainingView>`
      select state, progress::float8 as progress from model_trainings where state in ('queued', 'running')`,
  );

/** How the newest training that is over ended; undefined: none is. */
export const lastTraining = (db: Db): Promise<TrainingEnd | undefined> =>
  rowOf(
    db,
    sql<TrainingEnd>`
      select state, finished_at, error from model_trainings where state not in ('queued', 'running') order by id desc limit 1`,
  );

/** When a training was last asked for, however it ended. */
export const lastAskedAt = async (db: Db): Promise<string | undefined> =>
  (await rowOf(db, sql<{ at: string }>`select asked_at as at from model_trainings order by id desc limit 1`))?.at;

/** Whether there was one to stop. It is over at once; whoever trains finds that and stops. */
export const stopTraining = async (tx: Db, now: string): Promise<boolean> =>
  (await touched(tx, sql`update model_trainings set state = 'cancelled', finished_at = ${now} where state in ('queued', 'running')`)) > 0;

/** Takes a training up, or again after a crash; false: it is over. */
export const beginTraining = async (db: Db, id: number): Promise<boolean> =>
  (await touched(db, sql`update model_trainings set state = 'running', progress = 0 where id = ${id} and state in ('queued', 'running')`)) >
  0;

/** Writes how far a training is; false: it was stopped. */
export const tellTraining = async (db: Db, id: number, share: number): Promise<boolean> =>
  (await touched(db, sql`update model_trainings set progress = ${share} where id = ${id} and state = 'running'`)) > 0;

/** Ends a training in the transaction that keeps its version; false: it was stopped meanwhile, and nothing is to be kept. */
export const concludeTraining = async (tx: Db, id: number, now: string): Promise<boolean> =>
  (await touched(tx, sql`update model_trainings set state = 'done', finished_at = ${now} where id = ${id} and state = 'running'`)) > 0;

/** @param error a code of `TrainingEnd`, or what was thrown */
export async function failTraining({ db, clock }: Pick<Context, 'db' | 'clock'>, id: number, error: string): Promise<void> {
  await sql`
    update model_trainings set state = 'failed', finished_at = ${clock.now()}, error = ${error} where id = ${id} and state in ('queued', 'running')`.execute(
    db,
  );
}

export async function forgetOldTrainings(db: Db): Promise<void> {
  await sql`
    delete from model_trainings where id in (
      select id from model_trainings where state not in ('queued', 'running') order by id desc offset ${KEPT})`.execute(db);
}
