import type { Problem } from '../../model/problem.ts';
import type { DateOrder } from '../when.ts';

export const FILE_FORMATS = ['csv', 'xlsx', 'ndjson', 'json'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What a person may set; whatever is absent is guessed. */
export interface ReadOptions {
  readonly format?: FileFormat;
  readonly encoding?: Encoding;
  /** One character; '' = the file has one column. */
  readonly delimiter?: string;
  readonly sheet?: string;
  /** CSV: n-th line that is not blank; XLSX: the sheet's own row number. 0 = there are no titles. */
  readonly headerRow?: number;
  /** Records before this one are read but not handed out. */
  readonly fromRow?: number;
  readonly limits?: Partial<ReadLimits>;
}

export interface ReadLimits {
  readonly rowChars: number;
  readonly batchRows: number;
  /** A batch ends early when its text reaches this. */
  readonly batchChars: number;
  /** Unpacked bytes of one zip entry or gzip file. */
  readonly unpackedBytes: number;
  /** Unpacked ÷ packed, looked at once `ratioAfterBytes` were unpacked. */
  readonly ratio: number;
  readonly ratioAfterBytes: number;
  readonly sharedStringChars: number;
  readonly columns: number;
}

export const READ_LIMITS: ReadLimits = {
  rowChars: 1_048_576,
  batchRows: 2_000,
  batchChars: 4_194_304,
  unpackedBytes: 8 * 1024 ** 3,
  ratio: 400,
  ratioAfterBytes: 32 * 1024 ** 2,
  sharedStringChars: 128 * 1024 ** 2,
  columns: 2_000,
};

/** One record below the header. A bad one is still one record, so that rows always add up. */
export interface RawRecord {
  /** 1-based, blank lines not counted. */
  readonly row: number;
  /** Aligned to the batch's `columns`; shorter when later columns were unknown at that time. */
  readonly cells: readonly (string | null)[];
  /** Columns whose number was stored with fewer digits than it had. */
  readonly lossy?: readonly number[];
  readonly problem?: Problem;
}

export interface RecordBatch {
  readonly firstRow: number;
  /** Titles; JSON files may add some at the end from batch to batch. */
  readonly columns: readonly string[];
  readonly records: readonly RawRecord[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

export interface InspectedColumn {
  readonly title: string;
  /** A few different values that are not empty. */
  readonly samples: readonly string[];
  /** Order of day and month, when the sampled values prove one. */
  readonly dateOrder: DateOrder | null;
}

export interface FileInspection {
  readonly format: FileFormat;
  readonly gzip: boolean;
  readonly encoding: Encoding | null;
  /** 0–1 */
  readonly encodingConfidence: number;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  readonly headerRow: number | null;
  readonly columns: readonly InspectedColumn[];
  readonly previewRows: readonly (readonly (string | null)[])[];
  readonly problems: readonly Problem[];
  readonly bytes: number;
}

/** Why a file cannot be read; each has its words in `problem-texts.ts`. */
export type UnreadableReason =
  | 'no such file'
  | 'gone'
  | 'size changed'
  | 'zip directory'
  | 'zip cut short'
  | 'zip directory missing'
  | 'zip entry'
  | 'zip method'
  | 'zip too large'
  | 'zip too many entries'
  | 'gzip too large'
  | 'corrupt compression'
  | 'shared strings too large'
  | 'xml piece too large'
  | 'no worksheet'
  | 'worksheet missing'
  | 'reader stopped';

/** The file as a whole cannot be read. */
export class UnreadableFile extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, message?: string) {
    super(message ?? `${problem.code} ${JSON.stringify(problem.params ?? {})}`);
    this.name = 'UnreadableFile';
    this.problem = problem;
  }
}

export function unreadable(reason: UnreadableReason, message?: string): UnreadableFile {
  return new UnreadableFile({ code: 'file-unreadable', params: { reason } }, message);
}
