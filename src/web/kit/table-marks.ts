import { useCallback, useMemo, useRef, useState } from 'react';
import { useLatest } from './use-latest.ts';

export interface Marks<Row> {
  readonly has: (key: string) => boolean;
  readonly rows: readonly Row[];
  readonly toggle: (key: string) => void;
  /** From the row marked last to this one. */
  readonly extend: (key: string) => void;
  readonly set: (keys: readonly string[]) => void;
}

/** Which rows are picked out. A row that has left the screen is picked no longer. */
export function useMarks<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Marks<Row> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const latest = useLatest({ rows, keyOf });
  const here = useMemo(() => rows.filter((row) => keys.has(keyOf(row))), [rows, keys, keyOf]);
  const toggle = useCallback((key: string) => {
    anchor.current = key;
    setKeys((old) => (old.has(key) ? new Set([...old].filter((one) => one !== key)) : new Set([...old, key])));
  }, []);
  const extend = useCallback(
    (key: string) => {
      const order = latest().rows.map(latest().keyOf);
      const [from, to] = [order.indexOf(anchor.current ?? key), order.indexOf(key)].toSorted((a, b) => a - b);
      setKeys(new Set(order.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)));
      anchor.current ??= key;
    },
    [latest],
  );
  const set = useCallback((next: readonly string[]) => setKeys(new Set(next)), []);
  const has = useCallback((key: string) => keys.has(key), [keys]);
  return { has, rows: here, toggle, extend, set };
}
