import { useCallback } from 'react';
import type { NamedEntity } from '../../model/alarm.ts';
import { useLocale } from './locale.ts';

/** What an alarm or an order is about: by the server's own name, since scope may hide the region list. */
export function useEntityName(): (entity: NamedEntity) => string {
  const locale = useLocale();
  return useCallback((entity) => entity.names[locale], [locale]);
}
