import type { Instant } from './ids.ts';
import type { Filter, Names } from './question.ts';

/** A sample of voices that a second person puts into the tree, without seeing what was recorded. */
export interface CodingSample {
  readonly id: string;
  readonly created_at: Instant;
  readonly by: string;
  readonly from: Instant;
  readonly before: Instant;
  readonly size: number;
  readonly coded: number;
}

/** A voice that waits for its second coding: what was said and how it came, never what was recorded or read. */
export interface CodingTask {
  readonly sample: string;
  readonly voice: number;
  readonly said_at: Instant;
  readonly channel: string;
  readonly product: string | null;
  readonly text: string;
}

export interface CodingQueue {
  readonly waiting: number;
  readonly done: number;
  readonly tasks: readonly CodingTask[];
}

/** Agreement with its interval; `verdict` by Krippendorff's limits .800 and .667 on the lower bound. */
export interface AgreementFigure {
  readonly alpha: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly units: number;
  readonly observed: number | null;
  readonly verdict: 'reliable' | 'tentative' | 'unreliable' | 'too-few';
}

/** One category as it was recorded: how often the second coder saw another, and which. */
export interface CategoryAgreement {
  readonly category: string;
  readonly names: Names;
  readonly n: number;
  readonly differ: number;
  /** Of the category against all others. */
  readonly alpha: number | null;
  readonly where: readonly Filter[];
  readonly confusions: readonly {
    readonly category: string;
    readonly names: Names;
    readonly n: number;
    readonly where: readonly Filter[];
  }[];
}

/** An agent or a centre beside all the others. */
export interface CoderAgreement {
  readonly id: string;
  readonly name: string;
  readonly n: number;
  readonly differ: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Share of disagreement minus that of the others, with Newcombe's interval; null: nobody to compare with. */
  readonly beyond: { readonly effect: number; readonly low: number; readonly high: number; readonly p: number } | null;
  readonly alpha: number | null;
  /** 95 %, from as many second codings drawn again; null below `min_n`. */
  readonly alpha_low: number | null;
  readonly alpha_high: number | null;
  /** too-few: fewer than `min_n`, or nobody to compare with; train: more disagreement than the others, beyond chance after Holm's correction; fine: not so. */
  readonly verdict: 'too-few' | 'train' | 'fine';
  readonly where: readonly Filter[];
}

export interface Agreement {
  readonly samples: readonly CodingSample[];
  /** Which sample is shown; null: all of them. */
  readonly sample: string | null;
  readonly leaf: AgreementFigure;
  /** The same with the first level of the tree only. */
  readonly top: AgreementFigure;
  readonly min_n: number;
  readonly categories: readonly CategoryAgreement[];
  readonly agents: readonly CoderAgreement[];
  readonly units: readonly CoderAgreement[];
}
