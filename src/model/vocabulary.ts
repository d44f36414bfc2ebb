import type { AnswerColumn, Names } from './question.ts';
import type { MapCell } from './reading.ts';

/** A code and what people call it. */
export interface Coded {
  readonly code: string;
  readonly names: Names;
}

/** A number that can be asked for, and everything somebody must know before believing it. */
export interface Measure {
  readonly name: string;
  readonly names: Names;
  readonly unit: AnswerColumn['unit'];
  /** What it is, in one sentence. */
  readonly help: Names;
  readonly formula: Names;
  /** What it is divided by; null for a plain count. */
  readonly base: Names | null;
  readonly leavesOut: Names | null;
  /** What opens when the figure is pressed, where that is not simply the voices counted. */
  readonly opens: Names | null;
}

/** The words that a question may use, as far as the viewer may know them. */
export interface Vocabulary {
  readonly measures: readonly Measure[];
  readonly dimensions: readonly { readonly name: string; readonly names: Names; readonly group: string }[];
  readonly categories: readonly (Coded & {
    readonly parent: string | null;
    readonly stage: string | null;
    readonly cell: MapCell | null;
  })[];
  readonly departments: readonly Coded[];
  readonly stages: readonly Coded[];
  readonly businesses: readonly Coded[];
  readonly supports: readonly Coded[];
  readonly bearers: readonly Coded[];
  readonly products: readonly Coded[];
  readonly kinds: readonly Coded[];
  readonly channels: readonly Coded[];
  readonly feelings: readonly Coded[];
  /** Customers' groups 客户分群, by each of the four schemes. */
  readonly segments: readonly Coded[];
  readonly temperaments: readonly Coded[];
  readonly clusters: readonly Coded[];
  readonly usage_groups: readonly Coded[];
  /** What may be done about a grievance 处理动作. */
  readonly actions: readonly Coded[];
  readonly sources: readonly Coded[];
  readonly regions: readonly (Coded & { readonly parent: string | null; readonly level: string })[];
  readonly units: readonly (Coded & { readonly parent: string | null })[];
  readonly attributes: readonly string[];
}
