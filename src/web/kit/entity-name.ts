import type { Entity } from '../api/types.ts';
import { useLocale } from './locale.ts';
import { useLabels } from './vocabulary.ts';

/** What an alarm or an order is about: the server's own name first, since scope may hide the region list. */
export function useEntityName(): (entity: Entity) => string {
  const locale = useLocale();
  const labels = useLabels();
  return (entity) => entity.names?.[locale] ?? labels.value(entity.dimension, entity.value);
}
