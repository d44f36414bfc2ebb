import type { Instant } from '../model/ids.ts';
import type { Problem, ProblemGroup } from '../model/problem.ts';

export const BATCH_STATES = ['draft', 'checking', 'checked', 'queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export interface ImportBatch {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly carries: 'voices' | 'customers';
  readonly member: { readonly id: string; readonly name: string };
  readonly fileName: string;
  readonly filePath: string;
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly options: ImportOptions;
  readonly state: BatchState;
  readonly totalRows: number | null;
  readonly rowsDone: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly ProblemGroup[];
  readonly cancelAsked: boolean;
  readonly error: Problem | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly version: number;
}

/** What a person set; everything else is guessed from the file. `mapping` is checked where it is used. */
export interface ImportOptions {
  readonly format?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly header_row?: number;
  readonly mapping?: unknown;
  readonly said_at?: string;
  /** Share of the file's bytes read so far, 0–1: real progress before the row count is known. */
  readonly read_share?: number;
}
