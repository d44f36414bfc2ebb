import type { SchemeReport, SchemeTask } from './evaluate-scheme.ts';
import type { ClusterModel } from './centroid-space.ts';
import type { Names } from '../../model/question.ts';

/** Texts of one column stand in one text with this between them: nobody copies or parses them on the way. */
export const BETWEEN_TEXTS = '\u0002';

export type ToSegments =
  | { readonly kind: 'customers'; readonly columns: Readonly<Record<string, string>> }
  /** Landed monthly averages: a column `customer`, and one per figure. */
  | { readonly kind: 'usage'; readonly columns: Readonly<Record<string, string>> }
  | { readonly kind: 'evaluate'; readonly task: SchemeTask }
  /** The chunk of members that came last is stored. */
  | { readonly kind: 'stored' };

/** Members of segments, their columns joined; `why` is JSON or empty. */
export interface MemberChunk {
  readonly customers: string;
  readonly segments: string;
  readonly why: string;
}
export interface RunResult {
  readonly customers: number;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly report: SchemeReport;
  readonly model: ClusterModel | null;
  /** `SegmentFacts[]` as JSON: written in the thread, because there may be thousands, and nobody on the way looks into them. */
  readonly facts: string;
  /** Names of clusters; empty for other schemes. */
  readonly names: Readonly<Record<string, Names>>;
}
export type FromSegments =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'members'; readonly chunk: MemberChunk }
  | { readonly kind: 'done'; readonly result: RunResult };
