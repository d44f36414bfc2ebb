import type { ComparedTable, Direction } from './comparison.ts';
import type { HandlingTier } from './handling.ts';
import type { Names, Filter } from './question.ts';

/** draft 草稿: everything may change · running 进行中: frozen · stopped 已停止: no more customers are treated · concluded 已结论. */
export const EXPERIMENT_STATES = ['draft', 'running', 'stopped', 'concluded'] as const;
export type ExperimentState = (typeof EXPERIMENT_STATES)[number];

/**
 * Where a metric comes from, per customer, within the window after the start. `complaint`: whether there was a complaint at all ·
 * `complaints`, `grievances`: how many · `satisfaction`: mean score given · `outcome`: imported from a file (churn, retention …).
 */
export const METRIC_SOURCES = ['complaint', 'complaints', 'grievances', 'satisfaction', 'outcome'] as const;
export type MetricSource = (typeof METRIC_SOURCES)[number];

/** What customers can be stratified by: known of each of them before the start. */
export const STRATUM_FIELDS = ['brand', 'value_tier', 'age_band', 'city'] as const;
export type StratumField = (typeof STRATUM_FIELDS)[number];

export const DECISIONS = ['adopt', 'drop', 'repeat'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface ExperimentArm {
  readonly name: string;
  /** What may be offered to customers of this arm instead of what the strategy says; absent: as the strategy says. */
  readonly offer?: string | undefined;
  /** Relative to the others. */
  readonly share: number;
}

export interface ExperimentMetric {
  readonly name: string;
  readonly source: MetricSource;
  readonly direction: Exclude<Direction, null>;
}

/** What is registered before the start and frozen by it. The first arm is the control, the first metric the main one. */
export interface ExperimentDraft {
  readonly name: string;
  /** What is done with the treated, in words. */
  readonly strategy: string;
  readonly arms: readonly ExperimentArm[];
  readonly metrics: readonly ExperimentMetric[];
  readonly strata: readonly StratumField[];
  readonly windowDays: number;
  /** The handling action of the content pack that the treated get and the control does not; null: it is none of those. */
  readonly action: string | null;
  /** The strategies of handling that it tries: whoever handles such a grievance of such a customer sees the offer of the arm. */
  readonly handling: readonly TriedStrategy[];
}

export interface TriedStrategy {
  readonly level: number;
  readonly tier: HandlingTier;
}

/** Who takes part. Every change makes a new version; the start freezes it. */
export interface Cohort {
  readonly version: number;
  readonly customers: number;
  readonly from:
    | { readonly kind: 'question'; readonly where: readonly Filter[] }
    | { readonly kind: 'customers'; readonly pick: CustomerPick }
    | { readonly kind: 'file'; readonly name: string };
  readonly at: string;
}

/** What customers can be picked by; `level`: the highest of their grievances in the last 30 days. */
export const PICK_FIELDS = ['segment', 'temperament', 'cluster', 'usage_group', 'value_tier', 'brand', 'city', 'level'] as const;
export type PickField = (typeof PICK_FIELDS)[number];
/** Within a field any of the values will do; all fields named must fit. */
export type CustomerPick = Partial<Record<PickField, readonly string[]>>;

/** What there is to pick from, and how many a pick comes to. */
export interface PickChoices {
  readonly customers: number;
  readonly choices: readonly { readonly field: PickField; readonly value: string; readonly customers: number }[];
}

export interface ExperimentRow {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly state: ExperimentState;
  /** assigned: by this product · table: evaluated from a table of an experiment that ran elsewhere. */
  readonly origin: 'assigned' | 'table';
  readonly demonstration: boolean;
  readonly unit: { readonly id: string; readonly names: Names };
  readonly customers: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ends_at: string | null;
  readonly version: number;
  /** The last look in short. */
  readonly verdict: ComparedTable['verdict'] | null;
  readonly words: Names | null;
}

/** One look at the main metric of a treated arm. */
export interface Look {
  readonly at: string;
  readonly arm: string;
  readonly n: number;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
}

export interface ExperimentDetail
  extends ExperimentRow, Pick<ExperimentDraft, 'arms' | 'metrics' | 'strata' | 'windowDays' | 'action' | 'handling'> {
  readonly cohort: Cohort | null;
  readonly report: ComparedTable | null;
  readonly reported_at: string | null;
  /** Always-valid intervals of the main metric, oldest first. */
  readonly looks: readonly Look[];
  /** Told by a person, beside what the data raise. */
  readonly notes: readonly Names[];
  readonly conclusion: { readonly decision: Decision; readonly note: string; readonly at: string; readonly verdict: string | null } | null;
  readonly stop_reason: string | null;
  /** A draft's: what its cohort would show, from the same customers' last window. */
  readonly outlook: Outlook | null;
}

export interface Outlook {
  readonly customers: number;
  readonly base: number;
  readonly spread: number;
  /** In the metric's unit, at 80 % power, two-sided 5 %, for the smallest treated arm. */
  readonly detectable: number;
  readonly kind: 'share' | 'number';
}

/**
 * Place of the arm that a customer is in: the same for the same salt, whoever asks and whenever, without a list. Shares are relative.
 * FNV-1a over the UTF-16 units, mixed once more so that ids which differ in their last digit do not go together.
 */
export function armOf(salt: string, customer: string, shares: readonly number[]): number {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let at = unitInterval(`${salt}\u0001${customer}`) * whole;
  for (let arm = 0; arm < shares.length - 1; arm++) {
    at -= shares[arm] ?? 0;
    if (at < 0) return arm;
  }
  return shares.length - 1;
}

function unitInterval(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
