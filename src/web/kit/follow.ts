import { createContext, useCallback, useEffect } from 'react';
import type { MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useLatest } from './use-latest.ts';

/**
 * What a plain press on a link does that does not listen to the address: a table holds hundreds of them, and each that listened would
 * be drawn anew with every key. Without the shell around it the link is the browser's own, with the same address.
 */
export const FollowContext = createContext<(event: MouseEvent<HTMLAnchorElement>) => void>(() => undefined);

/** The browser's own business: another key or button, or somebody was faster. */
const isPlain = (event: MouseEvent<HTMLAnchorElement>): boolean =>
  event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.altKey && !event.ctrlKey && !event.shiftKey;

const BESIDE = ['evidence', 'shown', 'reading'] as const;

/** The page at `search` with nothing beside it, up to where `evidence=…` follows. A table asks for one a thousand times. */
let last = { search: '', page: '?' };
function pageOf(search: string): string {
  if (last.search === search) return last.page;
  const params = new URLSearchParams(search);
  for (const name of BESIDE) params.delete(name);
  const text = params.toString();
  last = { search, page: text === '' ? '?' : `?${text}&` };
  return last.page;
}

/** The address that opens, beside the page at `search`, what `beside` says (`evidence=…&shown=…`). */
export const addressBeside = (search: string, beside: string): string => pageOf(search) + beside;

/** After the frame that the press was for: what is copied or opened in another tab follows the page. */
const SETTLED_MS = 60;

/** The one listener to the address for all links of `FollowContext`. */
export function useFollow(): (event: MouseEvent<HTMLAnchorElement>) => void {
  const here = useLocation();
  const latest = useLatest({ here, go: useNavigate() });
  useEffect(() => {
    const renew = (): void => {
      const page = addressBeside(here.search, '');
      for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-beside]'))
        link.setAttribute('href', `${page}${link.dataset['beside'] ?? ''}`);
    };
    const timer = setTimeout(renew, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [here.search]);
  return useCallback(
    (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      const { here: now, go } = latest();
      const { beside } = event.currentTarget.dataset;
      if (beside === undefined) void go(event.currentTarget.getAttribute('href') ?? '');
      else void go(addressBeside(now.search, beside), { state: now.state as unknown });
    },
    [latest],
  );
}
