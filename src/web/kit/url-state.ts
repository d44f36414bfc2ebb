import { useSearchParams } from 'react-router';

/** One value of the address. Changing a filter forgets the cursor: the page it pointed to is gone. */
export function useParam(name: string): readonly [string | null, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = (value: string | null): void =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
      if (name !== 'cursor') next.delete('cursor');
      return next;
    });
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
