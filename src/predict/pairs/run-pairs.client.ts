import type { PairResult } from '../../model/pair-views.ts';
import type { SchemeId } from '../../model/segment-views.ts';
import type { ScopeFilter } from '../../model/scope.ts';
import type { Context } from '../../platform/context.ts';
import { copyQuery } from '../../platform/postgres/copy-query.client.ts';
import { startThread } from '../../platform/threads/thread.client.ts';
import type { CloseLook, FromPairs, PairsStart, ToPairs } from './pairs-messages.ts';
import { customersQuery, type EventRange, eventsQuery, spanLookedAt } from './read-events.sql.ts';
import { roughlyAll } from '../roughly-all.sql.ts';
import { segmentsNow } from '../segments/segment-now.sql.ts';

export interface PairsQuestion extends EventRange {
  readonly windowDays: number;
  /** By which segments customers are told apart: the rules, or where the newest run of another scheme put them. */
  readonly scheme: SchemeId;
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
/** About what a voice takes as COPY text, where all are grievances and complaints. */
const EVENT_BYTES = 80;

/**
 * Streams the events within a scope out of Postgres into a thread that counts them. An abort ends both. Throws what either threw.
 */
export async function runPairs(
  ctx: Pick<Context, 'bulk' | 'pool' | 'pack' | 'config' | 'clock'>,
  scope: ScopeFilter,
  question: PairsQuestion,
  { signal, onProgress }: PairsHooks = {},
): Promise<{ readonly result: PairResult; readonly profiles: readonly CloseLook[] }> {
  signal?.throwIfAborted();
  const { windowDays, minExpected, closely, scheme } = question;
  const { categories, segments } = ctx.pack;
  const zone = ctx.config.timeZone;
  const [span, all, placed] = await Promise.all([
    spanLookedAt(ctx.bulk, question, zone, ctx.clock.now()),
    roughlyAll(ctx.bulk),
    segmentsNow(ctx.bulk, ctx.pack, scheme),
  ]);
  const start: PairsStart = { pack: { categories, segments }, scheme, segments: placed.ids, windowDays, minExpected, closely, span };
  const stopped = new AbortController();
  const fail = (error: unknown): void => stopped.abort(error);
  const onAbort = (): void => fail(signal?.reason);
  const done = Promise.withResolvers<Extract<FromPairs, { kind: 'done' }>>();
  done.promise.catch(() => undefined);
  stopped.signal.addEventListener('abort', () => done.reject(stopped.signal.reason), { once: true });
  signal?.addEventListener('abort', onAbort, { once: true });
  const heard = (message: FromPairs): void => {
    if (message.kind === 'done') done.resolve(message);
    else onProgress?.(READING + (1 - READING) * message.share);
  };
  const thread = startThread(new URL('./pairs.worker.ts', import.meta.url), { given: start, heard, ended: fail });
  const tell = (message: ToPairs): void => thread.say(message, 'bytes' in message ? [message.bytes.buffer as ArrayBuffer] : []);
  try {
    let read = 0;
    const take = (bytes: Uint8Array): void => {
      read += bytes.length;
      onProgress?.(READING * 0.8 * Math.min(1, read / (all * EVENT_BYTES)));
      tell({ kind: 'events', bytes });
    };
    await copyQuery(ctx.pool, eventsQuery(ctx.bulk, scope, question, zone), take, stopped.signal);
    onProgress?.(READING * 0.8);
    await copyQuery(ctx.pool, customersQuery(ctx.bulk, zone, scheme), (bytes) => tell({ kind: 'customers', bytes }), stopped.signal);
    onProgress?.(READING);
    tell({ kind: 'run' });
    const { result, profiles } = await done.promise;
    const summary = placed.asOf === null ? result.summary : { ...result.summary, segments_as_of: placed.asOf };
    return { result: { ...result, summary }, profiles };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await thread.end();
  }
}
