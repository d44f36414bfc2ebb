import type { ActionEffect } from '../../model/complaint-odds.ts';
import { topicAmong } from './topics-of.ts';

/**
 * What went with fewer complaints about a grievance of this category: only what is done about such ones, and not always. A card from
 * before topics were looked at says the same of every grievance, until the next training.
 */
export function helpsFor(helps: readonly ActionEffect[], category: string | null): readonly ActionEffect[] {
  return helps.flatMap((help) => ofTopic(help, category)).filter(({ verdict }) => verdict === 'lowers');
}

function ofTopic({ topics, ...pooled }: ActionEffect, category: string | null): readonly ActionEffect[] {
  if (topics === undefined) return [pooled];
  const own = topicAmong(topics, category);
  if (own === undefined || own.verdict === 'no-overlap') return [];
  return [own.verdict === 'too-few' ? pooled : { ...pooled, ...own }];
}
