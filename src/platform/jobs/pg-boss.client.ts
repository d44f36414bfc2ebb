import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Job, PgBoss, fromKysely } from 'pg-boss';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import { type Db, rowOf, rowsOf } from '../postgres/db.ts';
import { GuardedClient } from '../postgres/guarded-client.client.ts';
import { openBeat } from './beat.client.ts';
import type { DeadJob, JobDefinition, Jobs, TickState } from './jobs.ts';

// A crashed worker's job must run again within 30 s: it is missed after 10 s without a heartbeat, and looked for every 5 s.
const CARE = {
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  heartbeatSeconds: 10,
  expireInSeconds: 6 * 3600,
  deleteAfterSeconds: 24 * 3600,
} as const;

export interface RunningJobs extends Jobs {
  /** Starts to work; until then jobs are only taken in. */
  work(ctx: Context): Promise<void>;
  stop(): Promise<void>;
}

export interface JobsOptions {
  /** No other process works on this queue, so what is active when work begins was left by one that died: it need not be waited for. */
  readonly alone?: boolean;
}

/** The queue: pg-boss in the same Postgres, joined to our transactions. */
export async function openJobs(
  url: string,
  db: Db,
  definitions: readonly JobDefinition[],
  log: Logger,
  { alone = false }: JobsOptions = {},
): Promise<RunningJobs> {
  const boss = new PgBoss({
    connectionString: url,
    max: 4,
    application_name: 'voxloop-jobs',
    // Handed on to its pool: a connection that went silent must not hold a worker for ever.
    ...({ Client: GuardedClient } as object),
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    maintenanceIntervalSeconds: 300,
    monitorVacuum: false,
  });
  let stopping = false;
  // A connection that is still on its way out when the server stops says so; nobody needs to hear that.
  boss.on('error', (error) => stopping || log.warn({ error: error.message }, 'queue'));
  await boss.start();
  await layOutQueues(boss, definitions);
  const workers = new Map<string, string>();
  const nudged = new Map<string, number>();
  const tickers: Ticker[] = [];
  const wake = (queue: string): void => {
    const worker = workers.get(queue);
    if (worker !== undefined) boss.notifyWorker(worker);
  };
  const beat = openBeat(db, wake, log);

  return {
    async enqueue(tx, queue, payload, options = {}) {
      await boss.send(queue, payload, {
        db: fromKysely(tx),
        singletonKey: options.key ?? randomUUID(),
        ...(options.afterMs === undefined ? {} : { startAfter: Math.ceil(options.afterMs / 1000) }),
      });
    },
    nudge(queue) {
      const now = performance.now();
      if (now - (nudged.get(queue) ?? -REST_MS) >= REST_MS) {
        nudged.set(queue, now);
        wake(queue);
      }
      for (const ticker of tickers) if (ticker.queue === queue) ticker.soon();
    },
    dead: () => deadJobs(db),
    async replay(id) {
      const rows = await rowsOf(db, sql<{ name: string }>`select name from pgboss.job where id = ${id}::uuid and state = 'failed'`);
      const row = rows[0];
      if (row === undefined) return false;
      await boss.retry(row.name, id);
      return true;
    },
    depth: () => depthOf(db),
    ticks: () => tickers.map((ticker) => ticker.state()),
    pulse: () => pulseOf(db),
    async idle(timeoutMs) {
      const end = performance.now() + timeoutMs;
      for (let generation = 0; generation < GENERATIONS; generation++) {
        const before = await jobNow(db);
        while ((await openBefore(db, before)) > 0) {
          if (performance.now() >= end) return false;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
      return true;
    },
    async work(ctx) {
      if (alone) await takeUpAbandoned(db);
      for (const definition of definitions) {
        if (definition.everySeconds !== undefined) tickers.push(startTicker(ctx, definition, log, tickers.length * APART_MS));
        const id = await boss.work<never>(
          definition.queue,
          {
            batchSize: definition.fold === undefined ? 1 : MOST_FOLDED,
            pollingIntervalSeconds: BACKSTOP_SECONDS,
          },
          (jobs) => doJobs(ctx, boss, definition, jobs, log),
        );
        workers.set(definition.queue, id);
      }
      beat.start();
    },
    async stop() {
      stopping = true;
      await beat.stop();
      await Promise.all(tickers.map((ticker) => ticker.stop()));
      await boss.stop({ graceful: true, close: true, timeout: 10_000 });
    },
  };
}

const MOST_FOLDED = 200;
/** The beat tells a worker when there is something to do; so often it looks by itself, should the beat hang. */
const BACKSTOP_SECONDS = 10;
/** A job may make another necessary, and that one a third: longer chains there are not. */
const GENERATIONS = 3;

/** Makes the queues that there are not yet, and changes those that are as an earlier version wanted them. */
async function layOutQueues(boss: PgBoss, definitions: readonly JobDefinition[]): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const { queue } of definitions) {
    const now = known.get(queue);
    if (now === undefined) await boss.createQueue(queue, { policy: 'short', ...CARE });
    else if (Object.entries(CARE).some(([name, value]) => now[name as keyof typeof CARE] !== value)) await boss.updateQueue(queue, CARE);
  }
}

