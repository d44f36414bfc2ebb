import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { changePreferences, preferences } from '../api/calls.ts';
import { PREFERENCES } from '../../model/preferences.ts';
import type { Preferences, PreferencesChange } from '../../model/preferences.ts';

export const OWN = { queryKey: ['preferences'], queryFn: preferences, staleTime: Infinity } as const;

/** What the member set for himself; until the server has answered, what nobody set. */
export function usePreferences(): { readonly value: Preferences; readonly ready: boolean } {
  const { data, isPending } = useQuery(OWN);
  return { value: data ?? PREFERENCES, ready: !isPending };
}

/** Seen at once, kept on the server; what it refuses is asked for again and so taken back. */
export function useSetPreferences(): (change: PreferencesChange) => void {
  const cache = useQueryClient();
  return useCallback(
    (change) => {
      cache.setQueryData<Preferences>(['preferences'], (old = PREFERENCES) => changed(old, change));
      changePreferences(change).catch(() => cache.invalidateQueries({ queryKey: ['preferences'] }));
    },
    [cache],
  );
}

function changed(old: Preferences, change: PreferencesChange): Preferences {
  const { tables, defaults, ...plain } = change;
  return { ...old, ...plain, tables: merged(old.tables, tables), defaults: merged(old.defaults, defaults) };
}

function merged<T>(old: Readonly<Record<string, T>>, given: Readonly<Record<string, T | null>> = {}): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries({ ...old, ...given }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
