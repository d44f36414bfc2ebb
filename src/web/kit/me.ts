import { useQuery } from '@tanstack/react-query';
import type { Verb } from '../../model/people.ts';
import { me } from '../api/calls.ts';

export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: me, staleTime: 300_000, retry: false });
}

/** Hides what cannot be pressed; the server decides again. */
export function useMay(): (verb: Verb) => boolean {
  const verbs = useMe().data?.verbs ?? [];
  return (verb) => verbs.includes(verb);
}
