import { createHash } from 'node:crypto';
import type { VoiceId } from '../../src/model/ids.ts';
import type { Ids } from '../../src/platform/new-id.ts';

/** Ids derived from what they name: the same world gets the same ids, whatever else was stored before it. */
export function keyedIds(): Ids {
  const digest = (kind: string, key: string): Buffer => createHash('sha256').update(`${kind}\u0000${key}`).digest();
  const number = (kind: string, key: string): number => digest(kind, key).readUIntBE(0, 6);
  return {
    text: (kind, key) => `${kind}_${digest(kind, key).toString('hex').slice(0, 20)}`,
    voice: (key) => number('voice', key) as VoiceId,
    number: (kind, key) => number(kind, key),
  };
}
