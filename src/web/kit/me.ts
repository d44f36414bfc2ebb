import { useQuery } from '@tanstack/react-query';
import type { Verb } from '../../model/people.ts';
import { me } from '../api/calls.ts';
import type { Me } from '../../model/account.ts';
import { tellTimeBy } from './zone.ts';

async function asked(): Promise<Me> {
  const found = await me();
  tellTimeBy(found.zone);
  return found;
}

export const ME = { queryKey: ['me'], queryFn: asked, staleTime: 300_000, retry: false } as const;
export const useMe = () => useQuery(ME);

/** Hides what cannot be pressed; the server decides again. */
export function useMay(): (verb: Verb) => boolean {
  const verbs = useMe().data?.verbs ?? [];
  return (verb) => verbs.includes(verb);
}
