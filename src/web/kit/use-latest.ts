import { useCallback, useLayoutEffect, useRef } from 'react';

/** Gives what the last draw gave, to a press that comes later: the function stays the same, so that what carries it is not drawn anew. */
export function useLatest<T>(value: T): () => T {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
}
