import { Worker } from 'node:worker_threads';
import type { PairResult } from '../../model/pair-views.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import type { Context } from '../../platform/context.ts';
import { copyQuery } from '../../platform/postgres/copy-query.client.ts';
import type { CloseLook, FromPairs, PairsStart, ToPairs } from './pairs-messages.ts';
import { customersQuery, type EventRange, eventsQuery } from './read-events.sql.ts';

export interface PairsQuestion extends EventRange {
  readonly windowDays: number;
  readonly minExpected: number;
  readonly closely: boolean;
}

export interface PairsHooks {
  readonly signal?: AbortSignal;
  /** Share done, 0–1. */
  readonly onProgress?: (share: number) => void;
}

/** Reading is this share of the work, as far as progress tells. */
const READING = 0.5;

/**
 * Streams the events within a scope out of Postgres into a thread that counts them. An abort ends both. Throws what either threw.
 */
export async function runPairs(
  ctx: Pick<Context, 'bulk' | 'pool' | 'pack' | 'config'>,
  scope: ScopeFilter,
  question: PairsQuestion,
  { signal, onProgress }: PairsHooks = {},
): Promise<{ readonly result: PairResult; readonly profiles: readonly CloseLook[] }> {
  signal?.throwIfAborted();
  const { windowDays, minExpected, closely } = question;
  const { categories, segments } = ctx.pack;
  const start: PairsStart = { pack: { categories, segments }, windowDays, minExpected, closely };
  const worker = new Worker(new URL('./pairs.worker.ts', import.meta.url), { workerData: start });
  const stopped = new AbortController();
  const done = new Promise<Extract<FromPairs, { kind: 'done' }>>((resolve, reject) => {
    const fail = (error: Error): void => {
      stopped.abort(error);
      reject(error);
    };
    worker.on('message', (message: FromPairs) => {
      if (message.kind === 'done') resolve(message);
      else onProgress?.(READING + (1 - READING) * message.share);
    });
    worker.on('error', fail);
    worker.on('exit', (code) => fail(new Error(`The thread that counts pairs ended (${code}).`)));
    signal?.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
  });
  done.catch(() => undefined);
  const tell = (message: ToPairs): void => worker.postMessage(message, 'bytes' in message ? [message.bytes.buffer as ArrayBuffer] : []);
  try {
    const zone = ctx.config.timeZone;
    await copyQuery(ctx.pool, eventsQuery(ctx.bulk, scope, question, zone), (bytes) => tell({ kind: 'events', bytes }), stopped.signal);
    onProgress?.(READING * 0.8);
    await copyQuery(ctx.pool, customersQuery(ctx.bulk, zone), (bytes) => tell({ kind: 'customers', bytes }), stopped.signal);
    onProgress?.(READING);
    tell({ kind: 'run' });
    const { result, profiles } = await done;
    return { result, profiles };
  } finally {
    await worker.terminate();
  }
}
