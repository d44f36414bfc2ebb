import { useCallback } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useLatest } from './use-latest.ts';

/** Names whose change leaves the list on its page. */
const KEEPS_PLACE: readonly string[] = ['cursor', 'voice', 'alarm', 'rule', 'evidence', 'new'];

interface How {
  /** No step for Back. */
  readonly replace?: boolean;
  /** A drawer that opens leaves the list where it is, and the way back to the pages before it. */
  readonly keepsPlace?: boolean;
}

/** Changes the address as it is when the key is pressed: one function for the life of the page, so that rows may carry it. */
export function useChangeParams(): (change: (old: URLSearchParams) => URLSearchParams, how?: How) => void {
  const [params, setParams] = useSearchParams();
  const latest = useLatest({ params, setParams, state: useLocation().state as unknown });
  return useCallback(
    (change, { replace = false, keepsPlace = false } = {}) => {
      const now = latest();
      now.setParams(change(new URLSearchParams(now.params)), { replace, ...(keepsPlace ? { state: now.state } : {}) });
    },
    [latest],
  );
}

/**
 * One value of the address. Changing a filter forgets the cursor: the page it pointed to is gone. With `replace`, what is typed letter
 * by letter is one step back.
 */
export function useParam(name: string, { replace = false } = {}): readonly [string | null, (value: string | null) => void] {
  const [params] = useSearchParams();
  const change = useChangeParams();
  const set = useCallback(
    (value: string | null): void => {
      const keepsPlace = KEEPS_PLACE.includes(name);
      change(
        (next) => {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
          if (!keepsPlace) for (const gone of ['cursor', 'after']) next.delete(gone);
          return next;
        },
        { replace, keepsPlace },
      );
    },
    [change, name, replace],
  );
  return [params.get(name), set];
}

/** An address of the same page with some values changed, for links. */
export function withParams(params: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? '?' : `?${text}`;
}
