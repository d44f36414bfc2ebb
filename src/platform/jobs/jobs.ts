import type { Context } from '../context.ts';
import type { Db } from '../postgres/db.ts';

/** A kind of job: its queue, its work. The work must be safe to run again. */
export interface JobDefinition<Payload extends object = never> {
  readonly queue: string;
  run(ctx: Context, payload: Payload, signal: AbortSignal): Promise<void>;
  /** Runs by itself about every so many seconds. */
  readonly everySeconds?: number;
  /** So long one run may honestly take, where it is more than a minute (a million voices at once): until then nobody calls it stuck. */
  readonly mayTakeSeconds?: number;
  /** Jobs that wait together become fewer: a burst of small ones would else cost more to fetch than to do. */
  readonly fold?: (payloads: readonly Payload[]) => readonly Payload[];
}

export interface DeadJob {
  readonly id: string;
  readonly queue: string;
  readonly payload: unknown;
  readonly failedAt: string;
  readonly attempts: number;
  readonly error: string;
}

/** A job that runs by itself, as this process sees it; measured on a clock that nobody sets. */
export interface TickState {
  readonly queue: string;
  readonly everySeconds: number;
  readonly mayTakeSeconds: number;
  /** Since its last end; null: none yet, then `startedAgoMs` counts from when the process began to work. */
  readonly endedAgoMs: number | null;
  /** Since the run that goes on now began, or since the process began to work. */
  readonly startedAgoMs: number;
  readonly running: boolean;
  /** What the last run said when it failed. */
  readonly failed: string | null;
}

/** The queue in Postgres. A job exists if and only if the transaction that enqueued it committed. */
export interface Jobs {
  /** `key`: while a job of this queue with this key waits, a second one is folded into it. */
  enqueue(tx: Db, queue: string, payload: object, options?: { readonly key?: string; readonly afterMs?: number }): Promise<void>;
  /** Tells this process that work of this queue was committed, so that it need not wait for the next poll. */
  nudge(queue: string): void;
  dead(): Promise<readonly DeadJob[]>;
  replay(id: string): Promise<boolean>;
  /** Waiting and running jobs per queue. */
  depth(): Promise<Readonly<Record<string, number>>>;
  /** Jobs that run by themselves in this process; none before work began. */
  ticks(): readonly TickState[];
  /** Seconds since the queue was last looked after, and since its oldest waiting job became due; null: never, and none. */
  pulse(): Promise<{ readonly beatAgoSeconds: number | null; readonly oldestSeconds: number | null }>;
  /**
   * Resolves when everything asked for until now is done, and what that made necessary (or after `timeoutMs`, with false). What others
   * ask for meanwhile is not waited for: on a busy server something always is.
   */
  idle(timeoutMs: number): Promise<boolean>;
}
