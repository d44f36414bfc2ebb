import { sql } from 'kysely';
import type { TrainingView } from '../../model/complaint-odds.ts';
import type { Context } from '../../platform/context.ts';
import { type Db, rowOf, touched } from '../../platform/postgres/db.ts';

/** Finished ones that are kept. */
const KEPT = 100;

/** Asks for a training; where one is open already, that one. */
export async function askTraining(tx: Db, now: string, member: string | null): Promise<{ readonly id: number; readonly isNew: boolean }> {
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
      select state, progress::float8 as progress, cancel_asked as stopping from model_trainings where state in ('queued', 'running')`,
  );

/** When a training was last asked for, however it ended. */
export const lastAskedAt = async (db: Db): Promise<string | undefined> =>
  (await rowOf(db, sql<{ at: string }>`select asked_at as at from model_trainings order by id desc limit 1`))?.at;

/** Whether there was one to stop. */
export const askToStop = async (tx: Db): Promise<boolean> =>
  (await touched(tx, sql`update model_trainings set cancel_asked = true where state in ('queued', 'running')`)) > 0;

/** Takes a training up, or again after a crash; false: it is over, or nobody wants it any more. */
export const beginTraining = async (db: Db, id: number): Promise<boolean> =>
  (await touched(
    db,
    sql`update model_trainings set state = 'running', progress = 0 where id = ${id} and state in ('queued', 'running') and not cancel_asked`,
  )) > 0;

/** Writes how far a training is; false: somebody asked to stop it. */
export async function tellTraining(db: Db, id: number, share: number): Promise<boolean> {
  const row = await rowOf(
    db,
    sql<{
      cancel_asked: boolean;
    }>`update model_trainings set progress = ${share} where id = ${id} and state = 'running' returning cancel_asked`,
  );
  return row?.cancel_asked === false;
}

export async function endTraining(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  id: number,
  state: 'done' | 'failed' | 'cancelled',
  error: string | null = null,
): Promise<void> {
  await sql`
    update model_trainings set state = ${state}, finished_at = ${clock.now()}, error = ${error} where id = ${id} and state in ('queued', 'running')`.execute(
    db,
  );
  await sql`
    delete from model_trainings where id in (
      select id from model_trainings where state not in ('queued', 'running') order by id desc offset ${KEPT})`.execute(db);
}
