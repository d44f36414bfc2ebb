import type { VoiceKind } from './voice.ts';

/** What was said: problem → cause → responsible department, and the words that decided it. */
export interface Reading {
  /** Leaf category code of the pack (`fixed/broadband/outage`), null = unmapped 未归类. */
  readonly category: string | null;
  readonly cell: MapCell | null;
  readonly stage: string | null;
  readonly feeling: Feeling;
  /** Kind that the words speak for, for sources that record none; it never replaces a recorded kind. null = they say nothing. */
  readonly kind: KindRead | null;
  readonly language: string;
  /** 0–1: the reader's own estimate that `category` is right; for an unmapped voice that of its best guess. */
  readonly confidence: number;
  readonly readerVersion: string;
  readonly because: readonly Because[];
}

export interface KindRead {
  readonly kind: VoiceKind;
  readonly confidence: number;
}

/** A cell of the knowledge map 知识地图. Codes of the pack. */
export interface MapCell {
  readonly business: string;
  readonly support: string;
  readonly bearer: string;
  readonly department: string;
}

export const FEELINGS = ['angry', 'negative', 'neutral', 'positive'] as const;
export type Feeling = (typeof FEELINGS)[number];

/** A span of the text (UTF-16 offsets, half-open) that spoke for a category. Masking keeps lengths, so it fits both texts. */
export interface Because {
  readonly from: number;
  readonly before: number;
  readonly kind: 'term' | 'model' | 'feeling' | 'kind';
  readonly for: string;
  readonly weight: number;
}
