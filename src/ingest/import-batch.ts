import type { Instant } from '../model/ids.ts';
import type { BatchState, Carries, ImportOptions } from '../model/import-views.ts';
import type { Problem, ProblemGroup } from '../model/problem.ts';

export interface ImportBatch {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string;
  readonly carries: Carries;
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
  readonly error: Problem | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly version: number;
  /** How far taking it back has come; null while nobody wanted that. */
  readonly undo: BatchUndo | null;
}

export interface BatchUndo {
  /** When the first and the last of its voices were said: there the rules must look again. */
  readonly first_said: Instant | null;
  readonly last_said: Instant | null;
  readonly rows: number;
  readonly gone: number;
}
