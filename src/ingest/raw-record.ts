import type { RawRecord } from './files/records.ts';

/** More than a text may have, so that a row cut here is refused as too long when it comes back, not taken for whole. */
const KEPT_CHARS = 100_001;

/** A record as it is kept when it was rejected. */
export const rawRecord = (columns: readonly string[], record: RawRecord | undefined): unknown =>
  Object.fromEntries(
    (record?.cells ?? []).flatMap((cell, i) => (cell === null ? [] : [[columns[i] ?? `#${i + 1}`, cell.slice(0, KEPT_CHARS)]])),
  );
