import type { Instant } from '../model/ids.ts';
import type { Problem } from '../model/problem.ts';
import type { PackedRows } from '../platform/postgres/packed-rows.ts';
import type { ReadOptions } from './files/records.ts';
import type { PlaceRows } from './gazetteer.ts';
import type { RejectedRow } from './rejected-row.ts';
import type { Mapping } from './mapping/mapping.ts';
import type { VoiceWords } from './mapping/words.ts';
import type { KnownCustomer } from './voice-to-store.ts';

/** What the judging thread is started with: plain values only, they are copied to it. */
export interface JudgeTask {
  readonly path: string;
  readonly options: ReadOptions;
  /** Chunks that may be under way before one is done. */
  readonly ahead: number;
  readonly mapping: Mapping;
  readonly words: VoiceWords;
  readonly timeZone: string;
  readonly now: Instant;
  readonly saidAtDefault: Instant | null;
  readonly places: PlaceRows;
  readonly source: string;
  readonly batch: string;
  /** Rows of other cities are refused. */
  readonly onlyCity: string | null;
}

export interface RowProblems {
  readonly row: number;
  readonly problems: readonly Problem[];
}

/** A chunk of records, each judged, and those that may be stored packed for COPY. */
export interface JudgedChunk {
  readonly records: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Of the rows to store, in one order: their numbers, keys, hashes of their bodies (hex), texts. */
  readonly rows: readonly number[];
  readonly keys: readonly string[];
  readonly hashes: readonly string[];
  readonly texts: readonly string[];
  readonly packed: PackedRows;
  readonly rejected: readonly RejectedRow[];
  readonly warned: readonly RowProblems[];
}

export type ToJudge =
  | { readonly kind: 'done' }
  | { readonly kind: 'customers'; readonly found: readonly KnownCustomer[] }
  | { readonly kind: 'raw'; readonly rows: readonly number[] };

export type FromJudge =
  | { readonly kind: 'chunk'; readonly chunk: JudgedChunk }
  /** Asks who these customers are. */
  | { readonly kind: 'who'; readonly customers: readonly string[] }
  | { readonly kind: 'raw'; readonly raws: readonly unknown[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'unreadable'; readonly problem: Problem; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
