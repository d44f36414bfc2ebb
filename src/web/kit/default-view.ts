import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { savedViews } from '../api/calls.ts';
import { usePreferences } from './preferences.ts';
import { VIEW_PAGES } from './view-pages.ts';

export const useSavedViews = ({ enabled = true } = {}) =>
  useQuery({ queryKey: ['views'], queryFn: savedViews, staleTime: 60_000, enabled });

const pageAt = (path: string): string | undefined => Object.entries(VIEW_PAGES).find(([, at]) => at === path)?.[0];

/**
 * The member's own view of a page that was entered plainly, before the page asks anything: the address to open instead, 'coming' while
 * that is not known, or null.
 */
export function useDefaultView(): string | null {
  const { pathname, search, key } = useLocation();
  const { value, ready } = usePreferences();
  const [entered, enter] = useState({ pathname, key });
  // Whoever comes back to the plain address within the page wants it plain.
  if (entered.pathname !== pathname) enter({ pathname, key });
  const page = search === '' && (entered.key === key || entered.pathname !== pathname) ? pageAt(pathname) : undefined;
  const wanted = page === undefined ? undefined : value.defaults[page];
  const views = useSavedViews({ enabled: wanted !== undefined });
  if (page === undefined) return null;
  if (!ready || (wanted !== undefined && views.isPending)) return 'coming';
  const query = views.data?.rows.find((view) => view.id === wanted && view.page === page)?.query ?? '';
  return query === '' ? null : `?${query}`;
}
