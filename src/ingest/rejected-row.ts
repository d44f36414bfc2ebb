import type { Problem } from '../model/problem.ts';

/** A record that was not taken, as its file has it. */
export interface RejectedRow {
  readonly row: number;
  readonly problems: readonly Problem[];
  readonly raw: unknown;
  /** Set for a conflict: the voice that stands under the same id. */
  readonly voiceId: number | null;
}