/** One job, or several folded into fewer. When folded ones fail they are tried one by one, so that a bad one fails alone. */
async function doJobs(ctx: Context, boss: PgBoss, definition: JobDefinition, jobs: readonly Job<never>[], log: Logger): Promise<void> {
  const [first] = jobs;
  if (first === undefined) return;
  const failed = (job: Job<never>, error: unknown): void =>
    log.warn({ err: error, queue: definition.queue, job: job.id, attempt: job.retryCount + 1 }, 'job failed');
  if (jobs.length === 1) {
    try {
      return await definition.run(ctx, first.data, first.signal);
    } catch (error) {
      failed(first, error);
      throw error;
    }
  }
  try {
    for (const payload of definition.fold?.(jobs.map((job) => job.data)) ?? []) await definition.run(ctx, payload, first.signal);
  } catch {
    for (const job of jobs) {
      try {
        await definition.run(ctx, job.data, job.signal);
        await boss.complete(definition.queue, job.id);
      } catch (error) {
        failed(job, error);
        await boss.fail(definition.queue, job.id, { message: error instanceof Error ? error.message : String(error) });
      }
    }
  }
}

interface Ticker {
  readonly queue: string;
  soon(): void;
  state(): TickState;
  stop(): Promise<void>;
}

/** A tick that is asked for rests so long after the last: a burst of pushes would else make it run without end. */
const REST_MS = 1000;
/** First ticks begin so far apart: all at once they would each open a connection, and whoever looks at a page first would wait behind them. */
const APART_MS = 60;

/** Runs a job about every so many seconds in this process; such jobs look at state in the database, so a missed tick loses nothing. */
function startTicker(ctx: Context, definition: JobDefinition, log: Logger, afterMs: number): Ticker {
  const stopping = new AbortController();
  const everyMs = (definition.everySeconds ?? 1) * 1000;
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let rested = 0;
  let running: Promise<void> | null = null;
  let began = performance.now();
  let ended: number | null = null;
  let failed: string | null = null;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    again = false;
    began = performance.now();
    try {
      await definition.run(ctx, {} as never, stopping.signal);
      failed = null;
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
      if (!stopping.signal.aborted) log.warn({ err: error, queue: definition.queue }, 'tick failed');
    }
    running = null;
    ended = performance.now();
    rested = performance.now() + REST_MS;
    if (!stopping.signal.aborted) timer = setTimeout(start, again ? Math.min(REST_MS, everyMs) : everyMs);
  };
  const start = (): void => {
    running ??= run();
  };
  timer = setTimeout(start, afterMs);
  return {
    queue: definition.queue,
    state: () => ({
      queue: definition.queue,
      everySeconds: everyMs / 1000,
      mayTakeSeconds: definition.mayTakeSeconds ?? 0,
      endedAgoMs: ended === null ? null : Math.round(performance.now() - ended),
      startedAgoMs: Math.round(performance.now() - began),
      running: running !== null,
      failed,
    }),
    soon() {
      if (again) return;
      again = true;
      if (running !== null || stopping.signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(start, Math.max(0, Math.min(everyMs, rested - performance.now())));
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/** A try that was cut off counts as one, so that a job which kills its process ends as a dead letter, by the heartbeat. */
async function takeUpAbandoned(db: Db): Promise<void> {
  await sql`
    update pgboss.job set state = 'retry', start_after = pgboss.job_now(), heartbeat_on = null
    where state = 'active' and retry_count < retry_limit`.execute(db);
}

function deadJobs(db: Db): Promise<readonly DeadJob[]> {
  return rowsOf(
    db,
    sql<DeadJob>`
      select id::text, name as queue, data as payload, completed_on as "failedAt", retry_count + 1 as attempts,
        coalesce(output ->> 'message', output::text, '') as error
      from pgboss.job where state = 'failed' order by completed_on desc limit 200`,
  );
}

async function jobNow(db: Db): Promise<string> {
  return (await rowOf(db, sql<{ now: string }>`select pgboss.job_now()::text as now`))?.now ?? '';
}

/** Jobs that wait or run and were asked for until then; one put off to later is not due, one that failed and comes again is. */
async function openBefore(db: Db, before: string): Promise<number> {
  const row = await rowOf(
    db,
    sql<{ n: number }>`
      select count(*)::int as n from pgboss.job
      where state in ('created', 'retry', 'active') and created_on <= ${before}::timestamptz
        and (state <> 'created' or start_after <= pgboss.job_now()) and name not like '\\_\\_pgboss%'`,
  );
  return row?.n ?? 0;
}

async function depthOf(db: Db): Promise<Readonly<Record<string, number>>> {
  const rows = await rowsOf(
    db,
    sql<{ name: string; n: number }>`
      select name, count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%' group by name`,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.n]));
}

/** The queue looks after itself every five seconds and writes that down; a queue whose keeper hangs no longer does. */
async function pulseOf(db: Db): Promise<{ beatAgoSeconds: number | null; oldestSeconds: number | null }> {
  const [row] = await rowsOf(
    db,
    sql<{ beat: number | null; oldest: number | null }>`
      select (extract(epoch from pgboss.job_now() - (select max(monitor_on) from pgboss.queue)))::float8 as beat,
        (select extract(epoch from pgboss.job_now() - min(greatest(created_on, start_after)))::float8 from pgboss.job
          where state in ('created', 'retry') and start_after <= pgboss.job_now() and name not like '\\_\\_pgboss%') as oldest`,
  );
  return { beatAgoSeconds: row?.beat ?? null, oldestSeconds: row?.oldest ?? null };
}
