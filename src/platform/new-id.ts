import { randomBytes } from 'node:crypto';
import type { IdKind, VoiceId } from '../model/ids.ts';
import type { Clock } from './clock.ts';

/** Gives ids. `key` is the natural key of the thing: production ignores it, tests may derive the id from it. */
export interface Ids {
  text(kind: Exclude<IdKind, 'voice' | 'audit'>, key: string): string;
  voice(key: string): VoiceId;
  number(kind: 'audit', key: string): number;
}

const EPOCH_MS = Date.UTC(2025, 0, 1);
const PER_MS = 4096;
const PREFIX = {
  batch: 'ba',
  alarm: 'al',
  order: 'wo',
  event: 'ev',
  member: 'me',
  rule: 'ru',
  note: 'no',
  view: 'vw',
  unit: 'ou',
  experiment: 'ex',
  'segment-run': 'sr',
} as const;
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Numbers of milliseconds × 4096, ever rising within this process; one process holds a home, so they are unique. */
export function timeSortedIds(clock: Clock, lastUsed = 0): Ids {
  let last = lastUsed;
  const next = (): number => {
    last = Math.max(last + 1, (clock.nowMs() - EPOCH_MS) * PER_MS);
    return last;
  };
  return {
    text: (kind) => {
      let time = next();
      let tail = '';
      for (let i = 0; i < 11; i++) {
        tail = LETTERS.charAt(time % 32) + tail;
        time = Math.floor(time / 32);
      }
      const salt = [...randomBytes(4)].map((b) => LETTERS.charAt(b % 32)).join('');
      return `${PREFIX[kind]}_${tail}${salt}`;
    },
    voice: () => next() as VoiceId,
    number: () => next(),
  };
}
