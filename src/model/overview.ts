import type { AlarmRow } from './alarm-views.ts';
import type { OrderRow } from './order-views.ts';
import type { Filter, Names } from './question.ts';

/** Local days, half-open. */
export interface Period {
  readonly from: string;
  readonly before: string;
}

/** What the overview compares: seven whole days and the seven before, so that weekdays meet and no day is cut. */
export interface Weeks {
  readonly now: Period;
  readonly before: Period;
  /** The newest day with a voice. */
  readonly lastDay: string | null;
  /** Today has voices and is still running. */
  readonly running: boolean;
}

/** A part of a sentence and the voices that its last number counts. */
export interface Said {
  readonly text: Names;
  readonly where: readonly Filter[];
  readonly value: number;
  readonly previous: number;
  readonly previous_where: readonly Filter[];
}

export interface Change {
  readonly lead: Said;
  /** Where, or by what, it mostly happened. */
  readonly tail: Said | null;
  readonly direction: 'up' | 'down' | 'level';
}

/** A key figure of the week beside the week before; each opens its voices. */
export interface Figure {
  readonly measure: string;
  readonly value: number | null;
  readonly previous: number | null;
  readonly where: readonly Filter[];
  readonly previous_where: readonly Filter[];
  /** One value a day, oldest first; null: nothing to divide by. */
  readonly spark: readonly (number | null)[];
}

/** Today so far beside the same weekday a week ago up to the same time. */
export interface Today {
  readonly value: number;
  readonly usual: number;
  readonly until: string;
  readonly where: readonly Filter[];
  readonly usual_where: readonly Filter[];
}

/** A local day of the series. */
export interface Day {
  readonly day: string;
  readonly voices: number;
  readonly complaints: number;
  readonly unmapped: number;
  /** Mean of the same weekday in the four weeks before; null where they are not all there. */
  readonly usual: number | null;
  /** Still running: its counts are not a day's. */
  readonly partial: boolean;
}

export interface OverviewNumbers {
  readonly weeks: Weeks;
  readonly total: Change;
  readonly changed: readonly Change[];
  readonly figures: readonly Figure[];
  readonly today: Today | null;
  readonly days: readonly Day[];
  readonly caveats: readonly Names[];
  readonly as_of: string;
}

/** For those who may read voices but no statistics: how many they themselves heard. */
export interface OwnVoices {
  readonly weeks: Weeks;
  readonly figure: Figure;
}

/** The model of complaint probability needs somebody: what it is fed with moved, or what it states is not what happens. */
export interface ModelWatch {
  /** Names of the inputs that moved; `score`: what it states. */
  readonly moved: readonly string[];
  /** Stated and happened, where they differ beyond noise. */
  readonly large: { readonly scores: number; readonly stated: number; readonly happened: number; readonly z: number } | null;
}

/** What changed, what burns, what waits for the viewer. */
export interface Overview {
  /** null: the viewer may not read numbers, or nobody spoke for eight weeks. */
  readonly numbers: OverviewNumbers | null;
  readonly own: OwnVoices | null;
  /** The department that the numbers are about; null: everything in scope. */
  readonly focus: string | null;
  readonly may_focus: boolean;
  readonly burning: readonly AlarmRow[];
  readonly burning_count: number;
  /** For those over the province who may train models; null: nothing to look at. */
  readonly model: ModelWatch | null;
  readonly waiting: readonly OrderRow[];
  readonly waiting_count: number;
  readonly overdue_count: number;
  readonly as_of: string;
  /** Voices of any time, asked for only when there is none lately: 0 is a product that nobody has fed yet. */
  readonly older: number | null;
}
