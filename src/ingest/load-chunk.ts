import type { Problem } from '../model/problem.ts';
import { maskText } from '../model/masking.ts';
import type { RejectedRow } from './rejected-row.ts';
import { shown } from './row-plan.ts';

export interface RowProblems {
  readonly row: number;
  readonly problems: readonly Problem[];
}

/** What storing a chunk came to. */
export interface Loaded {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
  /** Ids of new voices that still have to be read. */
  readonly unread: readonly number[];
}

/** Rows that a check has met: key → hash of the body. */
export type Seen = Map<string, string>;

export interface KeyedRow {
  readonly row: number;
  readonly key: string;
  readonly hash: string;
}

export interface Foretold {
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: readonly { readonly row: number; readonly key: string; readonly voiceId: number | null }[];
}

/** What a commit would do with these rows: against what stands, and against the rows before. Customers replace, so they never conflict. */
export function foretold(
  rows: readonly KeyedRow[],
  standing: ReadonlyMap<string, { readonly hash: string; readonly id: number | null }>,
  seen: Seen,
  replacing: boolean,
): Foretold {
  let accepted = 0;
  let duplicates = 0;
  const conflicts: { row: number; key: string; voiceId: number | null }[] = [];
  for (const { row, key, hash } of rows) {
    const before = standing.get(key)?.hash ?? seen.get(key);
    if (before === hash) duplicates += 1;
    else if (before === undefined || replacing) accepted += 1;
    else conflicts.push({ row, key, voiceId: standing.get(key)?.id ?? null });
    if (before === undefined || replacing) seen.set(key, hash);
  }
  return { accepted, duplicates, conflicts };
}

/** `id`: what the source calls the voice that stands under it already. */
export const refusal = (
  row: number,
  code: 'conflict' | 'region-out-of-scope',
  raw: unknown,
  voiceId: number | null = null,
  id?: string,
): RejectedRow => ({
  row,
  problems: [{ code, row, ...(id === undefined ? {} : { params: { id: shown(maskText(id)) } }) }],
  raw,
  voiceId,
});
