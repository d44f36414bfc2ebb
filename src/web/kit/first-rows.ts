import { startTransition, useEffect, useMemo, useState } from 'react';

const NOTHING: readonly never[] = [];

/** More than the window holds: no row is lower. */
const LOWEST_ROW = 28;
const atFirst = (): number => Math.ceil(innerHeight / LOWEST_ROW);

/** The first screen stands before the rest of a long list is drawn, and in its new order before the rest is. */
export function useFirstRows<Row>(rows: readonly Row[]): readonly Row[] {
  const [first] = useState(atFirst);
  const [settled, settle] = useState<readonly Row[]>(NOTHING);
  const long = rows.length > first;
  useEffect(() => {
    if (settled === rows || !long) return;
    // A frame is painted in between; then the rest gives way to whatever is pressed.
    const frame = requestAnimationFrame(() => setTimeout(() => startTransition(() => settle(rows))));
    return () => cancelAnimationFrame(frame);
  }, [settled, rows, long]);
  return useMemo(() => (long ? inSightFirst(rows, settled, first) : rows), [long, rows, settled, first]);
}

/** What is in sight, then the others where they stood: the page keeps its height. Rows that were not there before come all at once. */
export function inSightFirst<Row>(rows: readonly Row[], before: readonly Row[], first: number): readonly Row[] {
  if (before === rows) return rows;
  const top = rows.slice(0, first);
  if (before.length === 0) return top;
  const known = new Set(before);
  if (before.length !== rows.length || !rows.every((row) => known.has(row))) return rows;
  const inSight = new Set(top);
  return [...top, ...before.filter((row) => !inSight.has(row))];
}
