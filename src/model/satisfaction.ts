import type { Filter, Names } from './question.ts';
import type { StudyExample } from './survey.ts';

/** How grievances and satisfaction hang together, as it travels. Satisfaction and index run from 0 to 100. */
export const CELL_PLACES = ['district', 'city', 'segment'] as const;
export type CellPlace = (typeof CELL_PLACES)[number];

/** Kinds of voices that a grievance index counts. */
export const GRIEVANCE_KINDS = ['grievance', 'fault'] as const;

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type AssociationVerdict = 'not-enough-cells' | 'none' | 'against' | 'with';

export interface AssociationView {
  readonly verdict: AssociationVerdict;
  /** Pearson's r of index and satisfaction over the cells, Fisher's 95 % interval. */
  readonly r: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Cells. */
  readonly n: number;
  /** Answers in them. */
  readonly answers: number;
  /** Two-sided, by exchanging the places; null where there are too few. */
  readonly p: number | null;
  /** Below which p counts, given how many associations are looked at together. */
  readonly limit: number;
  /** The same r after what places and months have in common was taken away: what remains is not explained by a bad place or a bad month. */
  readonly within: { readonly r: number | null; readonly low: number | null; readonly high: number | null };
  /** Smallest and largest r when one month is left out. */
  readonly stable: { readonly low: number; readonly high: number } | null;
  /** How much of satisfaction's spread between cells is more than the chance of asking only some, 0–1: r cannot exceed its root. */
  readonly reliability: number | null;
}

/** A grievance point of a service item: its weight, and the survey item that asks about it. */
export interface PointView {
  readonly category: string;
  readonly names: Names;
  readonly weight: number;
  /** Grievances per 1,000 customers and month that count as 100. */
  readonly full: number;
  readonly grievances: number;
  readonly where: readonly Filter[];
  readonly match: MatchView | null;
  /** What to ask where no item asks; null where one does. */
  readonly proposal: { readonly question: Names; readonly state: 'open' | 'kept' | 'dropped'; readonly version: number } | null;
}

export interface MatchView {
  /** null: somebody decided that no item asks about it. */
  readonly item: string | null;
  readonly names: Names | null;
  readonly score: number;
  readonly path: string | null;
  readonly words: readonly string[];
  /** found: by itself; confirmed and chosen: by a person. */
  readonly state: 'found' | 'confirmed' | 'chosen';
  /** Of the decision; 0 while nobody decided. */
  readonly version: number;
}

export interface ServiceSummary {
  readonly code: string;
  readonly names: Names;
  /** Whose answers speak for the service item: its own survey items', scores that name what they were asked about, or the overall score. */
  readonly measured_by: 'items' | 'named' | 'overall';
  readonly grievances: number;
  readonly grievances_where: readonly Filter[];
  readonly answers: number;
  readonly answers_where: readonly Filter[];
  /** Whether `answers_where` opens all of them: of answers in several columns only the largest column can be opened. */
  readonly answers_whole: boolean;
  /** Of the last complete month, over all cells by their customers; null without one. */
  readonly index: number | null;
  /** Mean of all answers of the period, by the cells' answers. */
  readonly satisfaction: number | null;
  readonly association: AssociationView;
  readonly unmatched: number;
  /** 抱怨预监控: whether answers foretell grievances, and the place that is expected most above its usual next month; null: none is above. */
  readonly ahead: { readonly verdict: ExpectedView['verdict']; readonly most: ExpectedView['next'][number] | null };
}

export interface SurveyItemView {
  readonly code: string;
  readonly names: Names;
  readonly question: Names;
  readonly loading: number | null;
  readonly answers: number;
  readonly satisfaction: number | null;
  /** Columns of the sources that carry its answers; empty: nobody was asked. */
  readonly columns: readonly string[];
  readonly where: readonly Filter[];
}

export interface CellView {
  readonly place: string;
  readonly month: string;
  readonly index: number;
  readonly satisfaction: number;
  readonly answers: number;
  readonly grievances: number;
  readonly grievances_where: readonly Filter[];
  readonly answers_where: readonly Filter[];
}

