import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** Which answers an event makes old. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  alarm: ['alarms', 'overview'],
  order: ['orders', 'alarms', 'overview', 'voices'],
  import: ['imports'],
  voices: ['ask', 'overview', 'voices'],
};
const FOLD_MS = 1500;
const FALLBACK_MS = 30_000;

/** Follows the server's events; while the line is down, everything on screen is asked again every 30 seconds. */
export function useLive(enabled: boolean): boolean {
  const cache = useQueryClient();
  const [live, setLive] = useState(true);
  useEffect(() => {
    if (!enabled) return;
    const source = new EventSource('/api/events');
    const due = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = (): void => {
      timer = null;
      for (const key of due) void cache.invalidateQueries({ queryKey: [key] });
      due.clear();
    };
    for (const [topic, keys] of Object.entries(TOUCHED))
      source.addEventListener(topic, () => {
        for (const key of keys) due.add(key);
        timer ??= setTimeout(flush, FOLD_MS);
      });
    source.addEventListener('open', () => setLive(true));
    source.addEventListener('error', () => setLive(false));
    return () => {
      source.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [enabled, cache]);
  useEffect(() => {
    if (live || !enabled) return;
    const again = setInterval(() => void cache.invalidateQueries(), FALLBACK_MS);
    return () => clearInterval(again);
  }, [live, enabled, cache]);
  return live;
}
