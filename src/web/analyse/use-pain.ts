import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useChangeParams } from '../kit/url-state.ts';
import { dayIn, noonOf } from '../kit/zone.ts';
import { addressOfPain, painStateIn } from './pain-view.ts';
import type { PainState } from './pain-view.ts';

/** The state in the address, and the day it is read on: the same objects until either changes, whatever else the address says (sort, drawer). */
export function usePain() {
  const [params] = useSearchParams();
  const change = useChangeParams();
  const text = JSON.stringify(painStateIn(params));
  const state = useMemo(() => JSON.parse(text) as PainState, [text]);
  const today = dayIn(new Date());
  const now = useMemo(() => noonOf(today), [today]);
  const show = useCallback((next: PainState): void => change((old) => addressOfPain(next, old)), [change]);
  return { state, now, show };
}
