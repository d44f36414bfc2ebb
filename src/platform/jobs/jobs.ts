import type { Context } from '../context.ts';
import type { Db } from '../postgres/db.ts';

/** A kind of job: its queue, its work. The work must be safe to run again. */
export interface JobDefinition<Payload extends object = never> {
  readonly queue: string;
  run(ctx: Context, payload: Payload, signal: AbortSignal): Promise<void>;
  /** How many of this kind run at once in one process; default 1. */
  readonly concurrency?: number;
  /** Runs by itself about every so many seconds. */
  readonly everySeconds?: number;
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
  /** Resolves when nothing waits or runs (or after `timeoutMs`, with false). */
  idle(timeoutMs: number): Promise<boolean>;
}
