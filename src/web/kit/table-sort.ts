import { useSearchParams } from 'react-router';
import type { Sorting } from './table-head.tsx';

/** `sort=due` rising, `sort=-due` falling. */
export const sortingIn = (params: URLSearchParams): Sorting | null => sortingOf(params.get('sort'));

export function sortingOf(text: string | null): Sorting | null {
  if (text === null || text === '' || text === '-') return null;
  return text.startsWith('-') ? { name: text.slice(1), descending: true } : { name: text, descending: false };
}

/** The order that the address asks for, as the server takes it: `due`, `-due`, or null. */
export const useSort = (): string | null => {
  const [params] = useSearchParams();
  const sorting = sortingIn(params);
  return sorting === null ? null : `${sorting.descending ? '-' : ''}${sorting.name}`;
};

/** First falling, then rising, then as the page lists them; the page that a cursor pointed to is gone. */
export function nextSorting(params: URLSearchParams, name: string): URLSearchParams {
  const now = sortingIn(params);
  const next = new URLSearchParams(params);
  for (const gone of ['sort', 'cursor', 'after']) next.delete(gone);
  if (now?.name !== name) next.set('sort', `-${name}`);
  else if (now.descending) next.set('sort', name);
  return next;
}
