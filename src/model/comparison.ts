import type { Caveat, Verdict } from './comparison-words.ts';
import type { Names } from './question.ts';

/** Which way is better. null: not stated, so that no verdict can say better or worse. */
export type Direction = 'up' | 'down' | null;

/**
 * What a metric's column holds. `share`: 0 or 1 for each customer · `rate`: a share of the row's customers · `events`: how many of the
 * row's customers · `number`: a quantity of each customer · `bare`: shares or numbers of whole arms without the number of customers.
 */
export type MetricKind = 'share' | 'rate' | 'events' | 'number' | 'bare';

/** Whether strata agree: χ² with its degrees of freedom. */
export interface Agreement {
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
}
/** The answer of a comparison, as it is printed, stored and drawn. Effects are treated − control, in shares (0.01 = 1 percentage point) or in the metric's unit. */
export interface ComparedTable extends Comparison {
  readonly arms: readonly ArmView[];
  readonly srm: { readonly chi2: number; readonly p: number; readonly ok: boolean };
  /** With several treated arms: one each. */
  readonly comparisons?: readonly Comparison[];
}

export interface ArmView {
  readonly arm: string;
  readonly role: 'control' | 'treated';
  /** Customers assigned. */
  readonly n: number;
}

export interface BalanceView {
  readonly name: string;
  readonly smd: number;
  readonly z: number;
  readonly p: number;
  readonly ok: boolean;
}

export interface AlwaysValidView {
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
}

/** One metric, one treated arm against the control. */
export interface Effect {
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly z: number | null;
  readonly p: number | null;
  readonly ratio: number | null;
  readonly ratio_low: number | null;
  readonly ratio_high: number | null;
}

export interface SideView {
  readonly n: number;
  readonly events: number | null;
  readonly value: number | null;
}

export interface MetricResult extends Effect {
  readonly metric: string;
  readonly direction: Direction;
  readonly kind: MetricKind;
  readonly treated: SideView;
  readonly control: SideView;
  readonly always_valid: AlwaysValidView;
  /** Holm over all metrics and arms compared: not one false claim, 19 times of 20. */
  readonly p_adjusted: number | null;
  /** Benjamini–Hochberg over the same: of all claims below .05, at most 5 % false on average. */
  readonly q: number | null;
  /** Smallest effect that so many would show in 80 of 100 experiments. */
  readonly detectable: number | null;
  /** Per arm, to show an effect of the size seen in 80 of 100 experiments. */
  readonly needed_per_arm: number | null;
  readonly strata?: readonly StratumView[];
  readonly mantel_haenszel?: CommonView;
  readonly survival?: SurvivalView;
  readonly before?: BeforeView;
  /** What the figures alone say; the verdict also asks whether the groups were alike. */
  readonly finding: Verdict;
  readonly caveats: readonly Caveat[];
}

export interface Comparison extends MetricResult {
  readonly arm: string;
  readonly against: string;
  readonly balance: readonly BalanceView[];
  readonly uplift?: UpliftView;
  /** The other metrics, when several were asked for. */
  readonly metrics?: readonly MetricResult[];
  readonly verdict: Verdict;
  readonly words: Names;
}

export interface StratumView extends Effect {
  readonly stratum: string;
  /** Holm over the strata. */
  readonly p_adjusted: number | null;
  readonly treated: SideView;
  readonly control: SideView;
}

export interface CommonView {
  readonly odds_ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly chi2: number | null;
  readonly p: number | null;
  readonly risk_difference: number;
  readonly risk_difference_low: number;
  readonly risk_difference_high: number;
  readonly woolf: Agreement | null;
  readonly breslow_day: Agreement | null;
}

export interface SurvivalPointView {
  readonly time: string;
  readonly survival: number;
  readonly low: number;
  readonly high: number;
  readonly at_risk: number;
}

export interface SurvivalView {
  /** `counted`: the numbers at risk are the table's · `shrinking`: the rates were applied to one cohort that shrinks. */
  readonly at_risk: 'counted' | 'shrinking';
  readonly control: readonly SurvivalPointView[];
  readonly treated: readonly SurvivalPointView[];
  readonly log_rank: { readonly chi2: number; readonly z: number; readonly p: number };
  /** Discrete-time hazards (complementary log–log), treated ÷ control, all periods in common, with its 95 % interval. */
  readonly hazard_ratio: { readonly ratio: number; readonly low: number; readonly high: number } | null;
}

/** The main metric against what it was before the start. */
export interface BeforeView {
  /** Where each customer's own past is known. */
  readonly cuped?: {
    readonly effect: number;
    readonly low: number;
    readonly high: number;
    readonly p: number;
    readonly variance_ratio: number;
  };
  readonly difference_in_differences: { readonly effect: number; readonly low: number; readonly high: number; readonly p: number };
  /**
   * same: the change of customers who have a value at both times · others: before and after mostly of different people (surveys, counted
   * rows), all of whom count. Absent, as the arms: reports from before this was told.
   */
  readonly of?: 'same' | 'others';
  readonly arms?: { readonly control: BeforeAfterView; readonly treated: BeforeAfterView };
}

/** One arm before and after, each with its 95 % interval. */
export interface BeforeAfterView {
  readonly before: LevelView;
  readonly after: LevelView;
  /** after − before; p: null without any spread. */
  readonly change: { readonly effect: number; readonly low: number; readonly high: number; readonly p: number | null };
  /** Customers with a value at both times, as far as the table tells. */
  readonly pairs: number;
}

export interface LevelView {
  readonly n: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * t: one model of the treated, one of the others · s: one model that knows who was treated, asked both ways · with logistic regressions or
 * boosted trees. A linear model that knows who was treated cannot see that effects differ, so there is no such.
 */
export const UPLIFT_LEARNERS = ['t-logistic', 't-trees', 's-trees'] as const;
export type UpliftLearner = (typeof UPLIFT_LEARNERS)[number];

export interface UpliftView {
  /** Area between the Qini curve and the straight line ÷ the same of a perfect order (scikit-uplift's normalised Qini). */
  readonly qini: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the Qini of random orders of the same rows. */
  readonly random_sd: number;
  readonly learner: UpliftLearner;
  readonly folds: number;
  readonly features: readonly string[];
  readonly left_out: readonly string[];
  readonly curve: readonly { readonly share: number; readonly gain: number; readonly line: number }[];
  /** Effect (in the good direction) by fifths of the predicted effect, best first. */
  readonly fifths: readonly {
    readonly predicted: number;
    readonly n: number;
    readonly effect: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** pays: the best fifths gain more than the rest, beyond chance. */
  readonly targeting: 'pays' | 'no_signal';
  /** Those whom treatment makes worse, beyond chance; null: none are known. */
  readonly do_not_disturb: { readonly share: number; readonly effect: number; readonly low: number; readonly high: number } | null;
}
