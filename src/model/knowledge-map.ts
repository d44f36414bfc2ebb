import type { Names } from './question.ts';
import type { MapCell } from './reading.ts';

/** A cause of the knowledge map as the tree shows it. */
export interface MapLeaf {
  readonly code: string;
  readonly names: Names;
  readonly stage: string | null;
  readonly cell: MapCell | null;
  /** Words by which it is found: its terms and their other spellings. */
  readonly words: readonly string[];
  readonly examples: number;
  readonly counter_examples: number;
  readonly script: boolean;
}

/** The causes of the loaded pack, and how much the pack holds. */
export interface KnowledgeMap {
  readonly pack: { readonly id: string; readonly version: string; readonly names: Names };
  readonly reader: string;
  readonly leaves: readonly MapLeaf[];
  readonly terms: number;
  readonly examples: number;
  readonly dictionary: number;
}

export interface LeafTerm {
  readonly term: string;
  readonly with: readonly string[];
  readonly without: readonly string[];
  readonly weight: number;
}

/** A text that looks like one cause and belongs to another. */
export interface LookAlike {
  readonly text: string;
  readonly category: string;
  readonly names: Names;
}

/** Everything the pack says about one cause. */
export interface LeafContent {
  readonly terms: readonly LeafTerm[];
  readonly synonyms: readonly { readonly word: string; readonly variants: readonly string[] }[];
  readonly examples: readonly string[];
  /** Look like this cause and belong elsewhere. */
  readonly not_this: readonly LookAlike[];
  /** Look like another cause and belong here. */
  readonly this_though: readonly LookAlike[];
  readonly script: Names | null;
}

/** A sentence of the pack that the reader files elsewhere than the pack does. */
export interface Misread {
  readonly text: string;
  readonly wanted: string;
  readonly read_as: string | null;
  readonly names: Names;
  readonly confidence: number;
  readonly kind: 'example' | 'look-alike';
}

/** How many of the pack's own sentences around a cause are read as the pack has them. */
export interface LeafQuality {
  readonly examples: number;
  readonly examples_right: number;
  readonly look_alikes: number;
  readonly look_alikes_right: number;
  readonly wrong: readonly Misread[];
}

export interface LeafDetail extends LeafContent {
  readonly quality: LeafQuality;
}
