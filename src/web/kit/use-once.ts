import { useMutation } from '@tanstack/react-query';
import type { UseMutationOptions, UseMutationResult } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

/** The door stays shut a moment longer than the answer takes: the second half of a double click may come after a fast one. */
const DOUBLE_CLICK_MS = 400;

/** A mutation that a second click cannot start again while the first is on its way; a refused one may be tried again at once. */
export function useOnce<Data, Given = void>(options: UseMutationOptions<Data, Error, Given>): UseMutationResult<Data, Error, Given> {
  const busy = useRef(false);
  const free = (): void => {
    busy.current = false;
  };
  const mutation = useMutation({
    ...options,
    onSettled: async (...settled) => {
      try {
        await options.onSettled?.(...settled);
      } finally {
        if (settled[1] === null) setTimeout(free, DOUBLE_CLICK_MS);
        else free();
      }
    },
  });
  const start = mutation.mutate;
  const mutate = useCallback<typeof start>(
    (...given) => {
      if (busy.current) return;
      busy.current = true;
      start(...given);
    },
    [start],
  );
  return { ...mutation, mutate };
}
