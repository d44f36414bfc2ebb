import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Sheet } from '../models/sheet.ts';
import type { ScoreDriversFound } from './score-drivers.client.ts';

/** Scopes and months that are looked at in turn; beyond so many the oldest is learned anew. */
const KEPT = 40;

interface Learning {
  readonly learned: Promise<ScoreDriversFound>;
  readonly stop: AbortController;
  waiting: number;
}
interface Kept {
  readonly found: Map<string, Learning>;
  /** One learns at a time, whoever asks. */
  last: Promise<unknown>;
}
const kept = new WeakMap<object, Kept>();

/**
 * Learning takes seconds of a processor, and the same answers lead to the same drivers: so they are kept under the answers themselves,
 * which are what a scope, a time and the state of the data come to. Who asks while they are learned waits for the same result; when all
 * who waited went away (`gone`), learning ends.
 */
export async function keptDrivers(
  of: object,
  sheet: Sheet,
  learn: (signal: AbortSignal) => Promise<ScoreDriversFound>,
  gone?: AbortSignal,
): Promise<ScoreDriversFound> {
  const mine = kept.get(of) ?? { found: new Map(), last: Promise.resolve() };
  kept.set(of, mine);
  const key = await hashOf(sheet);
  gone?.throwIfAborted();
  return waitedFor(mine.found.get(key) ?? begun(mine, key, learn), gone);
}

function begun(mine: Kept, key: string, learn: (signal: AbortSignal) => Promise<ScoreDriversFound>): Learning {
  const stop = new AbortController();
  const learned = mine.last.then(() => {
    stop.signal.throwIfAborted();
    return learn(stop.signal);
  });
  const one: Learning = { learned, stop, waiting: 0 };
  const forget = (): void => void (mine.found.get(key) === one && mine.found.delete(key));
  mine.last = learned.catch(() => undefined);
  mine.found.set(key, one);
  // What failed or was stopped is tried again by the next who asks.
  learned.catch(forget);
  stop.signal.addEventListener('abort', forget);
  const [oldest] = mine.found.keys();
  if (mine.found.size > KEPT && oldest !== undefined) mine.found.delete(oldest);
  return one;
}

async function waitedFor(one: Learning, gone: AbortSignal | undefined): Promise<ScoreDriversFound> {
  if (gone === undefined) {
    one.waiting++;
    return one.learned;
  }
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => {
      if (--one.waiting === 0) one.stop.abort(gone.reason);
      reject(gone.reason as Error);
    };
  });
  one.waiting++;
  gone.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([one.learned, left]);
  } finally {
    gone.removeEventListener('abort', leave);
  }
}

/** Column by column, with the event loop free in between. */
async function hashOf(sheet: Sheet): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${sheet.rows} ${sheet.unreadable}`);
  for (const { title, levels, codes } of sheet.columns) {
    hash.update([title, ...levels].join('\u0002'));
    hash.update(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength));
    await setImmediate();
  }
  return hash.digest('hex');
}
