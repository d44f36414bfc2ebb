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
 * Anger outweighs everything; otherwise the more frequent side wins, bad before good. Without any word a praise is
 * positive, a complaint or grievance negative, all else neutral.
 */
export function feelingOf(isNegated: (from: number) => boolean, hits: readonly FeelingHit[], kind: string | undefined): FeelingReading {
  if (hits.length === 0) return byKind(kind);
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
  return byKind(kind);
}

function byKind(kind: string | undefined): FeelingReading {
  if (kind === 'praise') return { feeling: 'positive', hits: [] };
  return kind === 'complaint' || kind === 'grievance' ? { feeling: 'negative', hits: [] } : NEUTRAL;
}
