import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openLine } from './live-line.ts';

/** Which answers an event makes old, and how long events of its kind are gathered: new voices come every second where much is said. */
const TOUCHED: Readonly<Record<string, { readonly keys: readonly string[]; readonly foldMs: number }>> = {
  alarm: { keys: ['alarms', 'overview'], foldMs: 1500 },
  order: { keys: ['orders', 'alarms', 'overview', 'voices'], foldMs: 1500 },
  import: { keys: ['imports'], foldMs: 1500 },
  voices: { keys: ['ask', 'hot-words', 'overview', 'voices'], foldMs: 5000 },
};
const FALLBACK_MS = 30_000;

/** Follows the server's events; while the line is down, everything on screen is asked again every 30 seconds. */
export function useLive(enabled: boolean): boolean {
  const cache = useQueryClient();
  const [live, setLive] = useState(true);
  useEffect(() => {
    if (!enabled) return;
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const flush = (topic: string): void => {
      timers.delete(topic);
      for (const key of TOUCHED[topic]?.keys ?? []) void cache.invalidateQueries({ queryKey: [key] });
    };
    const close = openLine(() => new EventSource('/api/events'), {
      topics: Object.keys(TOUCHED),
      onEvent: (topic) => {
        if (!timers.has(topic))
          timers.set(
            topic,
            setTimeout(() => flush(topic), TOUCHED[topic]?.foldMs),
          );
      },
      onUp: (missed) => {
        setLive(true);
        if (missed) void cache.invalidateQueries();
      },
      onDown: () => setLive(false),
    });
    return () => {
      close();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [enabled, cache]);
  useEffect(() => {
    if (live || !enabled) return;
    const again = setInterval(() => void cache.invalidateQueries(), FALLBACK_MS);
    return () => clearInterval(again);
  }, [live, enabled, cache]);
  return live;
}
