import { useMutation } from '@tanstack/react-query';
import type { UseMutationOptions, UseMutationResult } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

/** The door stays shut a moment longer than the answer takes: the second half of a double click may come after a fast one. */
const DOUBLE_CLICK_MS = 400;

/**
 * A mutation that a second click cannot start again while the first is on its way; a refused one may be tried again at once,
 * and another step (other variables) as soon as the first is answered.
 */
export function useOnce<Data, Given = void>(options: UseMutationOptions<Data, Error, Given>): UseMutationResult<Data, Error, Given> {
  const busy = useRef(false);
  const repeated = useRef<string | null>(null);
  const mutation = useMutation({
    ...options,
    onSettled: async (...settled) => {
      try {
        await options.onSettled?.(...settled);
      } finally {
        busy.current = false;
        if (settled[1] !== null) repeated.current = null;
        else setTimeout(() => (repeated.current = null), DOUBLE_CLICK_MS);
      }
    },
  });
  const start = mutation.mutate;
  const mutate = useCallback<typeof start>(
    (...given) => {
      const wanted = JSON.stringify(given[0]) ?? '';
      if (busy.current || repeated.current === wanted) return;
      busy.current = true;
      repeated.current = wanted;
      start(...given);
    },
    [start],
  );
  return { ...mutation, mutate };
}
