import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/** What the last draw gave, for a press that comes later: the function that reads it stays the same, so that what carries it is not drawn anew. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}
