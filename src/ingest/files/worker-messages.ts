import type { Problem } from '../../model/problem.ts';
import type { FileInspection, ReadOptions, RecordBatch } from './records.ts';

export interface ReaderTask {
  readonly kind: 'read' | 'inspect';
  readonly path: string;
  readonly options: ReadOptions;
  /** Batches that may be under way before one was taken. */
  readonly ahead: number;
}

export interface ToReader {
  readonly more: number;
}

export type FromReader =
  | { readonly kind: 'batch'; readonly batch: RecordBatch }
  | { readonly kind: 'inspected'; readonly inspection: FileInspection }
  | { readonly kind: 'end' }
  | { readonly kind: 'unreadable'; readonly problem: Problem; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
