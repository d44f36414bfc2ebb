import { useSearchParams } from 'react-router';

/** Names whose change leaves the list on its page. */
const KEEPS_PLACE: readonly string[] = ['cursor', 'voice', 'alarm', 'rule', 'evidence', 'new'];

/**
 * One value of the address. Changing a filter forgets the cursor: the page it pointed to is gone. With `replace`, what is typed letter
 * by letter is one step back.
 */
export function useParam(name: string, { replace = false } = {}): readonly [string | null, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = (value: string | null): void =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
        // A drawer that opens leaves the list where it is; anything else begins it anew.
        if (!KEEPS_PLACE.includes(name)) for (const gone of ['cursor', 'after']) next.delete(gone);
        return next;
      },
      { replace },
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
