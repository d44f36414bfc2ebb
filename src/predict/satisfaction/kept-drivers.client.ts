import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Sheet } from '../models/sheet.ts';
import type { ScoreDriversFound } from './score-drivers.client.ts';

/** Scopes and months that are looked at in turn; beyond so many the oldest is learned anew. */
const KEPT = 40;

interface Kept {
  readonly found: Map<string, Promise<ScoreDriversFound>>;
  /** One learns at a time, whoever asks. */
  last: Promise<unknown>;
}
const kept = new WeakMap<object, Kept>();

/**
 * Learning takes seconds of a processor, and the same answers lead to the same drivers: so they are kept under the answers themselves,
 * which are what a scope, a time and the state of the data come to. Who asks while they are learned waits for the same result.
 */
export async function keptDrivers(of: object, sheet: Sheet, learn: () => Promise<ScoreDriversFound>): Promise<ScoreDriversFound> {
  const mine = kept.get(of) ?? { found: new Map(), last: Promise.resolve() };
  kept.set(of, mine);
  const key = await hashOf(sheet);
  const known = mine.found.get(key);
  if (known !== undefined) return known;
  const learned = mine.last.then(learn);
  mine.last = learned.catch(() => undefined);
  mine.found.set(key, learned);
  // What failed is tried again by the next who asks.
  learned.catch(() => mine.found.delete(key));
  const [oldest] = mine.found.keys();
  if (mine.found.size > KEPT && oldest !== undefined) mine.found.delete(oldest);
  return learned;
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
