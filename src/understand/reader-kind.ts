import type { KindRead } from '../model/reading.ts';
import type { VoiceKind } from '../model/voice.ts';
import type { FeelingReading } from './feeling.ts';
import type { KindHit } from './pack-terms.ts';

interface Place {
  readonly from: number;
  readonly before: number;
}

/** What one phrase of the pack adds to its kind, and what the feeling adds, in log odds; set on sentences of our own. */
const PHRASE = 1.9;
const QUESTION = 1.2;
const BY_FEELING: Readonly<Record<FeelingReading['feeling'], Readonly<Partial<Record<VoiceKind, number>>>>> = {
  angry: { complaint: 1.6, grievance: 1 },
  negative: { grievance: 1, complaint: 0.4 },
  neutral: {},
  positive: { praise: 1.6 },
};
const KINDS = ['grievance', 'complaint', 'consultation', 'suggestion', 'fault', 'praise'] as const satisfies readonly VoiceKind[];
const QUESTION_MARK = 0x3f;

export interface KindReading extends KindRead {
  /** What decided: phrases, or else the question mark or the words of the feeling. */
  readonly hits: readonly Place[];
}

/**
 * Kind from the words of the text, for sources that record none; null when nothing speaks for any. Phrases decide, the feeling and a
 * question mark help. A survey answer cannot be told by its words.
 */
export function kindOf(
  codes: Uint16Array,
  length: number,
  hits: readonly KindHit[],
  feeling: FeelingReading,
  hasCause: boolean,
): KindReading | null {
  const asks = length > 0 && codes[length - 1] === QUESTION_MARK;
  if (hits.length === 0 && !asks && feeling.hits.length === 0) return null;
  const score: Partial<Record<VoiceKind, number>> = { ...BY_FEELING[feeling.feeling] };
  const add = (kind: VoiceKind, by: number): void => void (score[kind] = (score[kind] ?? 0) + by);
  for (const hit of hits) add(hit.kind, PHRASE);
  if (asks && feeling.feeling !== 'angry') add('consultation', QUESTION);
  // Thanks in advance are no praise: somebody who names a cause wants it mended.
  if (hasCause && (score.praise ?? 0) > 0) add('praise', -1.4);
  let best: VoiceKind = 'grievance';
  let sum = 0;
  for (const kind of KINDS) {
    sum += Math.exp(score[kind] ?? 0);
    if ((score[kind] ?? 0) > (score[best] ?? 0)) best = kind;
  }
  if ((score[best] ?? 0) <= 0) return null;
  const phrases: readonly Place[] = hits.filter((hit) => hit.kind === best);
  const others = asks && best === 'consultation' ? [{ from: length - 1, before: length }] : feeling.hits;
  return { kind: best, confidence: Math.exp(score[best] ?? 0) / sum, hits: phrases.length > 0 ? phrases : others };
}
