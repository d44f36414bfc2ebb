import type { Page } from './page.ts';
import type { Problem, ProblemGroup } from './problem.ts';

export const BATCH_STATES = [
  'draft',
  'checking',
  'checked',
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What the rows of a file are. */
export const CARRIES = ['voices', 'customers', 'usage'] as const;
export type Carries = (typeof CARRIES)[number];

/** Columns → fields, and what the file leaves unsaid, in the words of a page; `mappingSchema` of ingest says what may stand there. */
export interface ImportMapping {
  readonly columns: Readonly<Record<string, string>>;
  readonly constants?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Partial<Record<'region' | 'unit' | 'kind' | 'channel', Readonly<Record<string, string>>>>>;
  readonly dateOrder?: string;
  readonly zone?: string;
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
  /** Of the file's columns, in its order, once its rows were taken: the file itself may be gone. */
  readonly titles?: readonly string[];
}

/** The same for a page: it edits the mapping that was set or remembered. */
export interface ImportSettings extends ImportOptions {
  readonly mapping?: ImportMapping;
}

/** A page of batches, and the sources by which the list can be narrowed. */
export interface BatchPage extends Page<BatchView> {
  readonly sources: readonly string[];
}

/** A batch as its page shows it. */
export interface BatchView {
  readonly id: string;
  readonly source: string;
  readonly as: Carries;
  readonly file_name: string;
  readonly bytes: number;
  readonly state: BatchState;
  readonly rows_total: number | null;
  readonly rows_done: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly problems: readonly ProblemGroup[];
  readonly percent: number;
  readonly rows_per_second: number | null;
  readonly seconds_left: number | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly member: { readonly id: string; readonly name: string };
  readonly error: Problem | null;
  readonly version: number;
  readonly options: ImportSettings;
  readonly undo: { readonly rows: number; readonly gone: number } | null;
}

export interface PreviewColumn {
  readonly title: string;
  readonly samples: readonly string[];
  readonly suggested: { readonly field: string; readonly confidence: number } | null;
}

/** The first rows of a file, masked, and how it is read. Of a file that cannot be read, the columns are empty and the problems say why. */
export interface ImportPreview {
  readonly columns: readonly PreviewColumn[];
  readonly constants?: Readonly<Record<string, string>>;
  readonly date_order?: string | null;
  readonly format?: string;
  readonly encoding?: string | null;
  readonly encoding_confidence?: number;
  readonly delimiter?: string | null;
  readonly sheet?: string | null;
  readonly sheets?: readonly string[];
  readonly header_row?: number | null;
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly problems?: readonly Problem[];
}

/** A row that was not taken, as the list of rejected rows shows it. */
export interface RejectedView {
  readonly row: number;
  readonly problems: readonly Problem[];
  readonly raw: unknown;
  /** The voice that stands under the same id. */
  readonly conflict_with: number | null;
}
