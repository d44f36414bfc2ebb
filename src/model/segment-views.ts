import type { Names } from './question.ts';

/** The ways to put customers into segments 分群方案. */
export const SCHEME_IDS = ['rules', 'temperament', 'clusters', 'usage'] as const;
export type SchemeId = (typeof SCHEME_IDS)[number];

/** The dimension by which voices of a scheme's segments are asked for. */
export const DIMENSION_OF: Readonly<Record<SchemeId, string>> = {
  rules: 'segment',
  temperament: 'temperament',
  clusters: 'cluster',
  usage: 'usage_group',
};

export type RunState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed';

/** One reckoning of a scheme, as listed. */
export interface SegmentRunRow {
  readonly id: string;
  readonly scheme: SchemeId;
  readonly scheme_version: number;
  readonly month: string;
  readonly as_of: string;
  readonly state: RunState;
  readonly progress: number;
  readonly created_at: string;
  readonly finished_at: string | null;
  readonly error: string | null;
}

/** A version of what decides who is in which segment: rules, weights, settings. */
export interface SchemeVersion {
  readonly version: number;
  readonly since: string;
}

/** A mean or a share inside a segment against that among all other customers, with the 95 % interval of their ratio. */
/** What a mean is counted in. */
export type FeatureUnit = 'months' | 'minutes' | 'megabytes' | 'yuan';

export interface LiftView {
  readonly feature: string;
  readonly names: Names;
  readonly unit: FeatureUnit | null;
  /** The value of a category; null: the mean of a number. */
  readonly level: string | null;
  readonly inside: number;
  readonly outside: number;
  readonly lift: number;
  readonly low: number;
  readonly high: number;
  readonly base: number;
}

/** What is typical: means of numbers, the most frequent value of categories with its share. */
export interface TypicalView {
  readonly feature: string;
  readonly names: Names;
  readonly unit: FeatureUnit | null;
  readonly mean: number | null;
  readonly level: string | null;
  readonly share: number | null;
  readonly base: number;
}

export interface SegmentCard {
  readonly id: string;
  readonly names: Names;
  readonly customers: number;
  /** Of all customers of the run within the viewer's scope who are in a segment. */
  readonly share: number;
  readonly typical: readonly TypicalView[];
  readonly lifts: readonly LiftView[];
  /** Jaccard similarity over bootstraps, for clusters. */
  readonly jaccard: number | null;
  readonly stable: boolean | null;
  /** How far the centroid moved since the run before, in standard deviations; null: no such, or new. */
  readonly moved: number | null;
  /** Share in the run before; null: there was none. */
  readonly share_before: number | null;
}

export interface Migration {
  readonly from_month: string;
  readonly to_month: string;
  /** Both runs went by the same version of the scheme: otherwise who moved need not have changed. */
  readonly same_definition: boolean;
  /** Segments of both runs; `null` stands for customers in none. */
  readonly rows: readonly { readonly from: string | null; readonly to: string | null; readonly customers: number }[];
  /** Of those in a segment both times, the share that stayed. */
  readonly stayed: number | null;
  readonly base: number;
  /** Population stability index of the shares: below .1 the same, above .25 another population. */
  readonly psi: number | null;
}

export interface ClusterFigures {
  readonly clusters: number;
  readonly tried: readonly { readonly clusters: number; readonly ari: number; readonly ari_error: number; readonly silhouette: number }[];
  readonly ari: number;
  readonly ari_error: number;
  readonly silhouette: number;
  readonly shuffled_silhouette: number;
  readonly verdict: 'stable' | 'not-stable' | 'single-columns';
}

export interface SegmentsView {
  readonly scheme: SchemeId;
  readonly runs: readonly SegmentRunRow[];
  /** The run that is shown; null: none yet. */
  readonly run: SegmentRunRow | null;
  /** What holds now; the run may be of a version before. null: none yet. */
  readonly definition: SchemeVersion | null;
  /** Customers within the scope in a segment. */
  readonly customers: number;
  /** Customers in none, by reason, of the whole run. */
  readonly left_out: Readonly<Record<string, number>>;
  /** Why the run gave no segments at all. */
  readonly nothing_because: 'too-few-customers' | 'no-usage' | null;
  readonly cards: readonly SegmentCard[];
  readonly stability: ClusterFigures | null;
  /** For temperaments: the share of customers with enough voices who were told one, and the share that chance alone would tell. */
  readonly told: { readonly share: number; readonly by_chance: number } | null;
  readonly migration: Migration | null;
}

/** A cause that a segment grieves about more, or less, than the others. */
export interface PreferenceRow {
  readonly segment: string;
  readonly category: string;
  /** Voices of the segment about it, the customers who said them, and all its grievances with a cause. */
  readonly voices: number;
  readonly customers: number;
  readonly base: number;
  /** The same voices and grievances of all other segments. */
  readonly others: number;
  readonly others_base: number;
  readonly lift: number;
  readonly low: number;
  readonly high: number;
  /** Benjamini–Hochberg over all rows. */
  readonly q: number;
}

/** A customer, masked, with the newest voices of the run's window that the viewer may see. */
export interface MoverRow {
  readonly customer: string;
  readonly voices: readonly number[];
}

export interface MemberRow extends MoverRow {
  readonly segment: string;
  readonly reasons: readonly { readonly sign: string; readonly count: number; readonly base: number; readonly usual: number }[];
}
