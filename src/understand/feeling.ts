import type { Feeling } from '../model/reading.ts';
import type { FeelingHit } from './pack-terms.ts';

export interface FeelingReading {
  readonly feeling: Feeling;
  /** The words that decided. */
  readonly hits: readonly FeelingHit[];
}

const NEUTRAL: FeelingReading = { feeling: 'neutral', hits: [] };

/**
 * Feeling from the pack's words. A negated good word is bad (不满意, 没有及时), a negated bad word says nothing (没有耽误).
 * Anger outweighs everything; otherwise the more frequent side wins, bad before good. Without any word it is neutral, whatever kind the
 * source recorded: feelings are counted beside kinds and must not repeat them.
 */
export function feelingOf(isNegated: (from: number) => boolean, hits: readonly FeelingHit[]): FeelingReading {
  if (hits.length === 0) return NEUTRAL;
  const bad: FeelingHit[] = [];
  const good: FeelingHit[] = [];
  const angry: FeelingHit[] = [];
  for (const hit of hits) {
    if (hit.feeling === 'angry') angry.push(hit);
    else if (hit.feeling === 'positive') (isNegated(hit.from) ? bad : good).push(hit);
    else if (!isNegated(hit.from)) bad.push(hit);
  }
  if (angry.length > 0) return { feeling: 'angry', hits: angry };
  if (bad.length > 0 && bad.length >= good.length) return { feeling: 'negative', hits: bad };
  if (good.length > 0) return { feeling: 'positive', hits: good };
  return NEUTRAL;
}
