import type { Feeling } from '../model/reading.ts';
import { isNegated, type FeelingHit } from './pack-terms.ts';

export interface FeelingReading {
  readonly feeling: Feeling;
  /** The words that decided. */
  readonly hits: readonly FeelingHit[];
}

/**
 * Feeling from the pack's words. A negated good word is bad (不满意, 没有及时), a negated bad word says nothing (没有耽误).
 * Anger outweighs everything; otherwise the more frequent side wins, bad before good. Without any word a praise is
 * positive, a complaint or grievance negative, all else neutral.
 */
export function feelingOf(folded: string, hits: readonly FeelingHit[], kind: string | undefined): FeelingReading {
  const bad: FeelingHit[] = [];
  const good: FeelingHit[] = [];
  const angry: FeelingHit[] = [];
  for (const hit of hits) {
    const negated = isNegated(folded, hit.from);
    if (hit.feeling === 'angry') angry.push(hit);
    else if (hit.feeling === 'positive') (negated ? bad : good).push(hit);
    else if (!negated) bad.push(hit);
  }
  if (angry.length > 0) return { feeling: 'angry', hits: angry };
  if (bad.length > 0 && bad.length >= good.length) return { feeling: 'negative', hits: bad };
  if (good.length > 0) return { feeling: 'positive', hits: good };
  if (kind === 'praise') return { feeling: 'positive', hits: [] };
  return { feeling: kind === 'complaint' || kind === 'grievance' ? 'negative' : 'neutral', hits: [] };
}
