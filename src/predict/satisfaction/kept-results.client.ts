import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Sheet } from '../models/sheet.ts';
import type { MappingTask } from './mapping.ts';

/** Scopes and months that are looked at in turn; beyond so many the oldest is computed anew. */
const KEPT = 40;

export interface KeptResults<Result> {
  (of: object, key: string, compute: (signal: AbortSignal) => Promise<Result>, gone?: AbortSignal): Promise<Result>;
}

interface Computing<Result> {
  readonly result: Promise<Result>;
  readonly stop: AbortController;
  waiting: number;
}
interface Kept<Result> {
  readonly found: Map<string, Computing<Result>>;
  /** One is computed at a time, whoever asks. */
  last: Promise<unknown>;
}

/**
 * What takes seconds of a processor is kept under what it was computed from, which is what a scope, a time and the state of the data come
 * to. One is computed at a time, whoever asks, and who asks for the same meanwhile waits for the same result; when all who waited went
 * away (`gone`), computing ends. Kept for each `of` apart.
 */
export function keptResults<Result>(): KeptResults<Result> {
  const kept = new WeakMap<object, Kept<Result>>();
  return async (of, key, compute, gone) => {
    const mine = kept.get(of) ?? { found: new Map<string, Computing<Result>>(), last: Promise.resolve() };
    kept.set(of, mine);
    gone?.throwIfAborted();
    return waitedFor(mine.found.get(key) ?? begun(mine, key, compute), gone);
  };
}

function begun<Result>(mine: Kept<Result>, key: string, compute: (signal: AbortSignal) => Promise<Result>): Computing<Result> {
  const stop = new AbortController();
  const result = mine.last.then(() => {
    stop.signal.throwIfAborted();
    return compute(stop.signal);
  });
  const one: Computing<Result> = { result, stop, waiting: 0 };
  const forget = (): void => void (mine.found.get(key) === one && mine.found.delete(key));
  mine.last = result.catch(() => undefined);
  mine.found.set(key, one);
  // What failed or was stopped is tried again by the next who asks.
  result.catch(forget);
  stop.signal.addEventListener('abort', forget);
  const [oldest] = mine.found.keys();
  if (mine.found.size > KEPT && oldest !== undefined) mine.found.delete(oldest);
  return one;
}

async function waitedFor<Result>(one: Computing<Result>, gone: AbortSignal | undefined): Promise<Result> {
  one.waiting++;
  if (gone === undefined) return one.result;
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      if (--one.waiting === 0) one.stop.abort(gone.reason);
      reject(gone.reason as Error);
    };
  });
  gone.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([one.result, left]);
  } finally {
    gone.removeEventListener('abort', leave);
  }
}

/** Column by column, with the event loop free in between. */
export async function hashOfSheet(sheet: Sheet): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${sheet.rows} ${sheet.unreadable}`);
  for (const { title, levels, codes } of sheet.columns) {
    hash.update([title, ...levels].join('\u0002'));
    hash.update(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
    await setImmediate();
  }
  return hash.digest('hex');
}

/** Each counts some hundred categories: so many take about 5 ms. */
const CELLS = 20;

/** Alike whatever order the warehouse gave rows in, which moves a sum in its last digits, too. */
const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** All that a mapping is computed from, some cells at a time, with the event loop free in between. */
export async function hashOfTasks(tasks: readonly MappingTask[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { cells, ...rest } of tasks) {
    const put = (part: unknown): Hash => hash.update(JSON.stringify(part, plain)).update('\n');
    put([rest, cells.length]);
    for (let i = 0; i < cells.length; i += CELLS) {
      put(cells.slice(i, i + CELLS));
      await setImmediate();
    }
  }
  return hash.digest('hex');
}
