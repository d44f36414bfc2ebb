import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { usePreferences } from '../kit/preferences.ts';
import type { Place } from './nav.ts';
import { meantBy } from './shortcuts.ts';

const PAIR_MS = 1200;
const FIELDS = 'input, textarea, select, [contenteditable=true], [role=combobox], [role=dialog]';

/** Listens for the palette and the single keys; switched off by the member, only the buttons remain. */
export function useShortcuts(places: readonly Place[], open: (what: 'palette' | 'help') => void): void {
  const go = useNavigate();
  const { value, ready } = usePreferences();
  const on = ready && value.shortcuts;
  const before = useRef(0);
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null;
      const meant = meantBy(event, inField, event.timeStamp - before.current < PAIR_MS, places);
      before.current = meant?.kind === 'wait' ? event.timeStamp : 0;
      if (meant === null || meant.kind === 'wait') return;
      event.preventDefault();
      if (meant.kind === 'go') void go(meant.path);
      else open(meant.kind);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on, places, go, open]);
}
