import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type Db, rowsOf } from '../postgres/db.ts';

/** So long a job that became due may lie before its worker hears of it, unless the process was nudged. */
const BEAT_MS = 500;

export interface Beat {
  start(): void;
  stop(): Promise<void>;
}

/**
 * Asks once for all queues where a job is due, and tells of each such queue: workers that poll a queue each ask some thirty times as often, and an
 * idle server spent a fifth of a processor on it. A beat that fails is left out; the next comes all the same.
 */
export function openBeat(db: Db, due: (queue: string) => void, log: Logger): Beat {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const ask = async (): Promise<void> => {
    try {
      for (const queue of await dueQueues(db)) due(queue);
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'which queues are due could not be asked');
    }
    if (!stopped) timer = setTimeout(begin, BEAT_MS);
  };
  const begin = (): void => {
    running = ask();
  };
  return {
    start: begin,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** From one queue to the next through the index, however many jobs wait in each. */
async function dueQueues(db: Db): Promise<readonly string[]> {
  const rows = await rowsOf(
    db,
    sql<{ name: string }>`
      with now as materialized (select pgboss.job_now() as at)
      select q.name from pgboss.queue q, now
      where exists (select 1 from pgboss.job j
        where j.name = q.name and j.state < 'active' and not j.blocked and j.start_after <= now.at)`,
  );
  return rows.map(({ name }) => name);
}
