/** Probability of a complaint as it travels: what the server answers and the web shows. Probabilities 0–1, effects in log odds, times as instants. */
export interface OddsFactor {
  readonly name: string;
  /** What this customer has there; null = not known. */
  readonly value: number | string | null;
  readonly effect: number;
}

export interface VoiceOdds {
  readonly voice: number;
  readonly version: string;
  readonly category: string | null;
  readonly p7: number;
  readonly p7_low: number;
  readonly p7_high: number;
  readonly p30: number;
  readonly p30_low: number;
  readonly p30_high: number;
  readonly factors: readonly OddsFactor[];
}

/** A grievance in the list of whom to look at. */
export interface OddsRow extends VoiceOdds {
  readonly said_at: string;
  readonly text: string;
  readonly customer: string;
  readonly city: string | null;
  readonly district: string | null;
}

export interface CardFactor {
  readonly name: string;
  readonly effect: number;
  readonly direction: 'raises' | 'lowers' | 'mixed';
  readonly raised_by?: string;
}

export interface CardBin {
  readonly rows: number;
  readonly events: number;
  readonly stated: number;
  readonly happened: number;
  readonly low: number;
  readonly high: number;
}

/** How good the model of one horizon is, on grievances that it did not learn from. */
export interface OddsCard {
  readonly days: number;
  readonly held_out: number;
  readonly positives: number;
  readonly grievances: number;
  readonly learned: number;
  readonly from: string;
  readonly before: string;
  readonly judged_from: string | null;
  readonly champion: string;
  readonly auc: number;
  readonly auc_low: number;
  readonly auc_high: number;
  readonly log_loss: number;
  readonly base_log_loss: number;
  readonly gain_z: number;
  readonly brier: number;
  readonly ece: number;
  readonly calibration_slope: number | null;
  readonly calibration_slope_low: number | null;
  readonly calibration_slope_high: number | null;
  readonly lift_top_decile: number;
  readonly reliability: readonly CardBin[];
  readonly factors: readonly CardFactor[];
  readonly verdict: 'usable' | 'weak' | 'no_signal';
  readonly protected: { readonly columns: readonly string[]; readonly auc_added: number };
}

export interface OddsVersion {
  readonly id: string;
  readonly trained_at: string;
  readonly state: 'champion' | 'challenger' | 'retired';
  readonly why: 'first' | 'better' | 'not-better' | 'no-signal' | 'replaced';
  readonly voices: number;
  readonly auc: number;
  readonly auc_low: number;
  readonly auc_high: number;
  readonly verdict: OddsCard['verdict'];
  readonly against: {
    readonly champion: string;
    readonly gain: number;
    readonly z: number;
    readonly rows: number;
    readonly unseen: boolean;
  } | null;
}

export interface OddsDrift {
  readonly name: string;
  readonly index: number;
  readonly rows: number;
  readonly state: 'stable' | 'watch' | 'moved' | 'too-few';
}

/** The page of the model. */
export interface OddsPage {
  readonly champion: (OddsVersion & { readonly week: OddsCard; readonly month: OddsCard }) | null;
  readonly versions: readonly OddsVersion[];
  /** By what was done about grievances; empty: nothing was recorded. */
  readonly helps: readonly ActionEffect[];
  readonly drift: readonly OddsDrift[];
  /** Scores whose thirty days are over, given since the version was trained; null: none yet. */
  readonly large: { readonly scores: number; readonly stated: number; readonly happened: number; readonly z: number } | null;
  /** The training on its way; null: none. */
  readonly training: TrainingView | null;
  /** The newest training that is over; null: none is. */
  readonly last_training: TrainingEnd | null;
}

export interface TrainingView {
  readonly state: 'queued' | 'running';
  /** Share done, 0–1. */
  readonly progress: number;
}

export interface TrainingEnd {
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly finished_at: string;
  /** Why it failed. too-few: fewer than 20 outcomes of either kind; ended-early: whoever trained ended each time before it was done; else what was thrown. */
  readonly error: string | null;
}

/** An experiment that stands behind an effect: complaints with the action minus without it, by customers drawn by lot. */
export interface ActionTrial {
  readonly id: string;
  readonly name: string;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** Complaints within 30 days, per grievance: with − without, like compared with like, with its 95 % interval. */
interface Difference {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** Grievances of one branch of the knowledge map, and what an action did among them. */
export interface ActionTopic extends Difference {
  /** A branch of the second level where it has enough grievances, else one of the first with what is left of it. */
  readonly topic: string;
  readonly treated: number;
  readonly untreated: number;
  /** too-few: it is done there, and not to everybody, but on too few to say more than the effect over all such topics does. */
  readonly verdict: ActionEffect['verdict'];
}

/** What was done about grievances, and how often a complaint followed with it and without it, like compared with like. */
export interface ActionEffect extends Difference {
  readonly kind: string;
  readonly treated: number;
  readonly untreated: number;
  /** Share of treated grievances that have like ones without the action. */
  readonly overlap: number;
  /** The difference as it is, without comparing like with like. */
  readonly raw: number;
  readonly verdict: 'lowers' | 'raises' | 'no-visible-effect' | 'no-overlap' | 'too-few';
  /** association: nobody was drawn by lot; experiment: `trial` found the same direction among customers who were. */
  readonly ground: 'association' | 'experiment';
  readonly trial?: ActionTrial;
  /** By topic; the effect is that over the topics where it is done, and not to everybody. Absent: learned before topics were looked at. */
  readonly topics?: readonly ActionTopic[];
  /** The topic that the effect is of, where it is told of one grievance; absent: all of them. */
  readonly topic?: string;
}

export interface HandlingAction {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly done_by: string | null;
}

export interface VoiceHandling {
  readonly actions: readonly HandlingAction[];
  /** What the pack knows. */
  readonly kinds: readonly { readonly kind: string; readonly names: { readonly zh: string; readonly en: string } }[];
  /** What went with fewer complaints among grievances alike, is done about such ones, and was not done here yet. */
  readonly helps: readonly ActionEffect[];
}
