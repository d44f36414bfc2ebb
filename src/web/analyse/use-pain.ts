import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { dayIn } from '../kit/zone.ts';
import { addressOfPain, painStateIn } from './pain-view.ts';
import type { PainState } from './pain-view.ts';

/** The state in the address, and the day it is read on: asked again only when either changes. */
export function usePain() {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => painStateIn(params), [params]);
  const today = dayIn(new Date());
  const now = useMemo(() => new Date(`${today}T12:00:00Z`), [today]);
  const show = useCallback((next: PainState): void => setParams(addressOfPain(next)), [setParams]);
  return { state, now, show };
}