export interface ExpectedView {
  readonly verdict: 'not-enough' | 'adds-nothing' | 'helps';
  readonly tested: number;
  readonly error: number | null;
  readonly error_without: number | null;
  readonly z: number | null;
  readonly coverage: number | null;
  /** How the expected ones divide among points: as in the past, or (`moved`) by which survey item fell, where trials say so. */
  readonly division: {
    readonly verdict: 'history' | 'not-enough' | 'adds-nothing' | 'moved';
    readonly tested: number;
    readonly z: number | null;
  };
  readonly next: readonly {
    readonly place: string;
    readonly month: string;
    readonly expected: number;
    /** null: too few trials to give an interval yet. */
    readonly low: number | null;
    readonly high: number | null;
    readonly usual: number;
    /** The point expected most, with its share of the expected. */
    readonly main: { readonly category: string; readonly expected: number } | null;
  }[];
}

export interface SilentView {
  readonly from: string;
  readonly before: string;
  readonly customers: number;
  readonly answered: number;
  readonly raw: Interval;
  readonly all: Interval;
  readonly silent: Interval;
  readonly bias: Interval;
  readonly strata: number;
  readonly unheard: number;
  readonly rates: { readonly low: number; readonly high: number } | null;
  readonly if_worse: readonly { readonly by: number; readonly all: number }[];
}

/** What names of places, months and base all parts of the page rest on. */
export interface CellsHead {
  readonly as_of: string;
  readonly place: CellPlace;
  /** Complete months, first days, local. */
  readonly months: readonly string[];
  readonly from: string | null;
  readonly before: string | null;
  /** Whose number rates are divided by: subscribers' customers, or (where no customers are known) those who spoke. */
  readonly base: 'subscribers' | 'speakers';
  /** The overall score's scale as the data show it. */
  readonly scale: { readonly from: number; readonly to: number };
  readonly places: Readonly<Record<string, Names>>;
}

/** Scores that say what they were asked about in words that lead to no service item: they count for none. */
export interface UnplacedScores {
  readonly answers: number;
  /** The most frequent words; `unknown`: the pack has nothing of that name, `unmeasured`: a branch that no service item rests on. */
  readonly names: readonly {
    readonly column: string;
    readonly name: string;
    readonly why: 'unknown' | 'unmeasured';
    readonly answers: number;
    readonly where: readonly Filter[];
  }[];
}

export interface SatisfactionOverview extends CellsHead {
  readonly services: readonly ServiceSummary[];
  readonly unplaced: UnplacedScores;
  readonly silent: SilentView | null;
}

export interface ServiceDetail extends CellsHead {
  readonly service: ServiceSummary;
  readonly weights_from: 'learned' | 'set' | 'equal';
  readonly weights_version: number;
  /** Cells with an answer that taught the weights. */
  readonly weights_cells: number;
  readonly points: readonly PointView[];
  readonly items: readonly SurveyItemView[];
  readonly cells: readonly CellView[];
  readonly segments: readonly { readonly segment: string; readonly names: Names; readonly association: AssociationView }[];
  readonly expected: ExpectedView;
  readonly study: StudyExample | null;
  /** Items that a point may be matched with by hand. */
  readonly choices: readonly { readonly code: string; readonly names: Names }[];
}

/** A factor of the overall score: its share of what is explained, and what it does in points of the score. */
export interface DriverView {
  readonly name: string;
  readonly names: Names;
  readonly value: string | null;
  readonly weight: number;
  readonly low: number;
  readonly high: number;
  readonly effect: number;
  readonly effect_low: number;
  readonly effect_high: number;
  readonly unit: 'yes' | 'sd';
  readonly top_ten: number;
  /** The voices of those it is said of, where they can be opened. */
  readonly where: readonly Filter[] | null;
}

export interface DriversView {
  readonly answered: number;
  /** Answers of the period, which `answers_where` opens; of more than 20,000 the newest are looked at. */
  readonly answers_of: number;
  readonly answers_where: readonly Filter[];
  readonly mean: number;
  readonly scale: { readonly from: number; readonly to: number };
  readonly low_at_most: number;
  readonly low_share: number;
  readonly verdict: 'usable' | 'weak' | 'no_signal';
  readonly auc: number;
  readonly auc_low: number;
  readonly auc_high: number;
  readonly r2: number;
  readonly drivers: readonly DriverView[];
  readonly halo: { readonly share: number; readonly warning: boolean } | null;
}
